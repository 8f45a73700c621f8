"""What may import what, what waits for torch, and the names that the package promises."""

import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import gateviz

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "gateviz"
PROMISED = {  # the contract that other programs call; more names may come
    "record", "gradient_flow", "state_jacobians", "jacobian_norms", "Clamp", "run_with", "list_pretrained",
    "load_pretrained",
}  # fmt: skip


def in_fresh_python(code: str) -> Any:
    """The JSON that the code prints, run by a Python that has imported nothing yet."""
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=300,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def test_the_import_contracts_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]
    answer = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


def test_the_package_loads_neither_torch_nor_streamlit_nor_plotly() -> None:
    code = """
import json, sys
import gateviz
heavy = [name for name in ("torch", "numpy", "streamlit", "plotly", "pandas") if name in sys.modules]
gateviz.record, gateviz.load_pretrained, gateviz.run_with
print(json.dumps([heavy, [name for name in ("streamlit", "plotly", "pandas") if name in sys.modules]]))
"""
    assert in_fresh_python(code) == [[], []]


def test_the_frame_of_the_app_and_its_widgets_load_neither_torch_nor_pandas() -> None:
    """Plotly is there all the same: streamlit itself imports it."""
    code = """
import json, sys
import gateviz.app.main
import gateviz.app.components.controls, gateviz.app.components.viewer, gateviz.app.components.skeleton
import gateviz.app.computed.pictures, gateviz.app.computed.gradient_figures, gateviz.cli
print(json.dumps([name for name in ("torch", "pandas", "gateviz.models.sequence_model") if name in sys.modules]))
"""
    assert in_fresh_python(code) == []


def test_the_widgets_are_painted_before_torch_is_asked_for() -> None:
    """With torch out of reach the page fails at its first number; by then the widgets must stand."""
    code = """
import importlib.abc, json, logging, sys

class NoTorch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            raise ImportError("torch was asked for")

sys.meta_path.insert(0, NoTorch())
logging.disable()
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("PROJECT/app.py", default_timeout=300).run()
print(json.dumps([[widget.key for widget in (*page.selectbox, *page.text_input, *page.file_uploader)],
                  [text.value for text in page.text], len(page.exception)]))
""".replace("PROJECT", PROJECT.as_posix())
    widgets, notices, exceptions = in_fresh_python(code)
    assert {"task", "sentence", "upload"} <= set(widgets)
    assert len(notices) == 1
    assert exceptions == 0


def test_the_public_names_are_sorted_and_can_be_imported() -> None:
    assert gateviz.__all__ == sorted(set(gateviz.__all__))
    assert set(gateviz.__all__) >= PROMISED
    for name in gateviz.__all__:
        assert getattr(gateviz, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gateviz.nothing  # noqa: B018


MODULES = {
    "scratch": "gateviz.textbook.scratch",
    "conversion": "gateviz.textbook.conversion",
    "statistics": "gateviz.results.statistics",
    "figures": "gateviz.figures",
}


@pytest.mark.parametrize("name", MODULES)
def test_a_promised_module_is_there_after_import_gateviz_and_loads_no_more_than_it_needs(name: str) -> None:
    code = f"""
import json, sys
import gateviz
before = "{MODULES[name]}" in sys.modules
listed = "{name}" in dir(gateviz)
module = gateviz.{name}
heavy = [name for name in ("torch", "streamlit", "plotly", "pandas") if name in sys.modules]
print(json.dumps([before, listed, module.__name__, module is gateviz.{name}, heavy]))
"""
    assert in_fresh_python(code) == [False, True, MODULES[name], True, []]


def test_the_figures_are_names_of_their_package_and_wait_for_plotly_until_one_is_used() -> None:
    assert set(gateviz.figures.__all__) <= set(dir(gateviz.figures))
    for name in gateviz.figures.__all__:
        assert getattr(gateviz.figures, name) is not None
    assert gateviz.figures.norm_map is gateviz.figures.matrices.norm_map
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gateviz.figures.nothing  # noqa: B018
    code = """
import json, sys
import gateviz
gateviz.figures.LIGHT
without = "plotly" in sys.modules
gateviz.figures.norm_map
print(json.dumps([without, "plotly" in sys.modules]))
"""
    assert in_fresh_python(code) == [False, True]


def test_no_module_has_the_name_of_a_public_name() -> None:
    """Importing such a module would put it in the name's place."""
    assert not set(gateviz.__all__) & {path.stem for path in PACKAGE.iterdir()}
    for path in sorted(PACKAGE.glob("*.py")):
        if path.stem != "__init__":
            importlib.import_module(f"gateviz.{path.stem}")
    assert not [name for name in gateviz.__all__ if type(getattr(gateviz, name)).__name__ == "module"]


UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
UNSAFE_CALLS = {"torch.load", "torch.save", "torch.jit.load", "torch.hub.load", "pandas.read_pickle", "eval", "exec"}


def unsafe(source: str) -> list[str]:
    """What in this source could run code that lies in a file."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in UNSAFE_MODULES]
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [name for name in names if name.split(".")[0] in UNSAFE_MODULES or name in UNSAFE_CALLS]
        if isinstance(node, ast.Call):
            found += [name for name in [ast.unparse(node.func)] if name in UNSAFE_CALLS]
            found += [
                "allow_pickle"
                for keyword in node.keywords
                if keyword.arg in ("allow_pickle", "allow_dangerous_deserialization")
                and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
            ]
    return found


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from pickle import loads", "import torch\ntorch.load('a')", "from torch import load",
     "np.load('a', allow_pickle=True)", "import joblib as j"],
)  # fmt: skip
def test_the_search_finds_what_unpickles(source: str) -> None:
    assert unsafe(source)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_is_ever_unpickled(path: Path) -> None:
    assert not unsafe(path.read_text(encoding="utf-8"))


def test_no_test_imports_another_or_a_conftest() -> None:
    """What tests share stands in modules that say what they hold."""
    shared = re.compile(r"^\s*(?:from|import)\s+tests\.\S*\b(?:test_\w+|conftest)\b", re.MULTILINE)
    paths = [*(PROJECT / "tests").rglob("*.py"), *(PROJECT / "benchmarks").rglob("*.py")]
    assert len(paths) > 100
    assert [path.name for path in paths if shared.search(path.read_text(encoding="utf-8"))] == []

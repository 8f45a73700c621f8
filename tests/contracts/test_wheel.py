"""The wheel: everything that the app needs is inside, and it works from a folder that knows nothing of the tree."""

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NEEDED_SETUPTOOLS = 77  # as pyproject.toml asks


def can_build_here() -> bool:
    """Whether this environment has what pip would otherwise download into a place of its own."""
    try:
        return int(importlib.metadata.version("setuptools").split(".")[0]) >= NEEDED_SETUPTOOLS
    except importlib.metadata.PackageNotFoundError:
        return False


def tracked() -> list[str]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if answer.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in answer.stdout.decode().split("\0") if name and (PROJECT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from a copy of what git tracks, so that nothing else of this folder gets in, and nothing is left in it."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in tracked():
        if not name.startswith(("tests/", "docs/", "benchmarks/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-build-isolation"] if can_build_here() else []
    answer = subprocess.run(
        [*command, "--wheel-dir", str(out), str(source)], capture_output=True, text=True, timeout=300, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def installed(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    wheel.extractall(folder)
    return folder


def test_it_holds_every_tracked_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    missing = [name for name in tracked() if name.startswith("gateviz/") and name not in names]
    assert not missing


def test_it_holds_the_models_and_the_settings_byte_by_byte(wheel: zipfile.ZipFile) -> None:
    models = [name for name in tracked() if name.startswith("pretrained/") and not name.endswith(".md")]
    assert len(models) >= 6
    for name in models:
        assert wheel.read(name.replace("pretrained/", "gateviz/_weights/", 1)) == (PROJECT / name).read_bytes()
    assert wheel.read("gateviz/_settings/config.toml") == (PROJECT / ".streamlit" / "config.toml").read_bytes()


def test_it_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"gateviz", next(top for top in tops if top.endswith(".dist-info"))}
    expected = {name for name in tracked() if name.startswith("gateviz/")}
    extra = {name for name in wheel.namelist() if name.startswith("gateviz/")} - expected
    assert not [name for name in extra if not name.startswith(("gateviz/_weights/", "gateviz/_settings/"))]


def test_it_names_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "gateviz = gateviz.cli:main" in wheel.read(entry_points).decode()
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_models_settings_and_the_app_work_from_another_folder(installed: Path, tmp_path: Path) -> None:
    code = """
import json
from pathlib import Path
import gateviz
from gateviz import viewer
from gateviz.app.server import launch
from gateviz.i18n.translator import languages
from streamlit.testing.v1 import AppTest

page = AppTest.from_file(launch.SCRIPT, default_timeout=300).run()
print(json.dumps({
    "package": str(Path(gateviz.__file__).parents[1].resolve()),
    "cards": [f"{card.task}/{card.cell}" for card in gateviz.list_pretrained()],
    "steps": gateviz.load_pretrained("timemachine", "lstm").trace("The").output.shape[1],
    "gc": launch.settings()["runner.postScriptGC"],
    "languages": languages(),
    "scripts": len(viewer.script(viewer.JS / "alone" / "exported_page.js")) > 1000,
    "styles": len(viewer.styles(*viewer.VIEWER_STYLES)) > 1000,
    "charts": len(page.get("plotly_chart")),
    "failures": [*(str(e.value) for e in page.exception), *(text.value for text in page.text)],
}))
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GATEVIZ_", "PYTHON"))}
    environment["PYTHONUTF8"] = "1"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**environment, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, timeout=300, encoding="utf-8", check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout.splitlines()[-1])
    assert Path(found["package"]) == installed.resolve()
    assert {"timemachine/rnn", "timemachine/lstm", "timemachine/gru"} <= set(found["cards"])
    assert (found["steps"], found["gc"], found["scripts"], found["styles"]) == (3, False, True, True)
    assert "en" in found["languages"]
    assert (found["charts"], found["failures"]) == (3, [])
    assert not list(tmp_path.iterdir()), "it leaves nothing where it is started"

"""Streamlit's inside is touched in app/server/ only, and the elements of its page that we name are still there.

We find an element of Streamlit's page by its data-testid or by a class such as stMain. Streamlit promises neither, so
this notices an update that drops one.
"""

import ast
import re
from pathlib import Path

import streamlit as st

PACKAGE = Path(__file__).parents[2] / "gateviz"
SERVER = PACKAGE / "app" / "server"
FILES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".js", ".css"))
PUBLIC = ("streamlit", "streamlit.delta_generator", "streamlit.testing")
ELEMENT = re.compile(r"(?:data-testid=\\?[\"']?|\.)(st[A-Z]\w+|InputInstructions)\b")
INSIDE = re.compile(r"__streamlit|streamlitDebug|static/js/|_stcore|gc\.freeze")
MAY_NAME_ELEMENTS = {
    "app/server": "the click that removes a refused file",
    "app/styles": "the widgets in their places, the icons, the outline, lecture mode",
    "viewer": "what scrolls, what holds the figures, the button that downloads a page",
}
"""The folders that name elements of Streamlit's page, and what for. app/server/README.md speaks of them."""


def elements(path: Path) -> set[str]:
    """The elements of Streamlit's page that this file names."""
    return set(ELEMENT.findall(path.read_text(encoding="utf-8")))


def streamlit_modules(source: str) -> set[str]:
    """The modules of Streamlit that this source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        found |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
        found |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    return {name for name in found if name.split(".")[0] == "streamlit"}


def test_the_searches_find_what_they_look_for(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_text(""".stMain [data-testid="stText"] .st-key-task, .strip [data-testid='InputInstructions'] { }""")
    assert elements(file) == {"stMain", "stText", "InputInstructions"}
    assert streamlit_modules("import streamlit as st\nfrom streamlit.runtime.x import y") == {
        "streamlit", "streamlit.runtime.x",
    }  # fmt: skip


def test_elements_of_streamlits_page_are_named_in_few_places() -> None:
    naming = {path.relative_to(PACKAGE).as_posix() for path in FILES if elements(path)}
    assert not [name for name in naming if not name.startswith(tuple(f"{folder}/" for folder in MAY_NAME_ELEMENTS))]
    assert all(any(name.startswith(f"{folder}/") for name in naming) for folder in MAY_NAME_ELEMENTS)


def test_streamlit_still_has_every_element_that_we_name() -> None:
    scripts = (Path(st.__file__).with_name("static") / "static" / "js").glob("*.js")
    text = "".join(path.read_text(encoding="utf-8") for path in scripts if "Plotly" not in path.name)
    words = set(re.findall(r"\w+", text))
    named = {name for path in FILES for name in elements(path)}
    assert len(named) > 20
    assert not named - words


def test_what_streamlit_does_not_promise_is_used_in_the_server_only() -> None:
    for path in FILES:
        if not path.is_relative_to(SERVER):
            text = path.read_text(encoding="utf-8")
            assert not INSIDE.search(text), path.name
            assert path.suffix != ".py" or streamlit_modules(text) <= set(PUBLIC), path.name

"""The first page asks at once for what it is going to need, and knows where its server is."""

import json
import re
from pathlib import Path

import streamlit as st

from gateviz.app.main import page_style
from gateviz.app.server.first_page import NO_ICONS_AHEAD, OUTLINE, WIDGETS, linked, prepare
from gateviz.app.server.launch import settings

FOLDER = Path(st.__file__).with_name("static")
SCRIPTS = FOLDER / "static" / "js"
INDEX = (FOLDER / "index.html").read_text(encoding="utf-8")
PAGES = ("/", "/gradients", "/what-if")
PAGE = prepare(INDEX, SCRIPTS, PAGES, ["https://school.example", "</script>"])


def test_everything_that_is_linked_is_there_and_linked_once() -> None:
    files = linked(PAGE)
    assert all((FOLDER / path[1:]).is_file() for path in files)
    assert len(set(files)) == len(files)
    assert set(linked(INDEX)) < set(files)


def test_each_widget_is_linked_with_all_that_it_imports() -> None:
    files = {path.rsplit("/", 1)[1] for path in linked(PAGE)}
    for widget in WIDGETS:
        assert any(name.startswith(f"{widget}.") for name in files), widget
    for name in files:
        if name.endswith(".js"):
            imported = re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', (SCRIPTS / name).read_text(encoding="utf-8"))
            assert set(imported) <= files, name


def test_the_server_is_told_before_any_script_runs() -> None:
    assert PAGE.index("window.__streamlit") < PAGE.index("<script type=")
    assert PAGE.count("</script>") == INDEX.count("</script>") + 3  # an origin is no markup
    config = json.loads(re.search(r"HOST_CONFIG: (\{.*?\})\}", PAGE)[1])  # type: ignore[index]
    assert config == {"allowedOrigins": ["https://school.example", "</script>"], "useExternalAuthToken": False}


def test_the_font_of_icons_is_not_fetched_ahead_and_every_other_is() -> None:
    index = next(SCRIPTS.glob("index.*.js")).read_text(encoding="utf-8")
    assert index.count("document.fonts.load(") == 1, "what is left out is asked for otherwise"
    assert PAGE.index(NO_ICONS_AHEAD) < PAGE.index("<script type=")


def test_a_page_without_the_known_places_stays_as_it_is() -> None:
    assert prepare("<html>another Streamlit</html>", SCRIPTS, PAGES, []) == "<html>another Streamlit</html>"


def test_our_style_comes_after_streamlits_and_the_outline_is_there_before_any_script_has_run() -> None:
    page = prepare(INDEX, SCRIPTS, PAGES, [], ".ours {}")
    assert page.index('rel="stylesheet"') < page.index("<style>.ours {}</style>")
    assert OUTLINE in page


def test_the_outline_is_of_the_colours_of_the_page() -> None:
    light, dark = re.findall(r"\.gateviz-shell \{[^}]*background: (#\w+)", page_style())
    assert light == settings()["theme.light.backgroundColor"]
    assert dark == settings()["theme.dark.backgroundColor"]

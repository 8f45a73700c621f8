"""Habits of the pages that a reader of the code would have to check by eye: keys, bounds, and no markup from anyone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "gateviz" / "app"
WIDGETS = {
    "button", "checkbox", "color_picker", "date_input", "download_button", "feedback", "file_uploader", "multiselect",
    "number_input", "pills", "radio", "segmented_control", "select_slider", "selectbox", "slider", "text_area",
    "text_input", "toggle", "plotly_chart",
}  # fmt: skip
MARKUP = {"markdown", "write", "html", "error", "info", "warning", "success", "exception", "title", "header", "caption"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(name, call) of everything that is called on an object: st.slider(...), column.slider(...)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def put_in(call: ast.Call) -> set[str]:
    """The names whose values get into the text; the key of say(key, ...) only chooses among our own texts."""
    keys = {
        id(node)
        for words in ast.walk(call)
        if isinstance(words, ast.Call) and ast.unparse(words.func) == "say"
        for node in ast.walk(words.args[0])
    }
    return {
        node.id for text in call.args for node in ast.walk(text) if isinstance(node, ast.Name) and id(node) not in keys
    }


FILES = sorted(APP.rglob("*.py"))
TREES = {path.relative_to(APP).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


@pytest.mark.parametrize("name", TREES)
def test_every_widget_has_a_key_that_a_style_sheet_can_name(name: str) -> None:
    for called, call in calls(TREES[name]):
        if called in WIDGETS:
            key = keywords(call).get("key")
            assert key is not None, ast.unparse(call)[:80]
            written = (
                ast.literal_eval(key)
                if isinstance(key, ast.Constant)
                else re.sub(r"\{.*?\}", "x", ast.unparse(key)[2:-1])
            )
            assert re.fullmatch(r"[a-z0-9_-]+", written), written


def test_the_widgets_that_this_looks_for_are_there() -> None:
    found = {called for tree in TREES.values() for called, _ in calls(tree)} & WIDGETS
    assert {"selectbox", "text_input", "segmented_control", "slider", "file_uploader", "plotly_chart"} <= found


@pytest.mark.parametrize("name", TREES)
def test_every_cache_that_takes_an_argument_is_bounded(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                written = ast.unparse(decorator)
                if written.startswith(("st.cache_", "cache", "lru_cache")) and node.args.args:
                    bounded = "max_entries" in written or "maxsize" in written
                    assert bounded, f"{name}: {node.name}"


@pytest.mark.parametrize("name", TREES)
def test_nothing_but_the_catalogues_words_and_our_own_files_stand_where_markup_is_read(name: str) -> None:
    for called, call in calls(TREES[name]):
        assert "unsafe_allow_html" not in keywords(call)
        if (
            called in MARKUP
            and isinstance(call.func, ast.Attribute)
            and ast.unparse(call.func.value) in ("st", "place")
        ):
            assert put_in(call) <= {"say", "page_style", "named", "step"}, ast.unparse(call)[:120]

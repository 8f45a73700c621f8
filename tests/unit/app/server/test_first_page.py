"""Streamlit's first page gets our additions, each once and before any script runs; another page stays as it is."""

import re
from pathlib import Path

import hypothesis
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as st_

from gateviz.app.components.page_style import page_style
from gateviz.app.server.first_page import FIRST_FILE, NO_ICON_FONT_AHEAD, OUTLINE, SLASH, prepare
from gateviz.app.server.settings import settings
from gateviz.app.server.streamlits_words import script

FOLDER = Path(st.__file__).with_name("static")
INDEX = (FOLDER / "index.html").read_text(encoding="utf-8")
STYLE = ".ours {}"
PAGE = prepare(INDEX, STYLE)
PLACES = {"<script>": (NO_ICON_FONT_AHEAD, script()), "</body>": (OUTLINE, STYLE), FIRST_FILE: (SLASH,)}
SCRIPTS = (SLASH, NO_ICON_FONT_AHEAD, script())
"""The tags of the page -> what we put before each."""


def test_nothing_of_streamlits_page_is_lost() -> None:
    rest = PAGE
    for script_text in SCRIPTS:
        rest = rest.replace(f"<script>{{{script_text}}}</script>\n    ", "")
    assert rest.replace(f"{OUTLINE}<style>{STYLE}</style>", "") == INDEX


def test_each_addition_is_there_once_and_our_scripts_come_before_streamlits() -> None:
    for additions in PLACES.values():
        for addition in additions:
            assert PAGE.count(addition) == 1
    for ours in SCRIPTS:
        assert PAGE.index(ours) < PAGE.index("<script type=")
    assert PAGE.count("</script>") == INDEX.count("</script>") + len(SCRIPTS), "no text of ours ends a script"


def test_the_slash_is_set_right_before_any_file_is_asked_for_and_on_the_first_page_alone() -> None:
    assert PAGE.index(SLASH) < min(PAGE.index(f'{name}="./') for name in ("href", "src"))
    assert SLASH not in prepare(INDEX, STYLE, "/gradients")


def test_our_style_comes_after_streamlits() -> None:
    assert PAGE.index('rel="stylesheet"') < PAGE.index(f"<style>{STYLE}</style>")


@hypothesis.settings(deadline=None)
@given(st_.sampled_from(sorted(PLACES)), st_.integers(0, 3), st_.randoms(use_true_random=False))
def test_where_a_tag_is_missing_or_there_twice_nothing_is_put(tag: str, times: int, dice: object) -> None:
    """In a page of other order too: its parts are shuffled."""
    parts = INDEX.replace(tag, "").splitlines(keepends=True) + [f"{tag}\n"] * times
    dice.shuffle(parts)  # type: ignore[attr-defined]
    html = "".join(parts)
    page = prepare(html, STYLE)
    for addition in PLACES[tag]:
        assert page.count(addition) == (1 if times == 1 else 0)
    for each, additions in PLACES.items():
        if html.count(each) != 1:
            assert not any(addition in page for addition in additions)
    if times != 1 and all(html.count(each) != 1 for each in PLACES):
        assert page == html


@hypothesis.settings(deadline=None)
@given(st_.text())
def test_any_other_text_stays_as_it_is(html: str) -> None:
    assert prepare(html, STYLE) == html


@pytest.mark.parametrize(
    ("patch", "gone"),
    [("icons", NO_ICON_FONT_AHEAD), ("words", script()), ("outline", f"<style>{STYLE}</style>"), ("slash", SLASH)],
)
def test_each_addition_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, patch: str, gone: str) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", patch)
    page = prepare(INDEX, STYLE)
    assert gone not in page
    assert len(page) > len(INDEX), "the others are there"
    monkeypatch.setenv("GATEVIZ_PLAIN", "1")
    assert prepare(INDEX, STYLE) == INDEX


def test_streamlit_fetches_a_font_ahead_in_one_place_only() -> None:
    """The place that NO_ICON_FONT_AHEAD answers."""
    index = next((FOLDER / "static" / "js").glob("index.*.js")).read_text(encoding="utf-8")
    assert index.count("document.fonts.load(") == 1


def test_the_outline_has_the_colours_of_the_page() -> None:
    light, dark = re.findall(r"\.gateviz-shell \{[^}]*background: (#\w+)", page_style())
    assert light == settings()["theme.light.backgroundColor"]
    assert dark == settings()["theme.dark.backgroundColor"]

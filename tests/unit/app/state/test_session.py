"""The session: a choice is a widget's value; before the widget has been drawn it is what the widget begins with."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from gateviz.app.state.session import Key

HANDLES = {"sentence", "task", "cells", "layer", "direction", "language", "upload"}


def page(before: str = "", after: str = "") -> AppTest:
    """A page with one widget, a text box, and with what it does before and after it draws it."""
    return AppTest.from_string(
        f"""
import streamlit as st
from gateviz.app.state.session import Key, session

{before}
typed = st.text_input("text", key=Key.SENTENCE, **session.begin(Key.SENTENCE, value=session.sentence or ""))
st.text(f"{{typed}} {{session.sentence}} {{session.changed_before()}}")
{after}
"""
    )


def said(page: AppTest) -> str:
    return str(page.text[0].value)


def from_a_browser_that_knows_more(page: AppTest, text: str) -> AppTest:
    """The page's first run, by a browser that has had it open for long."""
    other = page.run()
    states = WidgetStates()
    states.widgets.add(id=other.text_input[0].proto.id, string_value=text)
    fresh = AppTest.from_file(page._script_path)
    return fresh._run(states)


def test_the_handles_of_the_contract_are_among_the_keys() -> None:
    assert set(Key) >= HANDLES


def test_what_is_chosen_before_the_widget_is_there_is_what_it_begins_with() -> None:
    assert said(page("session.sentence = 'linked'").run()) == "linked linked ()"


def test_what_a_browser_already_has_wins_over_it_and_is_told_as_a_change() -> None:
    page_ = page("if not session.address:\n    session.sentence = 'linked'")
    assert said(from_a_browser_that_knows_more(page_, "typed")) == "typed typed ('sentence',)"
    assert said(from_a_browser_that_knows_more(page_, "linked")) == "linked linked ()"


def test_once_the_widget_is_known_what_is_chosen_wins() -> None:
    page_ = page("if session.lesson_turn:\n    session.sentence = 'chosen'\nsession.lesson_turn += 1").run()
    assert said(page_.run()) == "chosen chosen ()"


def test_none_takes_a_choice_back_before_and_after_its_widget_has_been_drawn() -> None:
    page = AppTest.from_string("""
import streamlit as st
from gateviz.app.state.session import Key, session

session.layer = 3
session.layer = None
st.text(session.layer)
session.layer = 3
st.number_input("layer", key=Key.LAYER, **session.begin(Key.LAYER, value=session.layer))
""").run()
    assert (said(page), page.number_input[0].value) == ("None", 3)
    assert (said(page.run()), page.number_input[0].value) == ("None", 3)


def test_choices_are_taken_and_given_back_by_key() -> None:
    page_ = AppTest.from_string("""
import streamlit as st
from gateviz.app.state.session import Key, session

session.layer, session.scale = 1, "relative"
taken = session.choices((Key.LAYER, Key.SCALE, Key.TASK))
session.layer = session.scale = None
session.choose(taken)
st.text((taken, session.layer, session.scale, session.task))
""").run()
    assert said(page_) == str(({"layer": 1, "norms": "relative"}, 1, "relative", ""))


@pytest.mark.parametrize("nonsense", [None, "text", 3, ["go"]])
def test_a_component_that_says_nonsense_has_said_nothing(nonsense: object) -> None:
    page_ = AppTest.from_string("""
import streamlit as st
from gateviz.app.state.session import Key, session

st.text(dict(session.of_component(Key.SALIENCY)))
""")
    page_.session_state["saliency"] = nonsense
    assert said(page_.run()) == "{}"


def test_what_the_pages_remember_stays_from_run_to_run_and_begins_as_it_is_declared() -> None:
    page_ = page(after="st.text((session.shown, session.lesson_turn))\nsession.shown = ('task', 'text')").run()
    assert page_.text[1].value == str((("", ""), 0))
    assert page_.run().text[1].value == str((("task", "text"), 0))

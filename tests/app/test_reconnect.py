"""The first that a new session hears is an action, on a page that was open while the server started anew: it happens.

The browser then sends the values of all its widgets with the old address. Whatever the visitor did must come out as it
would have in the old session.
"""

from collections.abc import Callable

import pytest

from gateviz.i18n.translator import load
from tests.app.visitor import Page, Visitor

TEXT = "He said not a word."
WORDS = load("en")


def types(visitor: Visitor) -> None:
    visitor.at.text_input(key="sentence").set_value("Not a word.")


def types_what_cannot_be_shown(visitor: Visitor) -> None:
    visitor.at.text_input(key="sentence").set_value("a\0b")


def chooses_a_task_that_reads_the_text(visitor: Visitor) -> None:
    visitor.at.selectbox(key="task").set_value("sherlock")


def chooses_a_task_that_does_not(visitor: Visitor) -> None:
    visitor.at.selectbox(key="task").set_value("sunspots")


def chooses_cells(visitor: Visitor) -> None:
    visitor.at.segmented_control(key="cells").set_value(["gru"])


def chooses_a_language(visitor: Visitor) -> None:
    visitor.at.segmented_control(key="language").set_value("zh")


def uploads(visitor: Visitor) -> None:
    visitor.at.file_uploader(key="upload").set_value(("a.txt", b"one\ntwo", "text/plain"))


def uploads_what_cannot_be_read(visitor: Visitor) -> None:
    visitor.at.file_uploader(key="upload").set_value(("a.txt", b"\x89PNG\r\n\x1a\n\x00\xff", "text/plain"))


def chooses_another_look(visitor: Visitor) -> None:
    visitor.at.segmented_control(key="gradient_view").set_value("paths")


def nothing(_: Visitor) -> None:
    """The page is connected again, and nobody has touched it."""


ON_BOTH = [types, types_what_cannot_be_shown, chooses_a_task_that_reads_the_text, chooses_a_task_that_does_not,
           chooses_cells, chooses_a_language, uploads, uploads_what_cannot_be_read, nothing]  # fmt: skip
ON_GRADIENTS = [chooses_another_look]
Act = Callable[[Visitor], None]
CASES: list[tuple[Page, Act]] = [
    *(("step_through", act) for act in ON_BOTH),
    *(("gradients", act) for act in (*ON_BOTH, *ON_GRADIENTS)),
]


def seen(visitor: Visitor) -> tuple[object, ...]:
    visitor.assert_no_stack_trace()
    return visitor.sentence, visitor.notices, visitor.address, visitor.figures, visitor.sent


@pytest.mark.parametrize(("page", "act"), CASES)
def test_the_first_action_in_a_new_session_does_what_it_does_in_the_old_one(page: Page, act: Act) -> None:
    old = Visitor({"text": TEXT}).go_to(page)
    act(old)
    new = old.act_after_a_restart(page=page)
    old.at.run()
    assert seen(new) == seen(old)
    assert seen(new.type("So he said.")) == seen(old.type("So he said.")), "and it goes on like the old one"


def test_the_layer_that_is_chosen_first_is_shown() -> None:
    old = Visitor({"task": "tang"})
    old.at.segmented_control(key="layer").set_value(1)
    assert old.act_after_a_restart().address["layer"] == "1"


def test_what_stood_in_the_box_and_on_the_sliders_stays_when_the_page_is_connected_again() -> None:
    old = Visitor({"text": TEXT}).go_to("gradients").choose("norms", "absolute").type("")
    new = old.act_after_a_restart(page="gradients")
    assert (new.sentence, new.notices) == ("", [WORDS("error.empty")])
    assert not new.strips["relative"]
    assert [token["text"] for token in new.strips["tokens"]] == list(TEXT)


def test_a_file_that_the_server_no_longer_has_is_as_if_it_had_been_taken_away() -> None:
    old = Visitor().upload(b"one\ntwo")
    other = Visitor()
    other.at.query_params.update(old.address)
    other.at._run(old.at._tree.get_widget_states())  # names the file, whose bytes only the old server had
    other.assert_no_stack_trace()
    assert (other.sentence, other.notices) == ("one", [])
    assert [box.key for box in other.at.selectbox] == ["task"]


def test_a_link_that_is_opened_anew_says_all_and_a_widget_nothing() -> None:
    visitor = Visitor({"text": TEXT, "cells": "gru", "lang": "zh", "task": "sherlock"})
    assert (visitor.sentence, visitor.address["cells"], visitor.address["lang"]) == (TEXT, "gru", "zh")
    assert visitor.address["task"] == "sherlock"

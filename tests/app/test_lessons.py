"""The lessons, card by card: each sets the picture that it speaks of, and a person's own sentence comes back."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from gateviz.app.computed.lesson_files import Card, lessons
from gateviz.app.state.address import PARTS
from gateviz.pretrained.examples import example_of
from gateviz.pretrained.folder import names, pretrained_folder
from tests.app.visitor import Visitor

THERE = set(names(pretrained_folder()))
EXAMPLE = example_of("timemachine")
OWN = "I typed this myself."


def available(language: str) -> Iterator[Card]:
    for lesson in lessons(language):
        for card in lesson.cards:
            if {(card.scene.task, cell) for cell in card.scene.cells} <= THERE:
                yield card


class Student(Visitor):
    """A visitor who uses the lesson panel."""

    @property
    def panel(self) -> dict[str, Any]:
        """What the panel was sent."""
        data: dict[str, Any] = json.loads(self.component("lesson_panel").json)
        return data

    def ask(self, card: str, **stands: int | str) -> None:
        """As the panel does it at a click."""
        self.trigger("lesson_panel", "go", {"card": card, **stands})


def check_scene(student: Student, card: Card) -> None:
    """The page shows what the card sets, and the panel sends the viewer where it says."""
    student.assert_no_stack_trace()
    assert student.notices == []
    scene, state = card.scene, student.at.session_state
    assert student.panel["card"]["id"] == student.address["lesson"] == card.id
    assert (state["task"], state["sentence"], tuple(state["cells"])) == (scene.task, scene.text, scene.cells)
    signal = {"cell": scene.point and scene.point[0], "signal": scene.point and scene.point[1]}
    place = {"text": scene.text, "step": scene.step, "unit": scene.unit}
    looks = {"colour": scene.colour or None, "order": scene.rows or None, "beats": scene.beats}
    assert student.panel["target"] == place | signal | looks
    if scene.page == "gradients":
        assert state["part"] == (scene.part or "sentence")
        if state["part"] != "sentence":
            assert student.data_of(scene.part)["said"] == scene.settings
            return
        assert state["gradient_view"] == scene.show
        assert student.strips["step"] == scene.step
        assert student.address["text"] == scene.text
    elif scene.page == "under_the_hood":
        shown = {name: student.address[name] for name in ("part", "cell", "form", "step")}
        part = scene.part or PARTS[0]
        assert shown == {"part": part, "cell": scene.cells[0], "form": scene.form, "step": str(scene.step)}
        assert student.hood["part"] == part
        assert student.hood["text"] == scene.text
    elif scene.page == "train":
        assert (student.film["name"], student.address["train"]) == (f"shipped-{scene.task}", scene.task)
        assert student.film["begins"], "the question is asked before its answer can be seen"
    else:
        assert student.address["text"] == scene.text
        assert tuple(student.viewer["cells"]) == scene.cells
        assert student.viewer["text"] == scene.text
        assert student.address["step"] == str(scene.step)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_cards_of_all_lessons_one_after_the_other(language: str) -> None:
    student = Student({"lang": language})
    assert not student.panel["card"]
    expected = list(available(language))
    student.ask(student.panel["resume"])
    for card in expected:
        check_scene(student, card)
        shown = student.panel["card"]
        assert shown["title"] == card.title
        assert len(shown["paragraphs"]) == len(card.paragraphs)
        if shown["next"]:
            student.ask(shown["next"])
    assert student.panel["card"]["id"] == expected[-1].id
    student.ask(student.panel["card"]["previous"])
    check_scene(student, expected[-2])


def test_the_lessons_that_can_be_chosen_are_those_whose_models_are_there() -> None:
    panel = Student().panel
    assert [card for lesson in panel["lessons"] for card in lesson["cards"]] == [card.id for card in available("en")]
    assert [lesson["place"] for lesson in panel["lessons"]] == list(range(1, len(panel["lessons"]) + 1))


def test_leaving_a_lesson_brings_back_ones_own_sentence_and_place() -> None:
    student = Student({"text": OWN, "cells": "gru"})
    student.ask("4.4", step=4, unit=9, colour="gru:update_gate", order="cluster")
    assert student.viewer["text"] != OWN
    student.ask("4.5")
    student.ask("")
    assert not student.panel["card"]
    assert student.viewer["text"] == student.sentence == OWN
    assert list(student.viewer["cells"]) == ["gru"]
    assert "lesson" not in student.address
    place = {"text": OWN, "step": 4, "unit": 9, "cell": None, "signal": None}
    assert student.panel["target"] == place | {"colour": "gru:update_gate", "order": "cluster"}
    assert (student.address["step"], student.address["unit"]) == ("4", "9")


def test_a_sentence_typed_within_a_lesson_is_ones_own_too() -> None:
    student = Student()
    student.ask("3.1")
    student.type(OWN)
    assert student.panel["card"]["id"] == "3.1", "the card stays while one tries something"
    assert student.viewer["text"] == OWN
    student.ask("3.2")
    assert student.viewer["text"] == EXAMPLE
    student.ask("")
    assert student.viewer["text"] == OWN


def test_the_gradients_page_gets_back_its_settings() -> None:
    student = Student()
    student.go_to("gradients")
    student.trigger("saliency", "loss_step", 29).choose("gradient_view", "every_step")
    student.ask("8.4")
    assert student.at.session_state["gradient_view"] == "one_step"
    student.ask("")
    assert student.at.session_state["gradient_view"] == "every_step"
    assert student.strips["step"] == 29


def test_a_card_of_another_page_goes_there() -> None:
    student = Student()
    student.ask("8.2")
    student.assert_no_stack_trace()
    assert student.strips["step"] == student.panel["target"]["step"]
    student.ask("8.1")
    assert student.viewer["text"] == EXAMPLE


def test_a_link_opens_a_card_with_its_picture() -> None:
    student = Student({"lesson": "4.4"})
    card = next(card for card in available("en") if card.id == "4.4")
    check_scene(student, card)
    again = Student({name: str(value) for name, value in student.address.items()})
    again.assert_no_stack_trace()
    assert again.viewer_bytes == student.viewer_bytes
    assert again.panel["card"]["id"] == "4.4"
    assert again.panel["target"]["step"] is None, "the link's own step is kept"


def test_a_link_to_a_card_with_another_sentence_shows_that_sentence_beside_it() -> None:
    student = Student({"lesson": "4.4", "text": OWN, "step": "2"})
    assert (student.panel["card"]["id"], student.viewer["text"]) == ("4.4", OWN)
    student.ask("")
    assert student.viewer["text"] == OWN


@pytest.mark.parametrize("card", ["99.9", "<b>", "", "3", "3.4.5", "__import__('os')"])
def test_a_card_that_is_not_there_is_left_out_of_a_link(card: str) -> None:
    student = Student({"lesson": card})
    student.assert_no_stack_trace()
    assert not student.panel["card"]
    assert len(student.notices) == 1


def test_the_card_stays_when_the_language_is_switched() -> None:
    student = Student({"lesson": "4.4"})
    english = student.panel["card"]
    student.choose("language", "zh")
    chinese = student.panel["card"]
    assert (chinese["id"], english["id"]) == ("4.4", "4.4")
    assert chinese["title"] != english["title"]
    assert student.panel["turn"] == 1, "the cursor is not sent anywhere"
    numbers = [
        sorted(piece["value"] for paragraph in card["paragraphs"] for piece in paragraph if "value" in piece)
        for card in (english, chinese)
    ]
    assert numbers[0] == numbers[1]

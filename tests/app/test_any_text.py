"""Any text typed into any task gives its picture or one sentence, on both pages; unknown characters are listed."""

import unicodedata

import pytest
from hypothesis import given, settings

from gateviz.data.tokenizing.tokens import unknown_parts
from gateviz.i18n.translator import load
from gateviz.pretrained.folder import find_card, list_pretrained
from tests.any_text import TEXTS
from tests.app.visitor import Visitor

WORDS = load("en")
TASKS = list(dict.fromkeys(card.task for card in list_pretrained()))
TEXTS_A_TASK = 6
CONTROL = ("Cc", "Cs")
HEART, MOSCOW, FAMILY = "love it ❤️", "a film from Москва", "👨\u200d👩\u200d👧 Москва"


def check(visitor: Visitor, task: str, text: str) -> None:
    """The picture of the text, or the sentence that refuses it and the picture that was there before."""
    visitor.assert_no_stack_trace()
    assert WORDS("error.unexpected") not in visitor.notices
    refused = not text.strip() or any(unicodedata.category(character) in CONTROL for character in text)
    if refused or find_card(task, "lstm").tokens == "numbers":
        return
    assert visitor.viewer["text"] == text
    unknown = unknown_parts(find_card(task, "lstm").tokenizer().tokenize(text))
    notice = [said for said in visitor.notices if "vocabulary" in said]
    assert len(notice) == bool(unknown)
    if len(unknown) > 1:
        assert notice[0].startswith(f"{len(unknown)} tokens are not ")


@pytest.mark.parametrize("task", TASKS)
def test_any_text_is_shown_or_refused_in_a_sentence(task: str) -> None:
    visitor = Visitor({"task": task, "cells": "lstm"})

    @settings(max_examples=TEXTS_A_TASK, deadline=None, derandomize=True, database=None)
    @given(TEXTS)
    def try_text(text: str) -> None:
        check(visitor.type(text), task, text)

    try_text()
    for text in (HEART, MOSCOW):
        check(visitor.type(text), task, text)
    visitor.go_to("gradients")
    visitor.assert_no_stack_trace()
    assert WORDS("error.unexpected") not in visitor.notices


@pytest.mark.parametrize("task", ["timemachine", "sentiment", "agreement", "intent", "dates"])
def test_the_notice_lists_each_unknown_character_by_itself(task: str) -> None:
    visitor = Visitor({"task": task, "cells": "gru"})
    shown = "👨 U+200D 👩 👧 М о с к в а"
    assert visitor.type(FAMILY).notices == [WORDS("notice.unknown", count=11, characters=shown)]
    assert visitor.type("a ☃").notices == [WORDS("notice.unknown_one", characters="☃")]

"""The sentences that classifiers are measured on: balanced, distinct, and none that a recipe makes to train on."""

import dataclasses
import datetime
import random

import numpy as np
import pytest

from gateviz.data.corpora import typed_in_class
from gateviz.data.corpora.dates import FORMATS
from gateviz.data.corpora.everyday_sentences import INTENT, SENTIMENT, WEIBO, is_everyday
from gateviz.data.corpora.typed_in_class import ByClass
from gateviz.recipes import dates, intent, sentiment, weibo

TYPED = [(typed_in_class.SENTIMENT, 30), (typed_in_class.WEIBO, 30), (typed_in_class.INTENT, 3)]


@pytest.mark.parametrize(("by_class", "of_each"), [(SENTIMENT, 20), (WEIBO, 20), (INTENT, 3), *TYPED])
def test_there_are_as_many_of_each_class_and_no_sentence_twice(by_class: ByClass, of_each: int) -> None:
    assert {len(sentences) for sentences in by_class.values()} == {of_each}
    assert len({text for sentences in by_class.values() for text in sentences}) == of_each * len(by_class)


def test_a_sentence_is_known_again_whatever_its_marks_and_capitals() -> None:
    assert is_everyday("it was not good !")
    assert is_everyday("我不难过")
    assert is_everyday("Not bad!")
    assert not is_everyday("it was good")


def test_what_is_made_to_train_on_is_never_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = random.Random(0)  # noqa: S311
    drawn = iter([("it was not good .", -1), ("NOT BAD", 1), ("it was good .", 1)])
    for name in ("opinion", "small_talk"):
        monkeypatch.setattr(sentiment, name, lambda _: next(drawn))
    assert sentiment.plain_text(generator) == ("it was good .", "positive")
    felt = iter([("我不难过！", 1), ("五星", 1), ("我难过", -1)])
    for name in ("feeling", "small_talk"):
        monkeypatch.setattr(weibo, name, lambda _: next(felt))
    assert weibo.plain_text(generator) == ("我难过", "negative")
    asked = iter([("good morning!", "greeting"), ("hello friend", "greeting")])
    monkeypatch.setattr(intent, "wish", lambda _: next(asked))
    assert intent.plain_wish(generator) == ("hello friend", "greeting")


def test_no_text_of_a_class_is_one_of_those_that_dates_are_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    written = iter([("15 March 2021.", "2021-03-15", "ordinal"), ("1 May 2000", "2000-05-01", "ordinal")])
    monkeypatch.setattr(dates, "draw_written", lambda *_, **__: next(written))
    recipe = dataclasses.replace(dates.RECIPE, no_dates_share=0.0)
    assert recipe.draw(np.random.default_rng(0), held_out=False)[0] == "1 May 2000"


def test_what_a_class_types_is_a_date_in_iso_form_or_none() -> None:
    answers = [datetime.date.fromisoformat(answer).isoformat() for answer in typed_in_class.DATES.values() if answer]
    assert 2 * len(answers) > len(typed_in_class.DATES) > len(answers) + len(FORMATS)

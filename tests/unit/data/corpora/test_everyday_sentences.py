"""The sentences that classifiers are measured on: balanced, distinct, and none that a recipe makes to train on."""

import random

import pytest

from gateviz.data.corpora.everyday_sentences import INTENT, SENTIMENT, WEIBO, ByClass, is_everyday
from gateviz.recipes import sentiment, weibo


@pytest.mark.parametrize(("by_class", "of_each"), [(SENTIMENT, 20), (WEIBO, 20), (INTENT, 3)])
def test_there_are_as_many_of_each_class_and_no_sentence_twice(by_class: ByClass, of_each: int) -> None:
    assert {len(sentences) for sentences in by_class.values()} == {of_each}
    assert len({text for sentences in by_class.values() for text in sentences}) == of_each * len(by_class)


def test_a_sentence_is_known_again_whatever_its_marks_and_capitals() -> None:
    assert is_everyday("it was not good !")
    assert is_everyday("我不难过")
    assert not is_everyday("it was good")


def test_what_is_made_to_train_on_is_never_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = random.Random(0)  # noqa: S311
    drawn = iter([("it was not good .", -1), ("it was good .", 1)])
    monkeypatch.setattr(sentiment, "opinion", lambda _: next(drawn))
    assert sentiment.plain_opinion(generator) == ("it was good .", "positive")
    drawn = iter([("我不难过！", 1), ("我难过", -1)])
    monkeypatch.setattr(weibo, "feeling", lambda _: next(drawn))
    assert weibo.plain_feeling(generator) == ("我难过", "negative")

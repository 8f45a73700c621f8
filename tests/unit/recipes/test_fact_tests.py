"""What models that keep a fact are measured on, and what is made of their answers."""

import dataclasses

import numpy as np
import pytest

from gateviz.data.corpora.hometown import HometownTexts, Kind
from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH, Wordings
from gateviz.data.corpora.passages import Passages
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.recipes.fact_tests import LEGIBILITY, UNTRAINED_ROUNDS, FactTests, languages_named
from gateviz.results.trace import CellName

both = pytest.mark.parametrize("wordings", [ENGLISH, CHINESE], ids=["english", "chinese"])
DISTANCES = (2, 5)


def asked_of(wordings: Wordings) -> FactTests:
    return FactTests.drawn(HometownTexts(wordings, Passages(("¤",) * 100, wordings.space)), DISTANCES, count=20)


def untrained_model(cell: CellName) -> SequenceModel:
    words = WordTokenizer.of([*ENGLISH.sentences, "¤"], least=1)
    return SequenceModel(ModelConfig(cell, 4, 3, answers="class"), words, tuple(ENGLISH.languages.values()), seed=0)


@both
def test_first_and_last_country_fail_on_one_kind_of_three_each(wordings: Wordings) -> None:
    tests = asked_of(wordings)
    assert tests.countries_named() == {"the first country named": 2 / 3, "the last country named": 2 / 3}
    for kind, first, last in ((Kind.HOLD, 1, 1), (Kind.IGNORE, 1, 0), (Kind.OVERWRITE, 0, 1)):
        alone = dataclasses.replace(tests, held={key: texts for key, texts in tests.held.items() if key[0] is kind})
        assert list(alone.countries_named().values()) == [first, last]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_details_tell_each_kind_and_distance_and_their_means_are_the_accuracy(cell: CellName) -> None:
    tests, model = asked_of(ENGLISH), untrained_model(cell)
    details = tests.details(model, "word")
    kinds, distances = [*Kind], [f"over {n} words" for n in DISTANCES]
    far = [f"{kind}, over 5 words" for kind in Kind]
    other = [f"not trained on: {name}" for name in ENGLISH.untrained]
    assert list(details)[:5] == [*kinds, *distances]
    legible = [f"legibility: {name}" for name in LEGIBILITY.values()]
    assert list(details)[5:] == far + other + legible[: {"rnn": 0, "lstm": 4, "gru": 3}[cell]]
    assert np.mean([details[name] for name in kinds]) == pytest.approx(tests.accuracy(model))
    assert np.mean([details[name] for name in distances]) == pytest.approx(tests.accuracy(model))
    assert np.mean([details[name] for name in far]) == pytest.approx(details["over 5 words"])


def test_a_model_that_always_answers_alike_is_right_as_often_as_its_answer_is() -> None:
    tests, model = asked_of(ENGLISH), untrained_model("gru")
    model.head.weight.data.zero_()
    model.head.bias.data.copy_(model.head.bias.new_tensor([0, 1.0, *[0] * 10]))
    spanish = [text.language for text in tests.texts].count("Spanish") / len(tests.texts)
    assert tests.accuracy(model) == pytest.approx(spanish)
    details = tests.details(model, "word")
    assert all(details[f"not trained on: {name}"] == pytest.approx(1 / 12) for name in ENGLISH.untrained)


@both
def test_other_wordings_are_asked_for_every_country_and_none_of_them_is_trained_on(wordings: Wordings) -> None:
    tests = asked_of(wordings)
    for name, texts in tests.untrained.items():
        assert sorted(text.language for text in texts) == sorted([*wordings.languages.values()] * UNTRAINED_ROUNDS)
        for text in texts:
            assert text.text.count("¤") == 20
            named = languages_named(text.text, wordings)
            assert named[0 if text.kind is not Kind.OVERWRITE else -1] == text.language, name
            assert len(set(named)) == len(named)
    drawn = np.random.default_rng(0)
    trained = " ".join(
        HometownTexts(wordings, Passages(("¤",) * 100, wordings.space)).draw(drawn, 1).text for _ in range(3000)
    )
    for phrase in (
        "born",
        "come from",
        "We grew",
        "mother grew",
        "did not grow",
        "I mean",
        "出生",
        "来自",
        "妈妈",
        "不是在",
        "不，是",
    ):
        assert phrase not in trained


def test_countries_and_languages_are_found_in_their_order() -> None:
    assert languages_named("From Italy, where French is rare, to Spain", ENGLISH) == ["Italian", "French", "Spanish"]
    assert languages_named("我去过西班牙和葡萄牙，在学西班牙语", CHINESE) == ["西班牙语", "葡萄牙语", "西班牙语"]

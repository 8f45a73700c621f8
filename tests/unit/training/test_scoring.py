"""Held-out figures, against torch's own cross-entropy and a count by hand."""

import math

import pytest
import torch
from torch.nn import functional

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.number_tokenizer import MARKED, NumberTokenizer
from gateviz.errors import InputError
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.trace import CELLS, CellName
from gateviz.training import scoring
from gateviz.training.scoring import accuracy, bits_per_token, mean_squared_error, scores_of

TEXT = "the time traveller, for so it will be convenient"
VOCABULARY = CharacterTokenizer.of(TEXT)


def small(cell: CellName = "gru") -> SequenceModel:
    return SequenceModel(ModelConfig(cell, hidden_size=16, embedding_size=8), VOCABULARY, seed=0)


def test_the_figure_is_the_cross_entropy_of_one_pass_in_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    model, ids = small("lstm"), torch.tensor(VOCABULARY.encode(TEXT))
    with torch.no_grad():
        scores = model(ids[None, :-1])[0][0]
    expected = functional.cross_entropy(scores, ids[1:]).item() / math.log(2)
    assert bits_per_token(model, ids.tolist()) == pytest.approx(expected, rel=1e-6)
    monkeypatch.setattr(scoring, "WINDOW", 7)  # the state is carried over the seams
    assert bits_per_token(model, ids.tolist()) == pytest.approx(expected, rel=1e-6)


def test_an_unknown_token_is_read_but_never_scored() -> None:
    model = small()
    with torch.no_grad():
        scores = model(torch.tensor([model.encode("th☃")]))[0][0]  # (3, outputs)
        surprise = functional.cross_entropy(scores[[0, 2]], torch.tensor(model.encode("he")))
    assert bits_per_token(model, model.encode("th☃e")) == pytest.approx(surprise.item() / math.log(2), rel=1e-6)


@pytest.mark.parametrize("text", ["", "t", "t☃☃"])
def test_a_text_with_nothing_to_score_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="a known one"):
        bits_per_token(small(), VOCABULARY.encode(text))


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_accuracy_counts_the_texts_whose_last_answer_is_right(
    cell: CellName, bidirectional: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "AT_ONCE", 7)
    config = ModelConfig(cell, 6, 5, bidirectional=bidirectional, answers="class")
    model = SequenceModel(config, VOCABULARY, ("no", "yes", "perhaps"), seed=1)
    texts = [TEXT[start : start + 3 + start % 5] for start in range(20)]
    guesses = [model.outputs[int(model.logits(text)[-1].argmax())] for text in texts]
    answers = [guess if number % 4 else "none of them" for number, guess in enumerate(guesses)]
    assert accuracy(model, texts, answers) == 15 / 20


def test_accuracy_needs_an_answer_for_each_text() -> None:
    with pytest.raises(InputError, match="1 texts and 0 answers"):
        accuracy(small(), ["the"], [])


def numbers_model() -> SequenceModel:
    config = ModelConfig("gru", hidden_size=5, embedding_size=2, inputs="numbers", answers="value")
    return SequenceModel(config, NumberTokenizer(MARKED), ("sum",), seed=0)


def test_the_scores_of_many_texts_are_those_of_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    model, texts = numbers_model(), ["0.5", "0.1* 0.2 0.3*", "1 2 3 4 5"]
    for at_once in (1, 2, 256):
        monkeypatch.setattr(scoring, "AT_ONCE", at_once)
        for text, scores in zip(texts, scores_of(model, texts), strict=True):
            assert scores == pytest.approx(model.logits(text), abs=1e-6)


def test_a_squared_error_is_that_of_the_answer_after_the_last_number() -> None:
    model, texts = numbers_model(), ["0.5", "0.1* 0.2 0.3*"]
    answers = [float(model.logits(text)[-1, 0]) for text in texts]
    assert mean_squared_error(model, texts, answers) == pytest.approx(0, abs=1e-10)
    assert mean_squared_error(model, texts, [answers[0] + 1, answers[1] - 2]) == pytest.approx(2.5, rel=1e-5)
    for wrong in ([], [1.0]):
        with pytest.raises(InputError, match="one answer for each text"):
            mean_squared_error(model, texts if wrong else [], wrong)

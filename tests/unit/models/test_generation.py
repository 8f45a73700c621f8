"""Sampling, checked by small models of our own: against the model's logits, its traces, and frequencies."""

import math
from collections import Counter

import numpy as np
import pytest
import torch

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import InputError
from gateviz.models.config import ModelConfig
from gateviz.models.generation import Generation, Sampling, generate, sample_texts
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.trace import CELLS, CellName

LETTERS = CharacterTokenizer.of("abcdefg ")


def letters(cell: CellName = "lstm", *, layers: int = 2, seed: int = 3) -> SequenceModel:
    model = SequenceModel(ModelConfig(cell, 12, 5, layers), LETTERS, seed=seed)
    with torch.no_grad():
        model.head.weight *= 6  # an untrained model has next to no opinion
    return model


def written(stream: Generation) -> str:
    return "".join(token.text for token in stream)


@pytest.mark.parametrize("cell", CELLS)
def test_at_temperature_zero_each_token_is_the_likeliest_after_the_text_before_it(cell: CellName) -> None:
    model = letters(cell)
    stream = generate(model, "abc", temperature=0, max_steps=25)
    for token in stream:
        before = stream.text[:-1]
        scores = model.logits(before)[-1]
        assert token.text == model.outputs[scores.argmax()]
        shares = np.exp(scores - np.logaddexp.reduce(scores))
        assert token.probability == pytest.approx(shares[token.id], abs=1e-6)
    assert len(stream.text) == 28


@pytest.mark.parametrize("cell", CELLS)
def test_the_trace_of_what_was_sampled_is_the_trace_of_the_whole_text(cell: CellName) -> None:
    model = letters(cell)
    stream = generate(model, "dad", seed=7, max_steps=20)
    next(stream)
    assert stream.trace.tokens == tuple(stream.text), "it can be told on the way too"
    assert written(stream) == stream.text[4:]
    ours, whole = stream.trace.to_dict(), model.trace(stream.text).to_dict()
    assert ours.keys() == whole.keys()
    for name, value in whole.items():
        assert np.array_equal(ours[name], value) if isinstance(value, np.ndarray) else ours[name] == value, name


def test_the_seed_decides_the_text_and_the_global_random_state_is_left_alone() -> None:
    model = letters()
    torch.manual_seed(1)
    before = torch.get_rng_state()
    first, again, other = (written(generate(model, "a", seed=seed, max_steps=40)) for seed in (5, 5, 6))
    assert first == again != other
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_tokens_come_as_often_as_their_scores_over_the_temperature_say(temperature: float) -> None:
    model = letters()
    scores = model.logits("bad")[-1].astype(np.float64) / temperature
    expected = np.exp(scores - np.logaddexp.reduce(scores))
    count = 20_000
    drawn = Counter(sample_texts(model, "bad", count, Sampling(temperature), seed=0, max_steps=1, end="☃"))
    for letter, share in zip(model.outputs, expected, strict=True):
        error = 5 * math.sqrt(share * (1 - share) / count)
        assert drawn[letter] / count == pytest.approx(share, abs=error)


def test_top_k_draws_from_the_likeliest_alone() -> None:
    model = letters()
    likeliest = {model.outputs[i] for i in model.logits("bad")[-1].argsort()[-3:]}
    drawn = sample_texts(model, "bad", 500, Sampling(3.0, top_k=3), seed=0, max_steps=1, end="☃")
    assert set(drawn) == likeliest
    assert written(generate(model, "bad", temperature=1, top_k=1, max_steps=9)) == written(
        generate(model, "bad", temperature=0, max_steps=9)
    )


def test_a_temperature_near_zero_does_not_overflow_and_one_beyond_reason_draws_evenly() -> None:
    model = letters()
    assert written(generate(model, "a", temperature=1e-300)) == written(generate(model, "a", temperature=0))
    assert len(Counter(written(generate(model, "a", temperature=1e300)))) == len(model.outputs)


def test_many_texts_in_one_batch_go_on_as_one_text_does() -> None:
    model = letters("gru")
    one = written(generate(model, "gab", temperature=0, max_steps=15))
    assert sample_texts(model, "gab", 3, Sampling(0), seed=0, max_steps=15, end="☃") == [one] * 3
    cut = one.split(one[4])[0]
    assert sample_texts(model, "gab", 2, Sampling(0), seed=0, max_steps=15, end=one[4]) == [cut] * 2


def test_a_guide_allows_some_tokens_forces_one_and_ends_the_text() -> None:
    plan = [frozenset("ab"), frozenset("☃"), None, frozenset[str]()]
    model, texts = letters(), []

    def guide(text: str) -> frozenset[str] | None:
        texts.append(text)
        return plan[len(text) - 1]

    stream = Generation(model, "g", Sampling(), seed=0, max_steps=9, guide=guide)
    first, second, _ = stream
    assert first.text in "ab"
    assert (second.text, second.id, second.probability) == ("☃", model.tokenizer.unknown, 0.0)
    assert stream.text.startswith(texts[2])
    assert stream.trace.tokens == tuple(stream.text)


def test_a_model_of_words_writes_blanks_where_they_belong_and_is_read_back_as_it_chose() -> None:
    words = WordTokenizer.of(["the keys to the cabinet are old.", "the key isn't here, he said"], least=1)
    model = SequenceModel(ModelConfig("gru", 10, 6), words, seed=2)
    stream = generate(model, "the keys", temperature=2.0, seed=4, max_steps=60)
    chosen = [token.id for token in stream]
    assert tuple(chosen) == model.encode(stream.text)[2:]
    assert stream.trace.tokens == tuple(token.text for token in model.tokenize(stream.text))
    assert "  " not in stream.text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"prompt": ""}, "the prompt is empty"),
        ({"temperature": -0.1}, "temperature is -0.1: give a finite number of at least 0"),
        ({"temperature": math.nan}, "temperature is nan"),
        ({"top_k": 0}, "top_k is 0: give a whole number of at least 1"),
        ({"max_steps": 0}, "max_steps is 0: give"),
    ],
)
def test_what_cannot_be_sampled_is_refused_in_a_sentence(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        generate(letters(), **{"prompt": "a", **options})  # type: ignore[arg-type]


def test_a_model_that_answers_with_classes_does_not_write() -> None:
    model = SequenceModel(ModelConfig("rnn", 4, 3, answers="class"), LETTERS, ("good", "bad"), seed=0)
    with pytest.raises(InputError, match="answers with 'class'"):
        gateviz.generate(model, "a")

"""Whatever is passed to a function of the models that it cannot use is refused in one sentence."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.models.config import ModelConfig
from gateviz.models.construction import build_model
from gateviz.models.encoder_decoder import END, decoder_step
from gateviz.models.generation import Sampling, sample_texts
from gateviz.models.poems import well_formed_share
from gateviz.models.readings import Reading
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import load_pretrained
from gateviz.results.arguments import choice_of, finite_number, whole_number
from tests.refusals import refusal

LETTERS = load_pretrained("timemachine", "gru")
CLASSES = load_pretrained("sentiment", "gru")
NUMBERS = load_pretrained("sunspots", "gru")
DATES = load_pretrained("dates", "gru")
POEMS = load_pretrained("tang", "gru")
MODELS = {"letters": LETTERS, "classes": CLASSES, "numbers": NUMBERS, "text": DATES}
TEXTS = {"letters": "ab", "classes": "not bad", "numbers": "1 2", "text": "1 May 1999"}

NO_TEXTS: list[Any] = [
    *(None, True, 3, 2.5, b"ab", bytearray(b"ab"), [3, 1], (3, 1), [], (), [None], ["ab", 3], [b"ab"], {"ab"}, {}),
    *(np.array([1, 2]), np.array(["ab"]), torch.tensor([1, 2]), ..., str, {"ab": 1}.keys(), [["ab"]]),
]
NO_WHOLE_NUMBERS: list[Any] = [None, True, 1.0, 1.5, "1", b"1", [1], (), float("nan"), np.array([1]), ..., 1j]
NO_NUMBERS: list[Any] = [None, True, "1", [1.0], float("nan"), float("inf"), np.array([0.5]), ..., 1j]
NO_MODELS: list[Any] = [None, "lstm", 3, nn.LSTM(2, 3), nn.Linear(2, 2), SequenceModel, CLASSES, NUMBERS, DATES]

each_model = pytest.mark.parametrize("name", MODELS)


@each_model
@pytest.mark.parametrize("method", ["tokenize", "encode", "trace", "logits"])
@pytest.mark.parametrize("given", NO_TEXTS, ids=repr)
def test_what_is_neither_a_text_nor_a_list_of_texts_is_not_read(name: str, method: str, given: Any) -> None:
    refusal(getattr(MODELS[name], method), given)


@each_model
@pytest.mark.parametrize("given", [*NO_TEXTS, ["ab"], ("ab", "b"), ""], ids=repr)
def test_where_one_text_is_read_nothing_else_is(name: str, given: Any) -> None:
    model = MODELS[name]
    calls: list[Callable[[Any], object]] = [
        lambda text: model.gradients(text, 0),
        lambda text: model.loss_at(text, 0),
        lambda text: model.contributions(text),
        lambda text: model.write(text),
        lambda text: Reading(model, text).trace,
    ]
    for call in calls:
        refusal(call, given)


@pytest.mark.parametrize("given", [*NO_TEXTS, ["ab"], ("ab", "b"), ""], ids=repr)
def test_nothing_but_a_text_is_a_prompt(given: Any) -> None:
    refusal(gateviz.generate, LETTERS, given)
    refusal(gateviz.acrostic, POEMS, given)
    refusal(sample_texts, LETTERS, given, 1, Sampling(), seed=0, max_steps=1, end="\n")
    if not isinstance(given, str):
        refusal(gateviz.quatrain, POEMS, given)


@pytest.mark.parametrize("given", NO_MODELS, ids=lambda given: type(given).__name__)
def test_only_a_model_that_answers_with_the_next_token_writes(given: Any) -> None:
    refusal(gateviz.generate, given, "a")
    refusal(gateviz.quatrain, given)
    refusal(gateviz.acrostic, given, "春江")
    refusal(sample_texts, given, "a", 1, Sampling(), seed=0, max_steps=1, end="b")
    refusal(well_formed_share, given, 1, temperature=1.0, seed=0)


@pytest.mark.parametrize("given", NO_WHOLE_NUMBERS, ids=repr)
def test_what_counts_must_be_a_whole_number(given: Any) -> None:
    for model in MODELS.values():
        refusal(model.gradients, TEXTS["letters"] if model is LETTERS else "1 2", given)
        refusal(model.untrained, given)
    refusal(LETTERS.loss_at, "ab", given)
    for name in ("seed", "max_steps"):
        refusal(gateviz.generate, LETTERS, "a", **{name: given})
    refusal(gateviz.quatrain, POEMS, seed=given)
    refusal(gateviz.acrostic, POEMS, "春江", seed=given)
    refusal(well_formed_share, POEMS, given, temperature=1.0, seed=0)
    refusal(SequenceModel, LETTERS.config, LETTERS.tokenizer, seed=given)
    for name in ("hidden_size", "embedding_size", "num_layers"):
        refusal(ModelConfig, **{"cell": "gru", "hidden_size": 3, "embedding_size": 2, name: given})
    if given is not None:
        refusal(DATES.write, "1 May 1999", given)
        refusal(DATES.trace, "1 May 1999", given)
        refusal(LETTERS.trace, "ab", given)
        refusal(gateviz.generate, LETTERS, "a", top_k=given)
        refusal(gateviz.quatrain, POEMS, form=given)
        refusal(gateviz.acrostic, POEMS, "春江", form=given)
        refusal(well_formed_share, POEMS, 1, temperature=1.0, seed=0, form=given)


@pytest.mark.parametrize("given", [-1, 2**70], ids=repr)
def test_a_seed_is_neither_negative_nor_endless(given: int) -> None:
    refusal(gateviz.generate, LETTERS, "a", seed=given)
    refusal(DATES.untrained, given)


@pytest.mark.parametrize("given", NO_NUMBERS, ids=repr)
def test_temperature_scale_and_forget_bias_are_finite_numbers(given: Any) -> None:
    refusal(gateviz.generate, LETTERS, "a", temperature=given)
    refusal(gateviz.quatrain, POEMS, temperature=given)
    refusal(Sampling, given)
    refusal(ModelConfig, "gru", 3, 2, scale=given)
    if given is not None:
        lstm = ModelConfig("lstm", 3, 2)
        refusal(SequenceModel, lstm, LETTERS.tokenizer, seed=0, forget_bias=given)
        refusal(LETTERS.untrained, 0, forget_bias=given)


@pytest.mark.parametrize("given", [None, 3, "elman", "LSTM", ["lstm"], np.array(["lstm", "gru"]), b"lstm"], ids=repr)
def test_a_choice_is_one_of_those_that_there_are(given: Any) -> None:
    for name in ("cell", "inputs", "answers", "pooling"):
        assert "choose" in refusal(ModelConfig, **{"cell": "gru", "hidden_size": 3, "embedding_size": 2, name: given})
    refusal(ModelConfig, "gru", 3, 2, bidirectional=given, answers="class")


@pytest.mark.parametrize("given", [None, "ab", 3, ["a", "a"], ("a", 3), b"ab", {"a"}, ...], ids=repr)
def test_parts_of_another_type_make_no_model(given: Any) -> None:
    config, tokenizer = ModelConfig("gru", 3, 2, answers="class"), CharacterTokenizer.of("ab")
    refusal(build_model, config, tokenizer, given, seed=0)
    refusal(build_model, config, given, ("a", "b"), seed=0)
    refusal(SequenceModel, given, tokenizer, ("a", "b"), seed=0)
    writer = ModelConfig("gru", 3, 2, answers="text")
    refusal(build_model, writer, tokenizer, given, seed=0)
    refusal(build_model, writer, tokenizer, ("ab", END), seed=0)


@pytest.mark.parametrize(
    "given", [None, 3, "ab", ["ab"], [], [[1]], [1.5], [-1], [10**6], [10**30], ..., [(1.0, 2.0)]], ids=repr
)
def test_only_ids_of_the_tokenizer_are_embedded(given: Any) -> None:
    refusal(LETTERS.embed, given)
    refusal(load_pretrained("copy", "gru").embed, given)
    if given not in ([[1]],):
        refusal(NUMBERS.embed, given)


@each_model
@pytest.mark.parametrize("given", [None, "ab", [1, 2], torch.zeros(3), torch.zeros(1, 2, 3, 4)], ids=repr)
def test_a_model_that_is_called_takes_a_batch_of_ids_or_numbers(name: str, given: Any) -> None:
    refusal(MODELS[name], given)


def test_the_trace_of_several_texts_or_of_another_kind_of_model_is_not_scored() -> None:
    refusal(LETTERS.logits_of, LETTERS.trace(["ab", "a"]))
    refusal(decoder_step, LETTERS.trace("ab"))


def test_what_is_right_comes_back_as_pythons_own_number() -> None:
    assert whole_number("n", np.int64(3), least=3, most=3) == 3
    assert type(whole_number("n", np.uint8(3), least=0)) is int
    assert finite_number("x", np.float32(0.5)) == 0.5
    assert finite_number("x", 3, least=3) == 3.0
    assert choice_of("c", "b", ("a", "b")) == "b"
    assert refusal(whole_number, "n", 4, 0, 3) == "n is 4: give a whole number from 0 to 3."
    assert refusal(finite_number, "x", 0, above=0) == "x is 0: give a finite number above 0."
    assert refusal(choice_of, "c", "x", ("a", "b")) == "c is 'x': choose 'a' or 'b'."

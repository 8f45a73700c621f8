"""Whatever cannot be trained with or scored is refused in one sentence, before any step is made."""

from typing import Any

import pytest
import torch
from torch import nn

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.training.loop import TrainPlan, train
from gateviz.training.scoring import accuracy, bits_per_token, log_probabilities, mean_squared_error, scores_of
from gateviz.training.streams import streams
from tests.refusals import refusal

PLAN: dict[str, Any] = {
    "steps": 2, "batch_size": 2, "learning_rate": 0.1, "warmup": 0, "clip": 1.0, "evaluations": 0
}  # fmt: skip
MODEL = SequenceModel(ModelConfig("gru", 4, 3), CharacterTokenizer.of("ab"), seed=0)
GENERATOR = torch.Generator()


@pytest.mark.parametrize("given", [None, True, "1", -1, 1.5, float("nan"), [1], ...], ids=repr)
def test_a_plan_has_whole_numbers_and_shares(given: Any) -> None:
    for name in ("steps", "batch_size", "warmup", "evaluations"):
        refusal(TrainPlan, **PLAN | {name: given})
    if given != 1.5:
        for name in ("learning_rate", "clip", "dropout_in", "dropout_out", "unknown_share", "weight_decay"):
            refusal(TrainPlan, **PLAN | {name: given})
    refusal(TrainPlan, **PLAN | {"precision": given})


@pytest.mark.parametrize("share", [1, 1.0, 2])
def test_a_share_is_below_one(share: float) -> None:
    for name in ("dropout_in", "dropout_out", "unknown_share"):
        refusal(TrainPlan, **PLAN | {name: share})


@pytest.mark.parametrize("given", [None, 3, "gru", nn.LSTM(2, 3), [1], ...], ids=repr)
def test_training_is_refused_before_its_first_step(given: Any) -> None:
    right = (MODEL, iter(()), TrainPlan(**PLAN))
    for place in range(3):
        refusal(train, *right[:place], given, *right[place + 1 :], generator=GENERATOR)
    refusal(train, *right, generator=given)


@pytest.mark.parametrize("given", [[], (), None, "ab", 3, [3], ["a", None], [b"a"], [""], ["a", ""]], ids=repr)
def test_only_texts_are_scored(given: Any) -> None:
    refusal(scores_of, MODEL, given)
    refusal(log_probabilities, MODEL, given)
    if isinstance(given, (list, tuple)):
        refusal(accuracy, MODEL, given, ["x"] * len(given))
        refusal(mean_squared_error, MODEL, given, [0.0] * len(given))


def test_streams_and_figures_need_a_text_that_is_long_enough() -> None:
    refusal(bits_per_token, MODEL, [0])
    for size in (0, -1, 1.5, None):
        options: dict[str, Any] = {"batch_size": 1, "window": 1, "unknown": 2, "generator": GENERATOR}
        for name in ("batch_size", "window"):
            refusal(next, streams([0, 1] * 9, **options | {name: size}))

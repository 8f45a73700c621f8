"""Shapes that no model could have are refused by the field."""

import re
from typing import Any

import pytest

from gateviz.errors import InputError
from gateviz.models.config import ModelConfig

PLAIN: dict[str, Any] = {"cell": "lstm", "hidden_size": 4, "embedding_size": 3}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cell": "elman"}, "rnn, lstm, gru"),
        ({"embedding_size": 0}, "embedding_size must be at least 1, got 0"),
        ({"hidden_size": -1}, "hidden_size must be at least 1, got -1"),
        ({"num_layers": 0}, "num_layers must be at least 1"),
        ({"scale": 0.0}, "scale must be above 0"),
        ({"scale": float("nan")}, "scale must be above 0"),
        ({"bidirectional": True}, "only a model that answers with a class"),
        ({"bidirectional": True, "answers": "value"}, "only a model that answers with a class"),
    ],
)
def test_a_config_that_no_module_could_have_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        ModelConfig(**PLAIN | change)


def test_a_classifier_may_read_in_both_directions() -> None:
    assert ModelConfig(**PLAIN).num_directions == 1
    assert ModelConfig(**PLAIN, bidirectional=True, answers="class").num_directions == 2

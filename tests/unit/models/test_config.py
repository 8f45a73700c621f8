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
        ({"cell": "elman"}, "choose 'rnn', 'lstm' or 'gru'"),
        ({"embedding_size": 0}, "embedding_size is 0: give a whole number of at least 1."),
        ({"hidden_size": -1}, "hidden_size is -1: give"),
        ({"num_layers": 0}, "num_layers is 0: give"),
        ({"scale": 0.0}, "scale is 0.0: give a finite number above 0."),
        ({"scale": float("nan")}, "scale is nan: give"),
        ({"asked_after": ">", "answers": "value"}, "asked_after is '>': give a token to a model"),
        ({"asked_after": None}, "asked_after is None: give"),
        ({"bidirectional": True}, "only one that answers with a class"),
        ({"bidirectional": True, "answers": "value"}, "only one that answers with a class"),
    ],
)
def test_a_config_that_no_module_could_have_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        ModelConfig(**PLAIN | change)


def test_a_classifier_may_read_in_both_directions() -> None:
    assert ModelConfig(**PLAIN).num_directions == 1
    assert ModelConfig(**PLAIN, bidirectional=True, answers="class").num_directions == 2

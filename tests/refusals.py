"""A wrong argument is refused by a GatevizError of one sentence: what was given, and what would be right."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from gateviz.errors import GatevizError


def refusal(call: Callable[..., object], *args: Any, **options: Any) -> str:
    """The sentence with which the call is refused."""
    with pytest.raises(GatevizError) as caught:
        call(*args, **options)
    sentence = str(caught.value)
    assert re.fullmatch(r"[^\n]+: [^\n]+\.", sentence), f"not 'what was given: what would be right.': {sentence}"
    assert not re.search(r"[.!?] +[A-Z]", sentence), f"more than one sentence: {sentence}"
    assert len(sentence) < 300, sentence
    return sentence

"""What is no recurrent module is refused, with what to give instead."""

from typing import Any

import pytest
import torch
from torch import nn

import gateviz
from gateviz.errors import UnsupportedModuleError


def test_foreign_modules_are_refused_with_what_is_accepted() -> None:
    inputs = torch.randn(4, 1, 2)
    wrapped = nn.Sequential(nn.Linear(2, 2), nn.LSTM(2, 3))
    for module, words in (
        (nn.Linear(2, 2), "Linear"),
        (wrapped, "named '1'"),
        (nn.LSTM, "an instance"),
        (None, "NoneType"),
    ):
        with pytest.raises(UnsupportedModuleError, match=words) as caught:
            gateviz.record(module, inputs)  # type: ignore[arg-type]
        assert "torch.nn.LSTM" in str(caught.value)


@pytest.mark.filterwarnings("ignore")
def test_scripted_quantised_and_wrapped_modules_are_refused_with_what_to_give_instead() -> None:
    quantise: Any = torch.ao.quantization.quantize_dynamic
    quantised = quantise(nn.Sequential(nn.LSTM(2, 3)), {nn.LSTM})[0]
    odd = {
        "scripted": torch.jit.script(nn.LSTM(2, 3)),
        "quantised": quantised,
        "'module'": nn.DataParallel(nn.GRU(2, 3)),
    }
    for words, module in odd.items():
        with pytest.raises(UnsupportedModuleError, match=words) as caught:
            gateviz.record(module, torch.randn(4, 1, 2))
        assert "torch.nn.LSTM" in str(caught.value)


def test_a_module_without_numbers_is_refused() -> None:
    with pytest.raises(UnsupportedModuleError, match="meta"):
        gateviz.record(nn.LSTM(2, 3, device="meta"), torch.randn(4, 1, 2))

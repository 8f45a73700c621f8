"""Readings of one short text by three small networks, with answers that anyone can compute."""

from typing import Any

import numpy as np
import torch
from torch import nn

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n import translator
from gateviz.results.answers import expected_next
from gateviz.results.trace import CELLS, CellName
from gateviz.viewer.packing.picture import Run

TEXT = "a <b>"
TOKENS = CharacterTokenizer(tuple("ab< ")).tokenize(TEXT)  # ">" is unknown
ENGLISH = translator.load("en")
MODULES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def run_of(cell: CellName, units: int = 6, **options: Any) -> Run:
    """A reading by a small network, and scores that anyone can compute: the outputs are 1 to 4 times as likely."""
    torch.manual_seed(CELLS.index(cell))
    module = MODULES[cell](3, units, batch_first=True, **options)
    scores = np.tile(np.log([1.0, 2.0, 3.0, 4.0]), (len(TEXT), 1))
    return Run(
        gateviz.record(module, torch.randn(1, len(TEXT), 3)), expected_next(scores, "ab< ", TEXT), f"{units} units"
    )


RUNS = {cell: run_of(cell, units) for cell, units in zip(CELLS, (6, 9, 7), strict=True)}

"""Does a single unit know that it is inside a quotation? A threshold on one unit, found on one text, tried on others.

unit = QuotationUnit.found(model, held_out)
unit.accuracy(model, sentences_of_another_book)       # 0.5 is chance
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateviz.data.corpora.paragraphs import is_quoted
from gateviz.models.sequence_model import SequenceModel

THRESHOLDS = 63
"""How many thresholds are tried for each unit: quantiles of its values."""


@dataclass(frozen=True, slots=True)
class QuotationUnit:
    """A unit and a threshold: above it, or below it, a character counts as quoted."""

    unit: int
    threshold: float
    above: bool

    @classmethod
    def found(cls, model: SequenceModel, text: str) -> "QuotationUnit":
        """The unit, threshold and side with the best balanced accuracy on `text`.

        The values are those of the first layer's cell state in an LSTM, and of its hidden state otherwise. Some of the
        text must be quoted, and some not.
        """
        values, quoted = _states(model, text), np.array(is_quoted(text))  # (time, unit), (time,)
        thresholds = np.quantile(values, np.linspace(0, 1, THRESHOLDS + 2)[1:-1], axis=0)  # (threshold, unit)
        above = np.stack([values > row for row in thresholds])  # (threshold, time, unit)
        balanced = (above[:, quoted].mean(axis=1) + 1 - above[:, ~quoted].mean(axis=1)) / 2  # (threshold, unit)
        best = int(np.abs(balanced - 0.5).argmax())
        row, unit = divmod(best, values.shape[1])
        return cls(unit, float(thresholds[row, unit]), bool(balanced[row, unit] > 0.5))

    def accuracy(self, model: SequenceModel, texts: Sequence[str]) -> float:
        """The mean of the shares of quoted and of other characters that are told right, 0 .. 1."""
        values = np.concatenate([_states(model, text)[:, self.unit] for text in texts])
        quoted = np.array([one for text in texts for one in is_quoted(text)])
        said = (values > self.threshold) == self.above
        return float((said[quoted].mean() + (~said[~quoted]).mean()) / 2)


def _states(model: SequenceModel, text: str) -> NDArray[np.floating]:
    """(time, unit) of what the first layer keeps."""
    states = model.trace(text).layer(0)["cell_state" if model.cell == "lstm" else "hidden_state"]
    first: NDArray[np.floating] = states[0]
    return first

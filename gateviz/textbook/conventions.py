"""The same three cells as others write them, as data: symbols, gate order, the sign of z, the place of r, the biases.

A form is how one source writes one cell; `form("gru", "d2l")` finds it. The equations are LaTeX in the source's own
symbols. The library itself speaks "pytorch". How conversion.py reads and writes weights follows from these fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gateviz.errors import SignalError
from gateviz.results.trace import CellName, one_of

FormName = Literal["pytorch", "keras", "keras_reset_before", "cudnn", "d2l", "cho", "chung"]
UpdateSign = Literal["keeps", "replaces"]
ResetPlace = Literal["after", "before"]
Storage = Literal["rows", "columns", "cudnn", "gates"]


@dataclass(frozen=True)
class Form:
    """How one source writes one cell."""

    cell: CellName
    """Which cell."""
    name: FormName
    """Which source."""
    source: str
    """Where it is written so."""
    gates: Mapping[str, str]
    """Signal name of this library -> the source's symbol, in the order in which the source stores the weights."""
    equations: tuple[str, ...]
    """One step, in LaTeX, in the source's symbols."""
    state: str
    """The source's symbol for the hidden state."""
    storage: Storage
    """How the weights lie: "rows" stacks the rows of all gates in one matrix. "columns" puts their columns side by
    side, for row vectors. "cudnn" does too, but each block holds the numbers in the order of cuDNN's memory. "gates"
    has matrices of their own for each gate."""
    update: UpdateSign | None = None
    """What z = 1 does to the old state of a GRU."""
    reset: ResetPlace | None = None
    """Whether r multiplies after the matrix product, r * (W h), or before it, W (r * h)."""
    biases: int = 1
    """How many biases a gate has: 2 when the input's and the state's are kept apart."""
    vectors: Literal["column", "row"] = "column"
    """W x with column vectors, or x W with row vectors: then every matrix is transposed."""


def form(cell: str, name: str) -> Form:
    """The form of that cell in that source.

    Args:
        cell: "rnn", "lstm" or "gru".
        name: "pytorch", "keras", "keras_reset_before", "cudnn", "d2l", "cho" or "chung"; not every source
            writes every cell.

    Raises:
        SignalError: There is no such form; the sentence lists the ones there are.
    """
    known = {(known.cell, known.name): known for known in FORMS}
    if not (isinstance(cell, str) and isinstance(name, str) and (cell, name) in known):
        given = f"{cell!s:.20}, {name!s:.20}".replace("\n", " ")
        raise SignalError(f"there is no form {given!r}: choose {one_of(map(', '.join, known))}.")
    return known[cell, name]  # type: ignore[index]


_PYTORCH = "torch.nn, the documentation of RNN, LSTM and GRU"
_KERAS = "keras.layers.SimpleRNN, LSTM and GRU (reset_after=True, the default)"
_KERAS_BEFORE = "keras.layers.GRU with reset_after=False, the default before Keras 2.3"
_CUDNN = "NVIDIA cuDNN, as CuDNNLSTM and CuDNNGRU of Keras 2 store it"
_D2L = "Dive into Deep Learning, chapters 9 and 10; the GRU as in Cho et al. 2014"
_CHO = "Cho et al. 2014, Learning Phrase Representations using RNN Encoder-Decoder (which leaves the biases out)"
_CHUNG = "Chung et al. 2014, Empirical Evaluation of Gated Recurrent Neural Networks (which leaves the biases out)"

FORMS: tuple[Form, ...] = (
    Form(
        "rnn", "pytorch", _PYTORCH, {"preactivation": "h"}, biases=2, state="h_t", storage="rows",
        equations=(r"h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})",),
    ),
    Form(
        "rnn", "keras", _KERAS, {"preactivation": "h"}, vectors="row", state="h_t", storage="columns",
        equations=(r"h_t = \tanh(x_t W + h_{t-1} U + b)",),
    ),
    Form(
        "rnn", "d2l", _D2L, {"preactivation": "h"}, vectors="row", state="H_t", storage="gates",
        equations=(r"H_t = \phi(X_t W_{xh} + H_{t-1} W_{hh} + b_h)",),
    ),
    Form(
        "lstm", "pytorch", _PYTORCH, biases=2, state="h_t", storage="rows",
        gates={"input_gate": "i", "forget_gate": "f", "candidate": "g", "output_gate": "o"},
        equations=(
            r"i_t = \sigma(W_{ii} x_t + b_{ii} + W_{hi} h_{t-1} + b_{hi})",
            r"f_t = \sigma(W_{if} x_t + b_{if} + W_{hf} h_{t-1} + b_{hf})",
            r"g_t = \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg})",
            r"o_t = \sigma(W_{io} x_t + b_{io} + W_{ho} h_{t-1} + b_{ho})",
            r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
    ),
    Form(
        "lstm", "keras", _KERAS, vectors="row", state="h_t", storage="columns",
        gates={"input_gate": "i", "forget_gate": "f", "candidate": "c", "output_gate": "o"},
        equations=(
            r"i_t = \sigma(x_t W_i + h_{t-1} U_i + b_i)",
            r"f_t = \sigma(x_t W_f + h_{t-1} U_f + b_f)",
            r"c_t = f_t \odot c_{t-1} + i_t \odot \tanh(x_t W_c + h_{t-1} U_c + b_c)",
            r"o_t = \sigma(x_t W_o + h_{t-1} U_o + b_o)",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
    ),
    Form(
        "lstm", "cudnn", _CUDNN, biases=2, state="h_t", storage="cudnn",
        gates={"input_gate": "i", "forget_gate": "f", "candidate": "c", "output_gate": "o"},
        equations=(
            r"i_t = \sigma(W_i x_t + R_i h_{t-1} + b_{Wi} + b_{Ri})",
            r"f_t = \sigma(W_f x_t + R_f h_{t-1} + b_{Wf} + b_{Rf})",
            r"c'_t = \tanh(W_c x_t + R_c h_{t-1} + b_{Wc} + b_{Rc})",
            r"o_t = \sigma(W_o x_t + R_o h_{t-1} + b_{Wo} + b_{Ro})",
            r"c_t = f_t \odot c_{t-1} + i_t \odot c'_t",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
    ),
    Form(
        "lstm", "d2l", _D2L, vectors="row", state="H_t", storage="gates",
        gates={"input_gate": "i", "forget_gate": "f", "output_gate": "o", "candidate": "c"},
        equations=(
            r"I_t = \sigma(X_t W_{xi} + H_{t-1} W_{hi} + b_i)",
            r"F_t = \sigma(X_t W_{xf} + H_{t-1} W_{hf} + b_f)",
            r"O_t = \sigma(X_t W_{xo} + H_{t-1} W_{ho} + b_o)",
            r"\tilde{C}_t = \tanh(X_t W_{xc} + H_{t-1} W_{hc} + b_c)",
            r"C_t = F_t \odot C_{t-1} + I_t \odot \tilde{C}_t",
            r"H_t = O_t \odot \tanh(C_t)",
        ),
    ),
    Form(
        "gru", "pytorch", _PYTORCH, update="keeps", reset="after", biases=2, state="h_t", storage="rows",
        gates={"reset_gate": "r", "update_gate": "z", "candidate": "n"},
        equations=(
            r"r_t = \sigma(W_{ir} x_t + b_{ir} + W_{hr} h_{t-1} + b_{hr})",
            r"z_t = \sigma(W_{iz} x_t + b_{iz} + W_{hz} h_{t-1} + b_{hz})",
            r"n_t = \tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn}))",
            r"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}",
        ),
    ),
    Form(
        "gru", "keras", _KERAS, update="keeps", reset="after", biases=2, vectors="row", state="h_t", storage="columns",
        gates={"update_gate": "z", "reset_gate": "r", "candidate": "h"},
        equations=(
            r"z_t = \sigma(x_t W_z + b_z + h_{t-1} U_z + b'_z)",
            r"r_t = \sigma(x_t W_r + b_r + h_{t-1} U_r + b'_r)",
            r"\hat{h}_t = \tanh(x_t W_h + b_h + r_t \odot (h_{t-1} U_h + b'_h))",
            r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \hat{h}_t",
        ),
    ),
    Form(
        "gru", "keras_reset_before", _KERAS_BEFORE, update="keeps", reset="before", vectors="row", state="h_t",
        storage="columns", gates={"update_gate": "z", "reset_gate": "r", "candidate": "h"},
        equations=(
            r"z_t = \sigma(x_t W_z + h_{t-1} U_z + b_z)",
            r"r_t = \sigma(x_t W_r + h_{t-1} U_r + b_r)",
            r"\hat{h}_t = \tanh(x_t W_h + (r_t \odot h_{t-1}) U_h + b_h)",
            r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \hat{h}_t",
        ),
    ),
    Form(
        "gru", "cudnn", _CUDNN, update="keeps", reset="after", biases=2, state="h_t", storage="cudnn",
        gates={"update_gate": "i", "reset_gate": "r", "candidate": "h"},
        equations=(
            r"i_t = \sigma(W_i x_t + R_i h_{t-1} + b_{Wi} + b_{Ri})",
            r"r_t = \sigma(W_r x_t + R_r h_{t-1} + b_{Wr} + b_{Rr})",
            r"h'_t = \tanh(W_h x_t + r_t \odot (R_h h_{t-1} + b_{Rh}) + b_{Wh})",
            r"h_t = (1 - i_t) \odot h'_t + i_t \odot h_{t-1}",
        ),
    ),
    Form(
        "gru", "d2l", _D2L, update="keeps", reset="before", vectors="row", state="H_t", storage="gates",
        gates={"reset_gate": "r", "update_gate": "z", "candidate": "h"},
        equations=(
            r"R_t = \sigma(X_t W_{xr} + H_{t-1} W_{hr} + b_r)",
            r"Z_t = \sigma(X_t W_{xz} + H_{t-1} W_{hz} + b_z)",
            r"\tilde{H}_t = \tanh(X_t W_{xh} + (R_t \odot H_{t-1}) W_{hh} + b_h)",
            r"H_t = Z_t \odot H_{t-1} + (1 - Z_t) \odot \tilde{H}_t",
        ),
    ),
    Form(
        "gru", "cho", _CHO, update="keeps", reset="before", state="h_t", storage="gates",
        gates={"reset_gate": "r", "update_gate": "z", "candidate": "h"},
        equations=(
            r"r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)",
            r"z_t = \sigma(W_z x_t + U_z h_{t-1} + b_z)",
            r"\tilde{h}_t = \tanh(W x_t + U (r_t \odot h_{t-1}) + b)",
            r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde{h}_t",
        ),
    ),
    Form(
        "gru", "chung", _CHUNG, update="replaces", reset="before", state="h_t", storage="gates",
        gates={"reset_gate": "r", "update_gate": "z", "candidate": "h"},
        equations=(
            r"r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)",
            r"z_t = \sigma(W_z x_t + U_z h_{t-1} + b_z)",
            r"\tilde{h}_t = \tanh(W x_t + U (r_t \odot h_{t-1}) + b)",
            r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t",
        ),
    ),
)  # fmt: skip

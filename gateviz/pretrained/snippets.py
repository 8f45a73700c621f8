"""Code that gives one number of a model that ships again, each for itself: to paste into a fresh interpreter.

    code = snippets_of(reading, "hometown")[0]["pytorch"]
    exec(filled(code, step=35, unit=6, symbol="f"))                   # prints 0.0094

Three ways lead to the number: the module of torch, the cell written in NumPy, and a loop over torch's own cell. The
sentence stands in the code as what the network reads of it, so no tokenizer is needed.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from gateviz.models.encoder_decoder import EncoderDecoder
from gateviz.models.readings import Reading
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.folder import TIMELAPSE, WEIGHTS
from gateviz.results.trace import CellName, Direction

Way = Literal["pytorch", "numpy", "loop"]
WAYS: tuple[Way, ...] = ("pytorch", "numpy", "loop")

NAMES: Mapping[CellName, str] = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
SYMBOLS: Mapping[CellName, Mapping[str, str]] = {
    "rnn": {"hidden_state": "h"},
    "lstm": {
        "input_gate": "i", "forget_gate": "f", "candidate": "g", "output_gate": "o", "cell_state": "c",
        "hidden_state": "h",
    },
    "gru": {"reset_gate": "r", "update_gate": "z", "candidate": "n", "hidden_state": "h"},
}  # fmt: skip
"""Signal -> the name that its values have in the code."""

_HOLES = re.compile(r"\b(STEP|UNIT|SYMBOL)\b")


def filled(code: str, *, step: int, unit: int, symbol: str) -> str:
    """The code of one number.

    Args:
        code: of `snippets_of`.
        step: from 0, among the steps that share these weights.
        unit: from 0.
        symbol: of SYMBOLS.
    """
    values = {"STEP": str(step), "UNIT": str(unit), "SYMBOL": symbol}
    return _HOLES.sub(lambda hole: values[hole[0]], code)


def snippets_of(
    reading: Reading,
    task: str,
    *,
    layer: int = 0,
    direction: Direction = "forward",
    training_step: int | None = None,
) -> tuple[dict[Way, str], ...]:
    """The code in each way, with STEP, UNIT and SYMBOL in the place of what `filled` puts in.

    Args:
        reading: of a model that ships; nothing is held.
        task: what the model was trained for.
        layer: from 0.
        direction: which way the layer reads.
        training_step: of a model as it was along its training.

    Returns:
        One item for each group of steps that share weights: a decoder has its own.
    """
    parts = ["recurrent", "decoder"] if isinstance(reading.model, EncoderDecoder) else ["recurrent"]
    return tuple(
        {way: _Writer(way, reading, task, layer, direction, training_step, part).text() for way in WAYS}
        for part in parts
    )


class _Writer:
    """Writes one piece of code, paragraph by paragraph."""

    def __init__(
        self,
        way: Way,
        reading: Reading,
        task: str,
        layer: int,
        direction: Direction,
        training_step: int | None,
        part: str,
    ) -> None:
        self.way, self.reading, self.task, self.part = way, reading, task, part
        self.model: SequenceModel = reading.model
        self.layer, self.direction, self.training_step = layer, direction, training_step
        self.cell, self.name = self.model.cell, NAMES[self.model.cell]
        self.is_numpy, self.is_decoder = way == "numpy", part == "decoder"
        self.units = self.model.config.hidden_size
        self.suffix = f"_l{layer}" + ("_reverse" if direction == "reverse" else "")

    def text(self) -> str:
        own = {"pytorch": self._by_module, "numpy": self._by_numpy, "loop": self._by_loop}[self.way]
        parts = [self._imports(), self._weights(), self._inputs(), self._below(), own()]
        return "\n".join([*filter(None, parts), 'print(f"{SYMBOL[unit]:.4f}")', ""])

    def _imports(self) -> str:
        lines = [
            "import numpy as np" if self.is_numpy else "import torch",
            f"from safetensors.{'numpy' if self.is_numpy else 'torch'} import load_file",
            "from gateviz.pretrained.folder import pretrained_folder",
        ]
        if self.is_numpy:
            lines.append(f"from gateviz.textbook.scratch import {self.name}")
        return "\n".join([*lines, "", "step, unit = STEP, UNIT"])

    def _weights(self) -> str:
        """The file of weights as a dictionary of float32 tensors, or of float64 arrays."""
        folder = f"{self.task}/{self.cell}"
        cast = "array.astype(float)" if self.is_numpy else "array.float()"
        if self.training_step is None:
            file, own, condition = WEIGHTS, "name", ""
        else:
            at = f"{self.training_step:06d}/"
            file, own, condition = TIMELAPSE, f'name.removeprefix("{at}")', f' if name.startswith("{at}")'
        return (
            f'file = load_file(pretrained_folder() / "{folder}/{file}")\n'
            f"weights = {{{own}: {cast} for name, array in file.items(){condition}}}"
        )

    def _inputs(self) -> str:
        """What the lowest layer reads of the sentence, as `x`; and for a decoder where it starts from."""
        config, numbers = self.model.config, self.model.encode(self.reading.text)
        if config.inputs == "numbers":
            make = "np.array" if self.is_numpy else "torch.tensor"
            return f"x = {make}({_wrapped(numbers)})\nx[:, 0] /= {config.scale}  # marks are not scaled"
        table = {"embedding": 'weights["embedding.weight"]', "one-hot": self._eye()}[config.inputs]
        lines = [f"ids = {_wrapped(numbers)}", f"x = {table}[ids]  # ({len(numbers)}, {config.embedding_size})"]
        if self.is_decoder:
            lines += self._start()
        return "\n".join(lines)

    def _eye(self) -> str:
        return f"{'np' if self.is_numpy else 'torch'}.eye({self.model.config.embedding_size})"

    def _start(self) -> list[str]:
        """The encoder's last state, and what the decoder then reads: the mark for the start, and what it wrote."""
        tokens = self.reading.trace.tokens_of(0)
        written = tokens[len(self.model.tokenize(self.reading.text)) + 1 :]
        ids = [len(self.model.labels) - 1, *map(self.model.labels.index, written)]
        read = [
            f"ids = {_wrapped(ids)}  # the start, then what the decoder wrote",
            'x = weights["written.weight"][ids]',
        ]
        states = ["h", "c"] if self.cell == "lstm" else ["h"]
        if self.is_numpy:
            encoder = [
                self._numpy_cell("encoder", "recurrent", "_l0"),
                f"h = encoder.forward({self._zeros(['x'])})[-1]",
            ]
            if self.cell == "lstm":
                encoder.append("c = encoder.steps[-1][4]")
            return [*encoder, *read]
        last = "(h, c)" if self.cell == "lstm" else "h"
        flat = f"{', '.join(states)} = {', '.join(f'{state}[0]' for state in states)}"
        return [
            self._module("encoder", "recurrent", "_l0"),
            "with torch.no_grad():",
            f"    _, {last} = encoder(x)",
            f"{flat}  # ({self.units},)",
            *read,
        ]

    def _below(self) -> str:
        """The layers below, whose states the layer reads; and a reverse direction reads from the end."""
        lines = []
        if self.layer:
            lines = self._layers_below()
        if self.direction == "reverse":
            flip = "x = x[::-1]" if self.is_numpy else "x = x.flip(0)"
            lines += [f"{flip}  # this direction reads from the end", "step = len(x) - 1 - step"]
        return "\n".join(lines)

    def _layers_below(self) -> list[str]:
        if self.is_numpy:
            return [
                line
                for index in range(self.layer)
                for line in (
                    self._numpy_cell("below", self.part, f"_l{index}"),
                    f"x = below.forward({self._zeros(['x'])})  # what layer {index + 1} reads",
                )
            ]
        width, hidden = self.model.config.embedding_size, self.units
        return [
            f"below = torch.nn.{self.name}({width}, {hidden}, num_layers={self.layer})",
            f'below.load_state_dict({{name: weights["{self.part}." + name] for name in below.state_dict()}})',
            "with torch.no_grad():",
            "    x = below(x)[0]",
        ]

    @property
    def _width(self) -> int:
        config = self.model.config
        return config.embedding_size if self.layer == 0 else config.hidden_size * config.num_directions

    def _module(self, variable: str, part: str, suffix: str) -> str:
        own = "name" if suffix == "_l0" else f'name.replace("_l0", "{suffix}")'
        return (
            f"{variable} = torch.nn.{self.name}({self._width}, {self.units})\n"
            f'{variable}.load_state_dict({{name: weights["{part}." + {own}] for name in {variable}.state_dict()}})'
        )

    def _numpy_cell(self, variable: str, part: str, suffix: str) -> str:
        names = {"W_x": "weight_ih", "W_h": "weight_hh", "b_x": "bias_ih", "b_h": "bias_hh"}
        pairs = ", ".join(f'"{own}": "{name}{suffix}"' for own, name in names.items())
        return (
            f"names = {{{pairs}}}\n"
            f'{variable} = {self.name}({{own: weights["{part}." + name] for own, name in names.items()}})'
        )

    def _zeros(self, first: Sequence[str]) -> str:
        return ", ".join([*first, *[f"np.zeros({self.units})"] * (2 if self.cell == "lstm" else 1)])

    def _by_module(self) -> str:
        """The module gives the states alone. The gates follow from the state before and the weights."""
        variable = self.cell
        start = f", {_states(self.cell, '[None]')}" if self.is_decoder else ""
        first = "h" if self.is_decoder else f"torch.zeros({self.units})"
        result = "output, (h_n, c_n)" if self.cell == "lstm" else "output, h_n"
        lines = [f"{result} = {variable}(x[: step + 1]{start})  # it reads up to the step"]
        if self.cell != "rnn":
            lines.append(f"h_before = output[step - 1] if step else {first}")
            lines.append(f"w_ih, w_hh, b_ih, b_hh = {variable}.all_weights[0]")
            lines += _gates(self.cell, "x[step]", ("w_ih", "w_hh", "b_ih", "b_hh"))
        lines.append("c, h = c_n[0], h_n[0]" if self.cell == "lstm" else "h = output[step]")
        return "\n".join([self._module(variable, self.part, self.suffix), "with torch.no_grad():", *_indented(lines)])

    def _by_numpy(self) -> str:
        """The cell keeps what each step has computed."""
        kept = {"rnn": "h, h_before", "lstm": "i, f, g, o, c, c_before, h_before", "gru": "r, z, n, h_n, h_before"}
        start = f"x, {_states(self.cell, '')}".replace("(", "").replace(")", "")
        run = f"cell.forward({start if self.is_decoder else self._zeros(['x'])})"
        return "\n".join(
            [
                self._numpy_cell("cell", self.part, self.suffix),
                f"states = {run}  # ({self._steps()}, {self.units})",
                f"{kept[self.cell]} = cell.steps[step]",
                "h = states[step]",
            ]
        )

    def _steps(self) -> int:
        whole, typed = self.reading.trace.output.shape[1], len(self.model.tokenize(self.reading.text))
        return whole - typed if self.is_decoder else typed

    def _by_loop(self) -> str:
        """The cell gives the states of one step, and the loop hands them on."""
        both = "(h, c)" if self.cell == "lstm" else "h"
        lines = ["for x_t in x[: step + 1]:", f"    h_before = h\n    {both.strip('()')} = cell(x_t, {both})"]
        if self.cell != "rnn":
            names = ("cell.weight_ih", "cell.weight_hh", "cell.bias_ih", "cell.bias_hh")
            lines += _gates(self.cell, "x_t", names)
        begin = [] if self.is_decoder else [f"{both.strip('()').replace(', ', ' = ')} = torch.zeros({self.units})"]
        stored = f'"{self.part}." + name + "{self.suffix}"'
        cell = [
            f"cell = torch.nn.{self.name}Cell({self._width}, {self.units})",
            f"cell.load_state_dict({{name: weights[{stored}] for name in cell.state_dict()}})",
        ]
        return "\n".join([*cell, *begin, "with torch.no_grad():", *_indented(lines)])


def _gates(cell: CellName, x: str, names: tuple[str, str, str, str]) -> list[str]:
    """The lines that make the gates of one step, from x_t and the state before."""
    w_ih, w_hh, b_ih, b_hh = names
    if cell == "lstm":
        return [
            f"i, f, g, o = ({w_ih} @ {x} + {b_ih} + {w_hh} @ h_before + {b_hh}).chunk(4)",
            "i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()",
        ]
    return [
        f"x_r, x_z, x_n = ({w_ih} @ {x} + {b_ih}).chunk(3)",
        f"h_r, h_z, h_n = ({w_hh} @ h_before + {b_hh}).chunk(3)",
        "r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()",
        "n = (x_n + r * h_n).tanh()",
    ]


def _states(cell: CellName, index: str) -> str:
    return f"(h{index}, c{index})" if cell == "lstm" else f"h{index}"


def _indented(lines: Sequence[str]) -> list[str]:
    return [textwrap.indent(line, "    ") for line in lines]


def _wrapped(numbers: Any) -> str:
    """A list as Python writes it, in lines that a screen has room for."""
    listed = repr([list(each) if isinstance(each, tuple) else each for each in numbers])
    return "\n    ".join(textwrap.wrap(listed, 96, break_long_words=False))

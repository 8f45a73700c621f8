"""Holds: what is kept at a value while a sentence is read, as a link writes it. It needs no torch.

    lstm.forget_gate@9-:0                      of all units, from step 9 on
    lstm.forget_gate.12@9:0                    of unit 12, at step 9 alone
    lstm.forget_gate@3-7:0.5                   at the steps 3 to 7
    gru.update_gate:1                          at all steps
    lstm.1.reverse.cell_state.12@9-:freeze     of the second layer, its reverse direction
    lstm.cell_state.12@9:other

Several are separated by commas. Steps, units and layers count from 0. A layer or a direction stands after the cell if
it is not 0 or "forward".

A value is a number; "freeze", the signal's own value at the first of the steps in the run with the holds that are
listed before; or "other", the value at the step that belongs to it (`alignment.py`) in the plain run of the sentence
that one compares with. Where several hold the same unit at the same step, the last of them counts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

import numpy as np

from gateviz.errors import InputError, SignalError, as_given
from gateviz.models.config import ModelConfig
from gateviz.results.arguments import choice_of, finite_number, whole_number
from gateviz.results.signals import GATES, SIGNALS
from gateviz.results.trace import CELLS, CellName, Direction, one_of

HeldValue = float | Literal["freeze", "other"]

MOST = 32
"""So many holds are read."""

LARGEST = float(np.finfo(np.float32).max)

_HOLD = re.compile(
    r"(?P<cell>[a-z]+)(?:\.(?P<layer>\d{1,4}))?(?:\.(?P<direction>forward|reverse))?"
    r"\.(?P<signal>[a-z_]+)(?:\.(?P<unit>\d{1,6}))?"
    r"(?:@(?P<first>\d{1,6})(?P<on>-(?P<last>\d{1,6})?)?)?"
    r":(?P<value>freeze|other|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Hold:
    """One signal of one layer and direction of a cell, held at some steps.

    Raises:
        SignalError: a cell or a signal that does not exist.
        InputError: a value out of the signal's range, or steps that end before they begin.
    """

    cell: CellName
    signal: str
    value: HeldValue
    """A gate has 0 to 1, a candidate and a hidden state -1 to 1, a cell state and a preactivation any number."""
    unit: int | None = None
    """None: all units."""
    first: int = 0
    """The first step that is held."""
    last: int | None = None
    """The last one; None: the last of the text."""
    layer: int = 0
    """Counts from 0, the lowest."""
    direction: Direction = "forward"

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise SignalError(f"the cell of a hold is {as_given(self.cell)}: choose {one_of(CELLS)}.")
        if self.signal not in SIGNALS[self.cell]:
            raise SignalError(
                f"{as_given(self.signal)} is not a signal of the {self.cell}: choose {one_of(SIGNALS[self.cell])}."
            )
        choice_of("direction", self.direction, get_args(Direction))
        for name in ("layer", "unit", "first", "last"):
            if getattr(self, name) is not None or name in ("layer", "first"):
                whole_number(name, getattr(self, name), least=0)
        if self.last is not None and self.last < self.first:
            raise InputError(f"a hold from step {self.first} to {self.last} ends before it begins: give them in order.")
        if self.value not in ("freeze", "other"):
            low, high = range_of(self.signal)
            value = finite_number("the value of a hold", self.value)
            if not low <= value <= high:
                raise InputError(f"{self.signal} cannot be held at {value:g}: give a number from {low:g} to {high:g}.")

    def __str__(self) -> str:
        """The hold as a link writes it."""
        parts = [self.cell, *([str(self.layer)] if self.layer else [])]
        parts += [*([] if self.direction == "forward" else [self.direction]), self.signal]
        parts += [] if self.unit is None else [str(self.unit)]
        if self.last == self.first:
            steps = f"@{self.first}"
        elif self.last is None:
            steps = f"@{self.first}-" if self.first else ""
        else:
            steps = f"@{self.first}-{self.last}"
        return f"{'.'.join(parts)}{steps}:{self.value if isinstance(self.value, str) else _digits(self.value)}"


class Found(NamedTuple):
    """What could be used of a list of holds."""

    holds: tuple[Hold, ...]
    left_out: bool
    """Whether something could not be used as it was."""


def range_of(signal: str) -> tuple[float, float]:
    """The lowest and the highest value at which a signal can be held."""
    if signal in GATES:
        return 0.0, 1.0
    return (-1.0, 1.0) if signal in ("candidate", "hidden_state") else (-LARGEST, LARGEST)


def read_hold(text: str) -> Hold:
    """The hold that a text like those above names.

    Raises:
        InputError, SignalError: it names none.
    """
    return _read(text, nearest=False)


def read_holds(text: object) -> Found:
    """The holds of a list, of which everything that means something is kept; anything may be given.

    A number that is out of the signal's range becomes the nearest one in it.
    """
    if not isinstance(text, str):
        return Found((), text is not None)
    parts = [part.strip() for part in text.split(",", maxsplit=MOST) if part.strip()]
    found, left_out = [], len(parts) > MOST
    for part in parts[:MOST]:
        for nearest in (False, True):
            try:
                found.append(_read(part, nearest=nearest))
                break
            except InputError:
                left_out = True
    return Found(tuple(found), left_out)


def write_holds(holds: Iterable[Hold]) -> str:
    """The list that a link writes; `read_holds` reads it."""
    return ",".join(map(str, holds))


def check_hold(hold: Hold, config: ModelConfig, steps: int) -> None:
    """Refuse what this model, over so many steps, does not have.

    Raises:
        SignalError: a hold of another cell, or a layer, direction, unit or step that is not there.
    """
    number_of = {
        "layer": (hold.layer, config.num_layers),
        "unit": (hold.unit, config.hidden_size),
        "step": (hold.first if hold.last is None else hold.last, steps),
    }
    if hold.cell != config.cell:
        raise SignalError(f"the hold {hold} is of another cell: give one of the {config.cell}.")
    if hold.direction == "reverse" and not config.bidirectional:
        raise SignalError(f"the hold {hold} is of the reverse direction: this model reads one way only.")
    for what, (number, size) in number_of.items():
        if number is not None and number >= size:
            raise SignalError(f"the hold {hold} names {what} {number}: the last one is {size - 1}.")


def fitting(holds: Iterable[Hold], configs: Mapping[CellName, ModelConfig], steps: int, *, has_other: bool) -> Found:
    """Those of the holds that these models have, over so many steps. Where the steps end too late, they end earlier.

    Args:
        holds: of any cells.
        configs: the models that there are.
        steps: how many steps the text has, those of a decoder included.
        has_other: whether there is a sentence that one compares with.
    """
    given, found = tuple(holds), []
    for hold in given:
        is_late = hold.last is not None and hold.first < steps <= hold.last
        nearest = replace(hold, last=steps - 1) if is_late else hold
        try:
            check_hold(nearest, configs[hold.cell], steps)
        except (KeyError, SignalError):
            continue
        if has_other or hold.value != "other":
            found.append(nearest)
    return Found(tuple(found), tuple(found) != given)


def _read(text: str, *, nearest: bool) -> Hold:
    found = _HOLD.fullmatch(text)
    if found is None:
        raise InputError(
            f"the hold is {as_given(text)}: write it as lstm.forget_gate.12@9-:0, or as gru.update_gate:1."
        )
    cell, signal, said = found["cell"], found["signal"], found["value"]
    value: HeldValue = said if said in ("freeze", "other") else float(said)  # type: ignore[assignment]
    if nearest and not isinstance(value, str):
        low, high = range_of(signal)
        value = min(max(value, low), high)
    first = int(found["first"] or 0)
    last = first if found["first"] and found["on"] is None else None
    return Hold(
        cell=cell,  # type: ignore[arg-type]  # Hold refuses what is none
        signal=signal,
        value=value,
        unit=None if found["unit"] is None else int(found["unit"]),
        first=first,
        last=int(found["last"]) if found["last"] else last,
        layer=int(found["layer"] or 0),
        direction="reverse" if found["direction"] == "reverse" else "forward",
    )


def _digits(value: float) -> str:
    """The fewest digits that are this number again, as a browser writes them."""
    if value and not 1e-6 <= abs(value) < 1e21:
        return re.sub(r"e([+-])0+", r"e\1", repr(value))
    return np.format_float_positional(value + 0.0, trim="-")  # -0 becomes 0

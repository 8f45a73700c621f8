"""The lines of Python that make a reading under holds again, to copy from the page into a notebook.

    import gateviz

    model = gateviz.load_pretrained("hometown", "lstm")
    inputs = model.embed(model.encode("I grew up in France. I speak fluent"))
    clamps = [gateviz.Clamp("forget_gate", 0.0, steps=slice(9, None))]
    trace = gateviz.run_with(model.recurrent, inputs, clamps)

A model with a decoder has two recurrent modules, so there `model.trace` takes the clamps.
"""

import json
from collections.abc import Iterator, Sequence

from gateviz.models.held_clamps import counterparts, written_at_most
from gateviz.models.holds import Hold
from gateviz.models.readings import Reading


def python_of(reading: Reading, task: str, training_step: int | None = None) -> str:
    """Lines that end with `trace`, which is then equal to `reading.trace`.

    Args:
        reading: of a model that ships, with something that is held.
        task: what the model was trained for.
        training_step: of a model as it was along its training.
    """
    name = f"{_quoted(task)}, {_quoted(reading.model.cell)}"
    model = f"load_pretrained({name})" if training_step is None else f"dict(load_timelapse({name}))[{training_step}]"
    lines = ["import gateviz", "", f"model = {model}".replace("load_", "gateviz.load_")]
    if reading.model.config.answers == "text":  # steps and clamps of the encoder and of the decoder
        length = "" if reading.answer_length is None else f", {reading.answer_length}"
        run = f"model.trace({_quoted(reading.text)}{length}, clamps=clamps)"
    else:
        lines.append(f"inputs = model.embed(model.encode({_quoted(reading.text)}))")
        run = "gateviz.run_with(model.recurrent, inputs, clamps)"
    return "\n".join([*lines, *_clamps(reading, run), f"trace = {run}"])


def _clamps(reading: Reading, run: str) -> Iterator[str]:
    """The lines that make the list of clamps; for a value that is frozen, first the run with the clamps before."""
    holds, belong = reading.own_holds, _counterparts(reading)
    if reading.compared:
        yield f"other = model.trace({_quoted(reading.compared.text)})"
        yield f"belong = {[step or 0 for step in belong]}  # at each step, the other sentence's"
    count = next((place for place, hold in enumerate(holds) if hold.value == "freeze"), len(holds))
    first = [_clamp(hold, belong) for hold in holds[:count]]
    yield _in_lines(first) if len(first) > 1 else f"clamps = [{''.join(first)}]"
    for hold in holds[count:]:
        if hold.value == "freeze":
            yield f"before = {run}"
        yield f"clamps.append({_clamp(hold, belong)})"


def _counterparts(reading: Reading) -> Sequence[int | None]:
    """The step of the other sentence that belongs to each step."""
    if reading.compared is None:
        return ()
    typed = tuple(token.text for token in reading.model.tokenize(reading.text))
    tokens = (*typed, *written_at_most(reading.model, reading.answer_length))
    return counterparts(reading.model, tokens, reading.compared.trace)


def _in_lines(clamps: Sequence[str]) -> str:
    return "\n".join(["clamps = [", *(f"    {clamp}," for clamp in clamps), "]"])


def _clamp(hold: Hold, belong: Sequence[int | None]) -> str:
    direction = None if hold.direction == "forward" else _quoted(hold.direction)
    place = str(hold.layer) if direction is None else f"{hold.layer}, {direction}"
    value, steps = str(hold.value), _steps(hold)
    if hold.value == "freeze":
        value = f'before.layer({place})["{hold.signal}"][:, {hold.first}:{hold.first + 1}]'
    elif hold.value == "other":
        value = f'other.layer({place})["{hold.signal}"][:, belong]'
        held = range(hold.first, len(belong) if hold.last is None else hold.last + 1)
        if any(belong[step] is None for step in held):
            steps = str([step for step in held if belong[step] is not None])
    options = {"layer": hold.layer or None, "direction": direction, "units": hold.unit, "steps": steps}
    given = "".join(f", {name}={option}" for name, option in options.items() if option is not None)
    return f'gateviz.Clamp("{hold.signal}", {value}{given})'


def _steps(hold: Hold) -> str | None:
    if hold.last == hold.first:
        return str(hold.first)
    if hold.last is None:
        return f"slice({hold.first}, None)" if hold.first else None
    return f"slice({hold.first}, {hold.last + 1})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

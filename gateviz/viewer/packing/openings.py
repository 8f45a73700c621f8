"""How a picture opens, as the viewer reads it: the sentence in parts, what each cell says in the end, what to try."""

from typing import Any

from gateviz.results.opening import Ending, Opening, Part


def pack_opening(opening: Opening) -> dict[str, Any]:
    """What it changes in the header of a picture."""
    packed = {
        "step": opening.step,
        "unit": opening.unit,
        "parts": [_part(part) for part in opening.parts],
        "endings": {cell: _ending(ending) for cell, ending in opening.endings.items()},
    }
    return {
        "opening": packed,
        "tries": [{"text": each.text, "holds": each.holds, "step": each.step} for each in opening.tries],
        "step": opening.step,
        **({} if opening.unit is None else {"unit": opening.unit}),
    }


def _part(part: Part) -> dict[str, Any]:
    """Only what a part has."""
    more = {"step": part.step, "value": part.value, "tells": part.tells or None, "aside": part.aside or None}
    return {"text": part.text, **{name: value for name, value in more.items() if value is not None}}


def _ending(ending: Ending) -> dict[str, Any]:
    value = None if ending.value is None else float(f"{ending.value:.6g}")
    words = {"before": ending.before, "answer": ending.answer, "after": ending.after}
    return {**words, "value": value, "rule": dict(ending.rule)}

"""What a token is before it is read: a one-hot vector, and the row of the embedding that it picks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gateviz.app.computed import models, readings
from gateviz.app.computed.hood.layer import modules_of, weights_of
from gateviz.app.computed.kept import kept
from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH
from gateviz.models.view import View
from gateviz.results.trace import CellName
from gateviz.results.vectors import nearest, principal_plane, togetherness

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from gateviz.i18n.translator import Translator

COUNT = 8
"""So many neighbours are shown."""
TOGETHER = 0.2
"""Vectors lie together if two of them have a cosine so much larger than one of them and another vector."""

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "hometown": ("countries", tuple(country.lower() for country in ENGLISH.languages)),
    "hometown-zh": ("country_signs", tuple(country[0] for country in CHINESE.languages)),
    "intent": ("languages", tuple(language.lower() for language in ENGLISH.languages.values())),
    "dates": ("digits", tuple("0123456789")),
    **dict.fromkeys(("timemachine", "timemachine-equal", "sherlock"), ("vowels", tuple("aeiou"))),
}
"""Task -> what some of its tokens are, and these tokens."""


def of_text(view: View, cell: CellName) -> dict[str, Any]:
    """Of the text: the id of each token, its neighbours, and how it is read."""
    model = readings.reading(view, cell).model
    inputs = model.config.inputs
    if inputs == "numbers":
        return {"inputs": inputs, "size": len(model.tokenizer), "width": model.config.embedding_size}
    ids = [int(one) for one in model.encode(view.text)]
    vectors = vectors_of(view, cell)
    names = _names(view, cell)
    near = {one: [(names[other], cosine) for other, cosine in nearest(vectors, one, COUNT)] for one in sorted(set(ids))}
    return {
        "inputs": inputs,
        "size": len(model.tokenizer),
        "width": model.config.embedding_size,
        "ids": ids,
        "near": {str(one): found for one, found in near.items()},
        "off": _off(view, cell, ids),
    }


def vectors_of(view: View, cell: CellName) -> NDArray[np.floating]:
    """A vector for each id: its row of the embedding; or, where a token is read as one-hot, its column of W."""
    model = readings.reading(view, cell).model
    if model.embedding is not None:
        rows: NDArray[np.floating] = model.embedding.weight.detach().cpu().numpy()
        return rows
    bottom = View(view.task, view.cells, view.text, training_step=view.training_step)
    return weights_of(modules_of(view, cell)[0][1], bottom)["weight_ih"].T


def group_of(view: View, cell: CellName) -> dict[str, Any] | None:
    """Whether the tokens of the task's group lie together; None if it has none."""
    kind, members = GROUPS.get(view.task, ("", ()))
    ids = [index for index, name in enumerate(_names(view, cell)) if name in members]
    if len(ids) < 2:
        return None
    found = togetherness(vectors_of(view, cell), ids)
    is_together = found.within - found.to_others > TOGETHER
    return {"kind": kind, "ids": ids, "count": len(ids), "together": is_together, **found._asdict()}


def _names(view: View, cell: CellName) -> tuple[str, ...]:
    """What each id stands for; the last is that of everything unknown."""
    return (*models.tokenizer(view.task, cell).entries, "?")


def _off(view: View, cell: CellName, ids: list[int]) -> float:
    """The most by which the product of a one-hot vector with the matrix differs from the row that is picked."""
    vectors = vectors_of(view, cell)
    one_hot = np.eye(len(vectors), dtype=vectors.dtype)[ids]
    return float(np.abs(one_hot @ vectors - vectors[ids]).max())


@kept
def figure(view: View, cell: CellName, language: str) -> "go.Figure":
    """The vectors in the plane in which they differ most, with the names of the text's tokens and of the group's."""
    from gateviz.figures.embedding import token_plane  # noqa: PLC0415
    from gateviz.figures.heatmaps import plain  # noqa: PLC0415
    from gateviz.figures.palette import THEMED  # noqa: PLC0415
    from gateviz.i18n.translator import load  # noqa: PLC0415

    say = load(language)
    plane = principal_plane(vectors_of(view, cell))
    group = group_of(view, cell)
    ids = sorted({int(one) for one in readings.reading(view, cell).model.encode(view.text)})
    return token_plane(
        plane.points,
        [plain(name.strip()) or "␣" for name in _names(view, cell)],
        named=ids,
        group=group["ids"] if group else [],
        title=say("plane.title", share=f"{plane.share:.0%}"),
        group_title=say(f"plane.{group['kind']}") if group else "",
        palette=THEMED,
    )


def sentence(view: View, cell: CellName, say: "Translator") -> str:
    """Whether the group's tokens lie together, in one sentence; "" where the task has no group."""
    group = group_of(view, cell)
    if group is None:
        return ""
    key = "plane.together" if group["together"] else "plane.apart"
    return say(
        key,
        group=say(f"plane.{group['kind']}"),
        within=_two_digits(group["within"]),
        others=_two_digits(group["to_others"]),
        nearest=group["nearest"],
        count=group["count"],
    )


def _two_digits(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")

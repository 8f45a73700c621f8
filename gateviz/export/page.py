"""The stepping page as one .html file, which needs no server and no network.

Any sentence can be typed into it, because it has the engine and the weights inside:

    Path("page.html").write_text(html_of(View("timemachine", ("lstm", "gru"), text)), encoding="utf-8")

32 units take some 0.5 MB, three cells of 256 units some 3 MB.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gateviz import __version__
from gateviz.data.tokenizing.number_tokenizer import NumberTokenizer
from gateviz.data.tokenizing.typed_text import MAX_BOTH_WAYS, MAX_CHARACTERS
from gateviz.errors import InputError, as_given
from gateviz.export.pictures import Trio, packed_picture
from gateviz.i18n.translator import Translator, load
from gateviz.models.holds import write_holds
from gateviz.models.view import View
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.examples import examples_of
from gateviz.results.trace import Direction
from gateviz.viewer.html_page import page


class Place(NamedTuple):
    """Which layer and direction of the models is shown."""

    layer: int
    direction: Direction

    @property
    def name(self) -> str:
        """As the script of a page names it."""
        return f"{self.layer}.{self.direction}"


_CHECKS = ("error.too_long", "error.control_character", "error.not_a_number")
_REMARKS = ("notice.unknown", "notice.unknown_one", "notice.link")


def html_of(view: View) -> str:
    """The page of a sentence: the viewer of the app with its numbers and its models, in one file that fetches nothing.

    Its numbers are those without holds; it opens with the view's holds, which its engine applies.

    Raises:
        InputError: no View, one without cells, or an unknown language.
        TextError: the text is empty or cannot be read.
        PretrainedError: a model, or a snapshot of its training, that is not there.
        SignalError: a layer or direction that the models do not have.
    """
    if not isinstance(view, View) or not view.cells:
        raise InputError(f"the view is {as_given(view)}: give a View with one cell at least.")
    trio = Trio.of(view.task, view.cells, view.training_step)
    return html_of_picture(view, packed_picture(view, trio, trio.read(view.text)))


def html_of_picture(view: View, packed: bytes, opened_with: Mapping[str, object] | None = None) -> str:
    """The page of a picture that has been packed already.

    Args:
        view: what the picture shows.
        packed: the picture, from `gateviz.viewer.packing.picture`.
        opened_with: how it is shown when the page opens: any of step, unit, start, whole, order, colour, shown and
            covered (js/viewer/view_state.js). The viewer ignores what it does not know.
    """
    say, trio = load(view.language), Trio.of(view.task, view.cells, view.training_step)
    card = trio.first
    examples = tuple(dict.fromkeys((view.text, *examples_of(card))))
    under = {"hold": write_holds(view.holds), "other": view.other}
    take, keys = say.under("take"), say.under("lesson")
    data = {
        **reading_data(trio, examples, (say,), (Place(view.layer % card.config.num_layers, view.direction),)),
        "openings": {},
        "view": {**{name: text for name, text in under.items() if text}, **(opened_with or {})},
        "take": take,
        "keys": keys,
    }
    about = (say("export.keys"), source_of(card, say), say("export.made", version=__version__))
    return page(
        packed,
        title=say.task(view.task),
        subtitle=place_of(view, card, say),
        about=about,
        data=data,
        models=trio.files(),
        language=view.language,
    )


def reading_data(
    trio: Trio, examples: Sequence[str], says: Sequence[Translator], places: Sequence[Place]
) -> dict[str, object]:
    """What a page needs to read sentences: js/alone/reading_page.js says why."""
    return {
        "examples": examples,
        "cells": list(trio.cards),
        "places": [place._asdict() for place in places],
        "limit": MAX_BOTH_WAYS if trio.first.config.bidirectional else MAX_CHARACTERS,
        "texts": {say.language: _texts(say, trio.first) for say in says},
    }


def _texts(say: Translator, card: ModelCard) -> dict[str, object]:
    """The texts of a page that reads sentences."""
    tokenizer = card.tokenizer()
    directions = say.under("direction")
    kinds = {f"ending_{kind}": say(f"opening.{kind}") for kind in ("says", "expects", "writes", "on_average", "bits")}
    return {
        **say.under("alone"),
        **{key.split(".")[1]: say.catalogue[key] for key in (*_CHECKS, *_REMARKS)},  # filled in by the script
        **kinds,
        "cells": say.under("cell"),
        "architectures": say("control.cells"),
        "layer": say("control.layer"),
        "direction": say("control.direction"),
        "directions": directions,
        "put_away": say("trained.close"),
        "example": tokenizer.example if isinstance(tokenizer, NumberTokenizer) else "",
    }


def place_of(view: View, card: ModelCard, say: Translator) -> str:
    """Which layer and direction is shown, where there are several."""
    config = card.config
    if config.num_layers * config.num_directions == 1:
        return ""
    number = view.layer % config.num_layers + 1
    return say("export.place", layer=number, layers=config.num_layers, direction=say(f"direction.{view.direction}"))


def source_of(card: ModelCard, say: Translator) -> str:
    """The data that the models were trained on."""
    return say("export.data", name=card.data.name, author=card.data.author, licence=card.data.licence)

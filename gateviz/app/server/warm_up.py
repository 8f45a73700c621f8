"""Computes what the first visitor is going to see, before anybody comes."""

import contextlib

from gateviz.app.computed import models, pictures
from gateviz.app.state import available
from gateviz.app.state.examples import example_of, opening
from gateviz.errors import GatevizError
from gateviz.i18n.translator import languages
from gateviz.models.view import View


def first_picture() -> None:
    """Load torch and put what each language opens on into the caches. Some 3 s, most of them torch's."""
    models.load_torch()
    with contextlib.suppress(GatevizError):  # the page says what is wrong with the models
        there = available.models()
        for language in languages() if there else ():
            task = opening(tuple(there), language)
            view = View(task, there[task], example_of(task), language=language)
            pictures.whole(view)
            pictures.heatmaps(view)

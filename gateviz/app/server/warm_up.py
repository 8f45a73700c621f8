"""Computes what the first visitor is going to see, before anybody comes."""

import contextlib

from gateviz.app.computed import models, pictures
from gateviz.app.state import available
from gateviz.app.state.examples import example_of
from gateviz.errors import GatevizError
from gateviz.i18n.translator import languages
from gateviz.models.view import View


def first_picture() -> None:
    """Load torch and put the example's picture into the caches, in every language. Some 3 s, most of them torch's."""
    models.load_torch()
    with contextlib.suppress(GatevizError):  # the page says what is wrong with the models
        for task, cells in list(available.models().items())[:1]:
            for language in languages():
                view = View(task, cells, example_of(task), language=language)
                pictures.whole(view)
                pictures.heatmaps(view)

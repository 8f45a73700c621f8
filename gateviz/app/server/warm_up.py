"""Computes what the first visitor is going to see, before anybody comes."""

import contextlib

from gateviz.app.computed import cache
from gateviz.app.state import address
from gateviz.app.state.examples import example_of
from gateviz.errors import GatevizError
from gateviz.i18n.translator import languages


def first_picture() -> None:
    """Load torch and put the example's picture into the caches, in every language. 3 s, most of them for torch."""
    cache.engine()
    with contextlib.suppress(GatevizError):  # the page itself says what is wrong with the models
        for task in address.tasks()[:1]:
            cells = address.cells_of(task)
            for language in languages():
                cache.payload(task, cells, example_of(task), 0, "forward", language)
                for cell in cells:
                    cache.maps(task, cell, example_of(task), 0, "forward", language)

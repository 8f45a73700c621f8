"""Computes what the first visitor is going to see, before anybody comes."""

import contextlib

from gateviz.app.computed import articles, models, pictures, training_scores
from gateviz.app.state import available
from gateviz.errors import GatevizError
from gateviz.i18n.translator import languages
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of, opening


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
        for language in languages() if there else ():  # what stands below the picture comes second
            task = opening(tuple(there), language)
            for cell in there[task]:
                training_scores.along(task, cell)
            if articles.can_be_shown("step_through", language):
                articles.drawn("step_through", language)

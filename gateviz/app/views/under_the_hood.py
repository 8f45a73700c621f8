"""Under the hood: the equation, the code, the weights and the shapes behind the numbers of the picture."""

from functools import partial

import streamlit as st

from gateviz.app.components import article, controls, hood, sentence, skeleton, take_away
from gateviz.app.computed import models, readings
from gateviz.app.computed.hood import payload, shapes
from gateviz.app.state import address
from gateviz.app.state.language import translator

say = translator()
shown = controls.show(say)
view = shown.view
with skeleton.until_loaded(say):
    models.load_torch()
tokens = readings.tokens(view)
address.check_place(view, len(tokens), min(models.card(view.task, cell).config.hidden_size for cell in view.cells))
address.check_held(models.configs(view.task), len(tokens), partial(sentence.can_be_shown, view.task, view.cells[0]))
settings = hood.show_settings(say, view)
with shown.notices:
    sentence.say_link(say)
    sentence.say_unknown(say, tokens)
address.write(view, part=settings.part, cell=settings.cell, form=settings.form)
with st.container(key="hood_stage"):
    batch = sentence.batch(view.task, settings.cell, shapes.MOST_TEXTS) if settings.part == "shapes" else ()
    hood.show(payload.of_part(settings.part, payload.Wish(view, settings.cell, settings.form, batch)))
    if settings.part == "equations":
        hood.show_weights(say, view, settings)
    if settings.part == "embedding" and models.card(view.task, settings.cell).config.inputs != "numbers":
        hood.show_plane(say, view, settings)
    if settings.part == "words":
        hood.show_shares(say, view, settings, tokens)
    if settings.part == "parameters":
        hood.show_matrix(say, view, settings)
controls.show_timeline(say, shown)
with shown.aside:
    take_away.show_link(view.language)
article.show("under_the_hood", say)

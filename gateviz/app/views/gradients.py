"""Gradients: how far back the loss at one step reaches, in the three cells, trained and untrained."""

from functools import partial

import streamlit as st

from gateviz.app.components import article, controls, loss_settings, saliency, sentence, skeleton, take_away
from gateviz.app.computed import gradient_figures, gradient_sentence, models, readings
from gateviz.app.computed.gradients import decay
from gateviz.app.state import address
from gateviz.app.state.language import translator
from gateviz.app.state.session import Key

say = translator()
shown = controls.show(say)
view = shown.view
with skeleton.until_loaded(say):
    models.load_torch()
tokens = readings.tokens(view)
address.check_held(models.configs(view.task), len(tokens), partial(sentence.can_be_shown, view.task, view.cells[0]))
with shown.notices:
    sentence.say_link(say)
    sentence.say_unknown(say, tokens)
loss = loss_settings.show(say, view.text, len(tokens))
decays = {
    (cell, weights): decay(view, cell, step=loss.step, weights=weights, forget_bias=loss.forget_bias)
    for cell in view.cells
    for weights in loss.weights
}
curves = gradient_figures.curves(decays, loss.step if loss.relative else None, say)
axis = say("gradients.relative_axis" if loss.relative else "gradients.absolute_axis")
strips = gradient_figures.strips(decays, tokens, loss.step, view.direction, say)
line = {"line": gradient_sentence.sentence(decays, tokens, loss.step, view.direction, say)}
saliency.show(line | strips | gradient_figures.saved(curves, axis, view.task, say))
st.plotly_chart(
    gradient_figures.figure(curves, tokens, axis, say),
    key=Key.GRADIENT_CURVES,
    config={"displayModeBar": False},
    alt=say("gradients.alt"),
)
caption = gradient_figures.loss_caption(models.card(view.task, view.cells[0]), tokens, loss.step)
st.caption(say(f"gradients.{caption}", step=loss.step + 1))
address.write(view)
controls.show_timeline(say, shown)
with shown.aside:
    take_away.show_of_gradients(view.language)
article.show("gradients", say)

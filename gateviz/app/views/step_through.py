"""Step through: one sentence, three cells, one cursor."""

import streamlit as st

from gateviz.app.components import controls, sentence, skeleton, take_away, viewer
from gateviz.app.computed import cache, piece_names
from gateviz.app.state import address
from gateviz.app.state.language import translator

say = translator()
choice = controls.show(say)
with skeleton.until_loaded(say):
    cache.engine()
cells = choice.cells
source = controls.choose_source(say, choice)
first = cache.trace(source, cells[0], choice.text)
steps = len(first.tokens or ())
layer, direction = controls.show_layer(say, choice, first.num_layers, first.num_directions)
sizes = [cache.trace(source, cell, choice.text).layer(layer, direction) for cell in cells]
address.check_place(steps, min(layer_trace["hidden_state"].shape[2] for layer_trace in sizes), cells)
sentence.say_link(say)
sentence.say_unknown(say, cache.model(source, cells[0]).tokenize(choice.text))
controls.write_address(choice, source, layer, direction, say)  # before the viewer, which reads its step from it
viewer.show(piece_names.payload(source, cells, choice.text, layer, direction, say.language, steps))
with choice.aside:
    take_away.show(choice.task, source, cells, choice.text, layer, direction, say.language)
for column, cell in zip(st.columns(len(cells), gap="small"), cells, strict=True):
    with column, st.container(key=f"maps_{cell}"):
        st.plotly_chart(
            cache.maps(source, cell, choice.text, layer, direction, say.language),
            key=f"heatmaps_{cell}",
            config={"staticPlot": True},
            alt=say("maps.alt", cell=say(f"cell.{cell}")),
        )

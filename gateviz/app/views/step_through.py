"""Step through: one sentence, three cells, one cursor."""

import streamlit as st

from gateviz.app import address, cache, i18n, pieces
from gateviz.app.components import controls, sentence, skeleton, take_away, viewer

words = i18n.translator()
choice = controls.show(words)
with skeleton.until_loaded(words):
    cache.engine()
cells = choice.cells
source = controls.choose_source(words, choice)
first = cache.trace(source, cells[0], choice.text)
steps = len(first.tokens or ())
layer, direction = controls.show_layer(words, choice, first.num_layers, first.num_directions)
sizes = [cache.trace(source, cell, choice.text).layer(layer, direction) for cell in cells]
address.check_place(steps, min(layer_trace["hidden_state"].shape[2] for layer_trace in sizes), cells)
sentence.say_link(words)
sentence.say_unknown(words, cache.model(source, cells[0]).tokenize(choice.text))
controls.write_address(choice, source, layer, direction, words)  # before the viewer, which reads its step from it
viewer.show(pieces.payload(source, cells, choice.text, layer, direction, words.language, steps))
with choice.aside:
    take_away.show(choice.task, source, cells, choice.text, layer, direction, words.language)
for column, cell in zip(st.columns(len(cells), gap="small"), cells, strict=True):
    with column, st.container(key=f"maps_{cell}"):
        st.plotly_chart(
            cache.maps(source, cell, choice.text, layer, direction, words.language),
            key=f"heatmaps_{cell}",
            config={"staticPlot": True},
            alt=words("maps.alt", cell=words(f"cell.{cell}")),
        )

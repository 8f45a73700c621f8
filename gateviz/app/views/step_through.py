"""Step through: one sentence, three cells, one cursor."""

from functools import partial

import streamlit as st

from gateviz.app.components import article, controls, sentence, skeleton, take_away, viewer
from gateviz.app.computed import models, pictures, readings
from gateviz.app.computed.piece_names import payload
from gateviz.app.state import address
from gateviz.app.state.language import translator
from gateviz.app.state.session import Key, session

say = translator()
shown = controls.show(say)
view = shown.view
with skeleton.until_loaded(say):
    models.load_torch()
tokens = readings.tokens(view)
address.check_place(view, len(tokens), min(models.card(view.task, cell).config.hidden_size for cell in view.cells))
address.check_held(models.configs(view.task), len(tokens), partial(sentence.can_be_shown, view.task, view.cells[0]))
with shown.notices:
    sentence.say_link(say)
    sentence.say_unknown(say, tokens)
address.write(view)  # before the viewer, which reads its step from it
with st.container(key="stage"):
    viewer.show(payload(view, len(tokens), in_pieces=session.gets_pieces))
    for name, figure in pictures.heatmaps(view).items():  # they lie over the viewer's own where both show the same
        st.plotly_chart(figure, key=f"{Key.MAPS}_{name}", height="stretch", config={"staticPlot": True})
controls.show_timeline(say, shown)
with shown.aside:
    take_away.show(view)
article.show("step_through", say)

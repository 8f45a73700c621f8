"""Gradients: which tokens a loss listens to, how far back it reaches in untrained networks, and how it explodes."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gateviz.app.components import (
    article,
    controls,
    gradient_parts,
    gradient_views,
    loss_step,
    notices,
    sentence,
    sentence_part,
    skeleton,
    take_away,
)
from gateviz.app.computed import gradient_figures, gradient_paths, models, readings
from gateviz.app.state import address
from gateviz.app.state.language import translator
from gateviz.app.state.session import Part
from gateviz.i18n.translator import Translator


def _on_a_sentence(say: Translator, row: DeltaGenerator, header: DeltaGenerator) -> None:
    """Draw what follows the row of the parts."""
    kind, is_relative = gradient_views.choose(say, row)
    shown = controls.show(say, header)
    view = shown.view
    with skeleton.until_loaded(say):
        models.load_torch()
    tokens = readings.tokens(view)
    can_be_shown = partial(sentence.can_be_shown, view.task, view.cells[0])
    address.check_held(models.configs(view.task), len(tokens), can_be_shown)
    step = loss_step.place(view.text, len(tokens))
    with shown.notices:
        sentence.say_link(say)
        sentence.say_unknown(say, tokens)
    why_not = gradient_paths.why_not(view, kind, len(tokens))
    sentence_part.show(gradient_figures.packed(view, tokens, step, kind, say, relative=is_relative))
    if why_not:
        notices.show(say(f"gradients.{why_not}"), kind="remark", key="view_notice")
    else:
        gradient_views.show_figures(gradient_figures.figures(view, tokens, kind, say), say)
    chosen: dict[str, str] = {"show": kind} if kind != "one_step" else {}
    if step + 1 < len(tokens):
        chosen["loss"] = str(step + 1)
    address.write(view, **chosen)
    controls.show_timeline(say, shown)


def _without_a_sentence(say: Translator, part: Part) -> None:
    """The same of a part that needs no model."""
    sentence.say_link(say)
    show = gradient_parts.show_lab if part == "lab" else gradient_parts.show_clipping
    show(say)
    address.write_part(part, say.language)


say = translator()
header = controls.show_header(say)
row = st.container(key="settings", horizontal=True, gap="small", vertical_alignment="center")
with row:
    part = gradient_parts.choose(say)
if part == "sentence":
    _on_a_sentence(say, row, header)
else:
    _without_a_sentence(say, part)
with header:
    take_away.show_of_gradients(part, say.language)
article.show("gradients", say)

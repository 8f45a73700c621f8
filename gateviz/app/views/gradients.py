"""Gradients: which tokens a loss listens to, and how far back it reaches, in the three cells."""

from functools import partial

from gateviz.app.components import (
    article,
    controls,
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

say = translator()
shown = controls.show(say)
view = shown.view
with skeleton.until_loaded(say):
    models.load_torch()
tokens = readings.tokens(view)
address.check_held(models.configs(view.task), len(tokens), partial(sentence.can_be_shown, view.task, view.cells[0]))
step = loss_step.place(view.text, len(tokens))
with shown.notices:
    sentence.say_link(say)
    sentence.say_unknown(say, tokens)
kind, is_relative = gradient_views.choose(say)
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
with shown.aside:
    take_away.show_of_gradients(view.language)
article.show("gradients", say)

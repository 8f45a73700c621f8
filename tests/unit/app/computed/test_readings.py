"""The caches: two views share what does not depend on their difference, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.app.computed import gradients, models, pictures, readings
from gateviz.errors import PretrainedError
from gateviz.i18n.translator import languages, load
from gateviz.models.view import View
from gateviz.results.answers import Verdict
from gateviz.results.trace import CELLS

VIEW = View("timemachine", ("rnn", "lstm"), "He said so.")
OTHERS = {
    "cells": replace(VIEW, cells=("lstm",)),
    "language": replace(VIEW, language="zh"),
    "layer": replace(VIEW, layer=-1),
    "text": replace(VIEW, text="He said no."),
    "task": replace(VIEW, task="sherlock"),
    "training_step": replace(VIEW, training_step=0),
}

CACHES: dict[str, tuple[Callable[[View], Any], set[str]]] = {
    "model": (lambda view: models.of_view(view, "lstm"), {"task", "training_step"}),
    "trace": (lambda view: readings.trace(view, "lstm"), {"task", "training_step", "text"}),
    "answers": (lambda view: readings.answers(view, "lstm"), {"task", "training_step", "text", "language"}),
    "heatmaps": (pictures.heatmaps, {"task", "training_step", "text", "layer", "cells"}),
    "piece": (lambda view: pictures.piece(view, 0), {"task", "training_step", "text", "layer", "cells"}),
    "decay": (lambda view: gradients.decay(view, "lstm", step=3), {"task", "training_step", "text", "layer"}),
    "whole picture": (pictures.whole, {"task", "training_step", "text", "layer", "language", "cells"}),
}


@pytest.mark.parametrize("name", CACHES)
def test_two_views_share_what_they_both_show(name: str) -> None:
    compute, depends_on = CACHES[name]
    first = compute(VIEW)
    assert compute(VIEW) is first
    assert {field for field, other in OTHERS.items() if compute(other) is not first} == depends_on


def test_a_trace_is_the_models_own() -> None:
    for cell in CELLS:
        trace = gateviz.load_pretrained("timemachine", cell).trace(VIEW.text)
        np.testing.assert_array_equal(readings.trace(VIEW, cell).output, trace.output)


def test_after_a_step_of_the_training_the_trace_is_of_the_snapshot() -> None:
    step, model = gateviz.load_timelapse("timemachine", "lstm")[2]
    found = readings.trace(replace(VIEW, training_step=step), "lstm")
    np.testing.assert_array_equal(found.output, model.trace(VIEW.text).output)


def test_decoders_write_equally_much_so_that_their_steps_stand_side_by_side() -> None:
    view = View("dates", CELLS, "the 3rd of May, 1999")
    steps = {len(readings.trace(view, cell).tokens_of(0)) for cell in CELLS}
    assert steps == {len(readings.tokens(view))}


def test_answers_name_classes_in_the_views_language() -> None:
    for language in languages():
        found = readings.answers(View("sentiment", ("gru",), "A good film.", language=language), "gru")
        assert isinstance(found, Verdict)
        model = gateviz.load_pretrained("sentiment", "gru")
        assert list(found.classes) == [load(language).label("sentiment", name) for name in model.outputs]


def test_a_task_without_models_is_refused_in_a_sentence() -> None:
    with pytest.raises(PretrainedError, match="no models of the task 'nowhere'"):
        models.last_of("nowhere")

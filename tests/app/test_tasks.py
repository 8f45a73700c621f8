"""Tasks of every kind on the same pages: their examples, their answers, and what becomes of a text between them."""

import numpy as np
import pytest

import gateviz
from gateviz.app.state.examples import EXAMPLES
from gateviz.i18n.translator import languages, load
from gateviz.pretrained.folder import find_card, list_pretrained
from tests.app.visitor import Visitor

WORDS = load("en")
TASKS = list(dict.fromkeys(card.task for card in list_pretrained()))
SNAPSHOTS = {card.task: card.timelapse.steps for card in list_pretrained() if card.timelapse}


def test_hometown_is_what_a_newcomer_sees_and_every_task_has_an_example_in_both_languages() -> None:
    assert set(TASKS) <= set(EXAMPLES)
    for language in languages():
        assert all(load(language).has(f"task.{task}") for task in TASKS)
    newcomer = Visitor(newcomer=True)
    assert newcomer.at.selectbox(key="task").value == "hometown"
    assert newcomer.sentence == EXAMPLES["hometown"]
    assert newcomer.at.selectbox(key="task").options[:2] == [WORDS("task.hometown"), WORDS("task.hometown-zh")]


@pytest.mark.parametrize("task", TASKS)
def test_every_task_opens_on_its_example_and_answers_as_its_model_does(task: str) -> None:
    visitor = Visitor({"task": task})
    visitor.assert_no_stack_trace()
    assert visitor.notices == []
    assert visitor.sentence == visitor.viewer["text"] == EXAMPLES[task]
    for cell in ("rnn", "lstm", "gru"):
        model = gateviz.load_pretrained(task, cell)
        logits = model.logits(EXAMPLES[task]).astype(np.float64)
        told = visitor.viewer["expected"][cell]
        if model.config.answers == "value":
            np.testing.assert_allclose(told["values"], logits[:, 0], rtol=1e-5)
            continue
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        np.testing.assert_allclose([row[0] for row in told["probabilities"]], shares.max(axis=1), rtol=1e-4)
        if model.config.answers == "class":
            np.testing.assert_allclose(told["shares"], shares, rtol=1e-4, atol=1e-9)


@pytest.mark.parametrize("task", TASKS)
def test_the_gradients_page_shows_every_task(task: str) -> None:
    visitor = Visitor({"task": task, "cells": "lstm"}).go_to("gradients")
    visitor.assert_no_stack_trace()
    assert visitor.figures["gradient_curves"]["data"]
    answers = find_card(task, "lstm").config.answers
    keys = {"next": "caption_guess", "class": "caption_class", "value": "caption_value", "text": "caption_text"}
    steps = len(visitor.strips["tokens"])
    assert visitor.at.caption[0].value == WORDS(f"gradients.{keys[answers]}", step=steps), "what L is at the last step"


def test_a_text_goes_along_to_a_task_that_can_read_it_and_waits_at_one_that_cannot() -> None:
    visitor = Visitor().type("He said so.")
    visitor.at.selectbox(key="task").set_value("sherlock").run()
    assert visitor.sentence == "He said so."
    visitor.at.selectbox(key="task").set_value("timemachine").run()
    visitor.type("时间旅行者回来了")
    visitor.at.selectbox(key="task").set_value("sherlock").run()
    assert visitor.sentence == "He said so.", "what stood there before"
    visitor.at.selectbox(key="task").set_value("timemachine").run()
    assert visitor.sentence == "He said so.", "the text that this one can read goes along"


def test_the_example_of_one_task_gives_way_to_that_of_the_next() -> None:
    visitor = Visitor()
    visitor.at.selectbox(key="task").set_value("sherlock").run()
    assert visitor.sentence == EXAMPLES["sherlock"]


@pytest.mark.parametrize("task", SNAPSHOTS)
def test_a_training_step_is_chosen_and_linked_and_shows_the_model_as_it_was(task: str) -> None:
    steps = SNAPSHOTS[task]
    visitor = Visitor({"task": task, "cells": "lstm"})
    assert "trained" not in visitor.address, "the trained models are what a link without a step shows"
    trained = visitor.viewer["expected"]["lstm"]["probabilities"]
    visitor.at.select_slider(key="trained").set_value(steps[0]).run()
    visitor.assert_no_stack_trace()
    assert visitor.address["trained"] == str(steps[0])
    start = dict(gateviz.load_timelapse(task, "lstm"))[steps[0]]
    logits = start.logits(EXAMPLES[task]).astype(np.float64)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    told = [row[0] for row in visitor.viewer["expected"]["lstm"]["probabilities"]]
    np.testing.assert_allclose(told, (shares / shares.sum(axis=1, keepdims=True)).max(axis=1), rtol=1e-4)
    assert told != [row[0] for row in trained]
    assert WORDS("viewer.snapshot", units=start.config.hidden_size, step="0", steps=f"{steps[-1]:,}") in str(
        visitor.viewer["captions"]
    )
    again = Visitor({"task": task, "cells": "lstm", "trained": str(steps[3])})
    assert again.at.select_slider(key="trained").value == steps[3]
    beyond = Visitor({"task": task, "cells": "lstm", "trained": "999999"})
    assert beyond.at.select_slider(key="trained").value == steps[-1]
    assert beyond.notices == [WORDS("notice.link")]


def test_a_task_without_snapshots_has_no_control_for_them() -> None:
    bare = next(task for task in TASKS if task not in SNAPSHOTS)
    assert not [control for control in Visitor({"task": bare}).at.select_slider if control.key == "trained"]

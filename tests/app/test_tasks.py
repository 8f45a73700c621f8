"""Tasks of every kind on the same pages: their examples, their answers, and what becomes of a text between them."""

import json
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.i18n.translator import languages, load
from gateviz.pretrained.examples import EXAMPLES
from gateviz.pretrained.folder import find_card, list_pretrained
from tests.app.visitor import Visitor

WORDS = load("en")
TASKS = list(dict.fromkeys(card.task for card in list_pretrained()))
SNAPSHOTS = {card.task: card.timelapse.steps for card in list_pretrained() if card.timelapse}


def test_every_task_has_an_example_and_a_name_in_both_languages() -> None:
    assert set(TASKS) <= set(EXAMPLES)
    for language in languages():
        assert all(load(language).has(f"task.{task}") for task in TASKS)


@pytest.mark.parametrize(
    ("locale", "address", "task"),
    [
        ("en-GB", {}, "hometown"),
        ("de-DE", {}, "hometown"),
        ("zh-CN", {}, "hometown-zh"),
        ("en-GB", {"lang": "zh"}, "hometown-zh"),
        ("zh-CN", {"lang": "en"}, "hometown"),
        ("zh-CN", {"task": "timemachine"}, "timemachine"),
    ],
)
def test_a_page_opens_on_the_hometown_of_its_language_unless_the_link_names_a_task(
    locale: str, address: dict[str, str], task: str
) -> None:
    visitor = Visitor(address, locale=locale, bare=True)
    visitor.assert_no_stack_trace()
    assert visitor.notices == []
    assert visitor.at.selectbox(key="task").value == visitor.address["task"] == task
    assert visitor.sentence == visitor.viewer["text"] == EXAMPLES[task]


def test_another_language_changes_neither_task_nor_sentence() -> None:
    visitor = Visitor(bare=True).choose("language", "zh")
    assert (visitor.address["task"], visitor.address["lang"]) == ("hometown", "zh")
    assert visitor.viewer["text"] == EXAMPLES["hometown"]


def test_hometown_is_the_first_on_the_list() -> None:
    assert Visitor().at.selectbox(key="task").options[:3] == [
        WORDS(f"task.{task}") for task in ("hometown", "hometown-zh", "timemachine")
    ]


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


def test_a_text_that_a_model_cannot_read_is_offered_one_that_can() -> None:
    visitor = Visitor().type("收到大家的祝福，好感动，谢谢你们！")
    offer = visitor.at.button(key="read_with")
    assert WORDS("task.weibo") in offer.label
    offer.click().run()
    assert (visitor.address["task"], visitor.sentence) == ("weibo", "收到大家的祝福，好感动，谢谢你们！")
    assert visitor.notices == []
    visitor.at.selectbox(key="task").set_value("timemachine").run()
    assert not [button for button in visitor.type("caf\u00e9").at.button if button.key == "read_with"]
    assert len(visitor.notices) == 1, "of a single character it is only said that it is unknown"


def test_a_notice_is_of_what_stands_in_the_box_and_can_be_put_away_until_that_changes() -> None:
    visitor = Visitor().type("caf\u00e9")
    unknown = visitor.notices
    assert len(unknown) == 1
    assert visitor.type("").notices == [WORDS("error.empty")], "not that of the text before"
    visitor.at.button(key="put_away_notice").click().run()
    assert visitor.notices == []
    assert visitor.choose("language", "zh").notices == []
    assert visitor.choose("language", "en").type("caf\u00e9").notices == unknown


def test_the_example_of_one_task_gives_way_to_that_of_the_next() -> None:
    visitor = Visitor()
    visitor.at.selectbox(key="task").set_value("sherlock").run()
    assert visitor.sentence == EXAMPLES["sherlock"]


def timeline(visitor: Visitor) -> dict[str, Any]:
    """What the timeline of the training was sent."""
    data: dict[str, Any] = json.loads(visitor.component("training").json)
    return data


@pytest.mark.parametrize("task", SNAPSHOTS)
def test_a_training_step_is_chosen_and_linked_and_shows_the_model_as_it_was(task: str) -> None:
    steps = SNAPSHOTS[task]
    visitor = Visitor({"task": task, "cells": "lstm"})
    assert "trained" not in visitor.address, "the trained models are what a link without a step shows"
    trained = visitor.viewer["expected"]["lstm"]["probabilities"]
    visitor.trigger("training", "go", {"step": steps[0]})
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
    assert timeline(again)["step"] == steps[3]
    for asked, nearest in (("999999", steps[-1]), (str(steps[2] + 1), steps[2]), (str(steps[3] - 1), steps[3])):
        linked = Visitor({"task": task, "cells": "lstm", "trained": asked})
        assert timeline(linked)["step"] == nearest
        assert linked.notices == [WORDS("notice.link")]
    assert linked.trigger("training", "go", {"step": steps[-1]}).notices == [], "the visitor has gone on from the link"
    assert timeline(linked.trigger("training", "go", "soon"))["step"] == steps[-1], "a browser may say anything"


def test_a_task_without_snapshots_has_no_control_for_them() -> None:
    bare = next(task for task in TASKS if task not in SNAPSHOTS)
    assert "training" not in {node.key for node in Visitor({"task": bare}).at.get("bidi_component")}


@pytest.mark.parametrize("task", list(SNAPSHOTS)[:1])
def test_a_training_step_stays_on_the_other_page_and_a_link_without_one_is_of_the_trained_models(task: str) -> None:
    step = str(SNAPSHOTS[task][0])
    visitor = Visitor({"task": task, "cells": "lstm", "trained": step}).go_to("gradients")
    assert visitor.address["trained"] == step
    assert visitor.go_to("step_through").address["trained"] == step
    visitor.at.query_params.clear()
    visitor.at.query_params.update({"task": task, "cells": "lstm"})
    visitor.at.run()
    assert "trained" not in visitor.address

"""The shapes of input and output: each example is what the model really reads and answers."""

from typing import Any

import pytest

import gateviz
from gateviz import list_pretrained
from gateviz.app.computed.hood import sequences
from gateviz.pretrained.folder import find_card

KINDS = {one["kind"]: one for one in sequences.of_language("en")}


def outputs(kind: str) -> list[Any]:
    return [column["output"] for column in KINDS[kind]["columns"]]


def test_every_kind_has_an_example_and_every_task_a_kind() -> None:
    for language in ("en", "zh"):
        assert [one["kind"] for one in sequences.of_language(language)] == list(sequences.KINDS)
    of_kinds = {task for one in KINDS.values() for task in one["tasks"]}
    assert of_kinds == {card.task for card in list_pretrained()}
    for one in KINDS.values():
        assert one["task"] in one["tasks"]


def test_the_examples_are_as_long_as_their_kind_says() -> None:
    assert len(outputs("one_to_one")) == 1
    assert [column["fed"] for column in KINDS["one_to_many"]["columns"]] == [False, True, True, True, True]
    assert [output is not None for output in outputs("many_to_one")] == [False, False, False, True]
    assert all(outputs("many_to_many"))
    typed = len(KINDS["unequal"]["text"])
    assert [output is not None for output in outputs("unequal")].index(True) == typed
    assert len(list(filter(None, outputs("unequal")))) != typed


def test_the_answers_are_the_models() -> None:
    dates = gateviz.load_pretrained("dates", "lstm")
    assert "".join(filter(None, outputs("unequal")))[:-1] == dates.write(KINDS["unequal"]["text"])
    writer, text = gateviz.load_pretrained("timemachine", "lstm"), "T"
    for output in outputs("one_to_many"):
        text += writer.outputs[int(writer.logits(text)[-1].argmax())]
        assert text[-1] == output
    counting = gateviz.load_pretrained("counting", "lstm")
    best = [counting.outputs[int(row.argmax())] for row in counting.logits("aaabbb")]
    assert outputs("many_to_many") == best


@pytest.mark.parametrize(
    ("task", "kind"),
    [("intent", "many_to_one"), ("sunspots", "many_to_many"), ("adding", "many_to_one"), ("dates", "unequal"),
     ("tang", "many_to_many")],
)  # fmt: skip
def test_the_kind_follows_from_what_the_model_answers_with(task: str, kind: str) -> None:
    assert sequences.kind_of(find_card(task, "gru")) == kind

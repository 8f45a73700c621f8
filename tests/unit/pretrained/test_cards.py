"""card.json: read back as written, and nothing believed."""

import contextlib
import copy
import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import PretrainedError
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import MAX_PARAMETERS, ModelCard, Sample, Score, TimeLapse, shapes_of
from gateviz.results.trace import CELLS, CellName

UNIT = "bits per character"
CARD = ModelCard(
    task="a-book",
    config=ModelConfig("lstm", hidden_size=3, embedding_size=2),
    tokens="characters",
    vocabulary=tuple('\n "é时🕰'),
    labels=(),
    data=DataSource("a.txt", "A Book", "An Author", "public domain", "a library"),
    recipe={"command": "gateviz train a-book", "steps": 5, "learning_rate": 0.1},
    seed=0,
    steps=5,
    seconds=1.5,
    machine="2 cores",
    metric=Score("character model", UNIT, 2.0, "the last tenth"),
    baselines=(Score("5-gram", UNIT, 2.5, "the last tenth"),),
    details={"on the first line": 0.5},
    sample=Sample(("时🕰",), (), 3.0),
    parameters=7 * 2 + 4 * 3 * (2 + 3 + 2) + 6 * (3 + 1),
    good_for=Bilingual("Stepping.", "逐步观察。"),
    fails_at=Bilingual("Everything else.", "其他一切。"),
    bytes=100,
    sha256="0" * 64,
    timelapse=TimeLapse((0, 1, 5), 300, "1" * 64),
)
VALID: dict[str, Any] = json.loads(CARD.to_json())
REMOVED = object()


def changed(path: str, value: object) -> str:
    """The JSON of the card with the entry at a dotted path changed, added or removed."""
    data = copy.deepcopy(VALID)
    *parents, last = path.split(".")
    place = data
    for name in parents:
        place = place[name]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data)


def test_a_card_is_read_back_as_it_was_written() -> None:
    assert ModelCard.from_json(CARD.to_json()) == CARD
    assert ModelCard.from_json(CARD.to_json()).to_json() == CARD.to_json()
    assert "时🕰" in CARD.to_json(), "people read it too"


def test_what_has_a_default_may_be_missing_in_a_card() -> None:
    assert ModelCard.from_json(changed("config.asked_after", REMOVED)) == CARD


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("format", 1, "format 2"),
        ("task", REMOVED, "missing or too many: task"),
        ("extra", 1, "missing or too many: extra"),
        ("config.extra", 1, "config has fields"),
        ("task", "../secrets", "task is not a name"),
        ("task", 3, "task has the wrong type"),
        ("cell", "gru", "cell is not the lstm"),
        ("config", [], "config has fields"),
        ("config.cell", "elman", "wrong type or range"),
        ("config.cell", [], "wrong type or range"),
        ("config.hidden_size", 3.0, "wrong type"),
        ("config.hidden_size", True, "wrong type"),
        ("config.hidden_size", -3, "wrong type or range"),
        ("config.hidden_size", 0, "at least 1"),
        ("config.hidden_size", 4, "parameters"),
        ("config.hidden_size", 10**12, f"more than {MAX_PARAMETERS}"),
        ("config.num_layers", 10**9, "16 layers"),
        ("vocabulary", [], "vocabulary is empty"),
        ("vocabulary", ["a", "a"], "names a token twice"),
        ("vocabulary", ["ab"], "vocabulary is empty or"),
        ("vocabulary", "ab", "vocabulary has the wrong type"),
        ("tokens", "numbers", "vocabulary is empty or"),
        ("tokens", "bytes", "tokens has the wrong type"),
        ("labels", ["a"], "labels are not distinct names"),
        ("config.asked_after", "?", "asked_after is not in its vocabulary"),
        ("config.asked_after", 3, "wrong type"),
        ("config.answers", "class", "labels are not distinct names"),
        ("config.bidirectional", 1, "wrong type"),
        ("config.bidirectional", True, "only one that answers with a class"),
        ("precision", "float8", "precision has the wrong type"),
        ("details", {"a": "b"}, "details has the wrong type"),
        ("timelapse.steps", [0, 0], "time lapse is not one"),
        ("timelapse.steps", list(range(13)), "time lapse is not one"),
        ("timelapse.sha256", "", "sha256"),
        ("baselines", [{"name": "a"}], "baselines has fields missing"),
        ("vocabulary", ["\ud800"], "vocabulary has the wrong type"),
        ("parameters", 1, "parameters"),
        ("recipe", {"steps": [1]}, "recipe has the wrong type"),
        ("seconds", "1", "seconds has the wrong type"),
        ("metric.value", float("nan"), "not JSON"),
        ("metric.value", None, "wrong type"),
        ("sha256", "0" * 63, "sha256"),
        ("good_for", {"en": "only"}, "good_for has fields missing or too many: zh"),
    ],
)
def test_a_card_that_cannot_be_true_is_refused_by_the_field(path: str, value: object, message: str) -> None:
    with pytest.raises(PretrainedError, match=message):
        ModelCard.from_json(changed(path, value))


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", "3", "[" * 100_000, '{"format": 1}', '{"seed": 1' + "0" * 9999]
)
def test_what_is_no_card_at_all_is_refused(text: str) -> None:
    with pytest.raises(PretrainedError, match="card"):
        ModelCard.from_json(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(VALID)), json_values)
def test_whatever_stands_in_a_field_a_card_is_read_or_refused_and_nothing_else(field: str, value: object) -> None:
    with contextlib.suppress(PretrainedError):
        assert isinstance(ModelCard.from_json(changed(field, value)), ModelCard)


CONFIGS = [
    {"num_layers": 1},
    {"num_layers": 3},
    {"num_layers": 2, "bidirectional": True, "answers": "class"},
    {"inputs": "one-hot", "embedding_size": 4},
    {"answers": "value"},
]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("config", CONFIGS, ids=str)
def test_the_shapes_known_in_advance_are_those_of_the_model(cell: CellName, config: dict[str, Any]) -> None:
    shape = ModelConfig(**{"cell": cell, "hidden_size": 6, "embedding_size": 5} | config)
    labels = () if shape.answers == "next" else ("yes", "no")
    model = SequenceModel(shape, CharacterTokenizer.of("abc"), labels, seed=0)
    shapes = {name: tuple(parameter.shape) for name, parameter in model.state_dict().items()}
    assert shapes_of(dataclasses.replace(CARD, config=shape, vocabulary=("a", "b", "c"), labels=labels)) == shapes

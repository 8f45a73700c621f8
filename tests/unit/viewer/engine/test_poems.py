"""The engine writes the poems of the library: from nothing, from a first line and as acrostics, for the same seeds."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateviz import load_pretrained
from gateviz.data.corpora.quatrains import Form, clauses_of, form_of, rhyme_of_beginning
from gateviz.errors import InputError
from gateviz.models.poems import acrostic, quatrain, stream_of
from gateviz.models.sequence_model import SequenceModel
from gateviz.recipes.tang import RECIPE
from gateviz.results.trace import CELLS, CellName

Engine = Callable[..., list[Any]]
ASKED: list[dict[str, Any]] = [
    *({"heads": name, "form": form} for name in ("张小王", "王大李", "孙悦") for form in (5, 7)),
    {"heads": "春江花月夜海棠红", "form": 7, "seed": 3},
    {"heads": "欧阳修文忠", "seed": 2**31},
    {"heads": "𠀀春江", "form": 5},  # a head that no model knows, of two UTF-16 units
    {"form": 5},
    {"form": 5, "rhyme": "阳"},
    {"form": 7, "seed": 9, "temperature": 1.3},
    {"seed": 1, "top_k": 4},
    {"first": "床前明月光"},
    {"first": "床前明月光，疑是", "seed": 5, "temperature": 0},
    {"first": "故人西辞黄鹤楼，", "form": 7},
    {"first": "☃人"},
]
PIECES = st.lists(
    st.sampled_from([*"春江花月夜☃a，。？、 \n57\x1c\ufeff", "床前明月光，", "故人西辞黄鹤楼。"]), max_size=12
)

READ = """
import { clausesOf, formOf, rhymeOfBeginning, streamOf } from "./engine/poems.js";
const of = (text) => {
  try { return formOf(text); } catch (error) { return error.what; }
};
const { texts, rhymes } = JSON.parse(new TextDecoder().decode(input));
const model = { card: { recipe: { rhymes } } };
const read = (text) => [clausesOf(text), of(text), rhymeOfBeginning(model, text), streamOf(text)];
console.log(JSON.stringify(texts.map(read)));
"""


def written(model: SequenceModel, asked: dict[str, Any]) -> list[str]:
    how = {"temperature": 1.0, **asked}
    heads, first, form, rhyme = (how.pop(key, None) for key in ("heads", "first", "form", "rhyme"))
    poems = acrostic(model, heads, form, rhyme, **how) if heads else (quatrain(model, first or "", form, rhyme, **how),)
    return [poem.prompt + "".join(token.text for token in poem) for poem in poems]


@pytest.mark.parametrize("cell", CELLS)
def test_the_same_seed_writes_the_same_poem(cell: CellName, engine: Engine) -> None:
    """One as the library ships, all in double precision, which no machine rounds otherwise: see decision 16."""
    model = load_pretrained("tang", cell)
    calls = [{"topK" if key == "top_k" else key: value for key, value in asked.items()} for asked in ASKED]
    found = engine(f"tang/{cell}", *(["poem", call] for call in calls))
    assert found[0] == written(model, ASKED[0])
    double = model.double()
    assert found == [written(double, asked) for asked in ASKED]


def test_a_beginning_or_heads_that_make_no_poem_are_refused(engine: Engine) -> None:
    wrong = [{"heads": heads} for heads in ("春", "春江花月夜海棠红了", "春，", "ab", "春5")]
    wrong += [{"first": first} for first in ("57", "春江 花", "，", "床前明月光疑是地")]
    answers = engine("tang/lstm", *(["poem", asked] for asked in wrong), ["poem", {"first": "床前明月光", "form": 7}])
    assert all("refused" in answer for answer in answers)
    assert answers[-1]["refused"] == "the beginning has clauses of 5 characters: the form asked for has 7"


@settings(max_examples=5)
@given(st.lists(PIECES.map("".join), min_size=80, max_size=120))
@example(["", "床前明月光，疑是地上霜。举头望明月，低头思故乡。", "床前明月光，疑是地上霜。举头望明月，低头思故乡。明"])
def test_clauses_and_forms_are_the_librarys(in_node: Callable[..., Any], texts: list[str]) -> None:
    data = json.dumps({"texts": texts, "rhymes": RECIPE.settings["rhymes"]}).encode()
    for text, (clauses, form, rhyme, stream) in zip(texts, in_node(READ, data=data), strict=True):
        assert tuple(clauses) == clauses_of(text)
        assert rhyme == rhyme_of_beginning(text)
        assert stream == stream_of(text)
        assert form == form_or_refusal(text)


def form_or_refusal(text: str) -> Form | str | None:
    try:
        return form_of(text)
    except InputError:
        return "beginning"

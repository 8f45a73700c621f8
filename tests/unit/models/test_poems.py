"""Poems of an untrained model, whose form can only have come from outside."""

from itertools import combinations

import numpy as np
import pytest

from gateviz import load_pretrained
from gateviz.data.corpora.quatrains import RHYMES, Form, clauses_of, is_well_formed, verse_of
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import InputError
from gateviz.models.config import ModelConfig
from gateviz.models.poems import Quatrain, acrostic, quatrain, stream_of, well_formed_share
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.trace import CELLS, CellName

CHARACTERS = "春江花月夜天地人山水风雨云日光疑是上霜举头望低思故乡床前明"
MODEL = SequenceModel(
    ModelConfig("lstm", 8, 6, 2),
    CharacterTokenizer(("\n", "5", "7", "，", "。", *RHYMES, *CHARACTERS.replace("江", ""))),
    seed=0,
)


def finished(poem: Quatrain) -> str:
    assert "".join(token.text for token in poem) == poem.text[len(poem.prompt) :]
    return poem.shown


@pytest.mark.parametrize("form", [5, 7])
def test_a_poem_from_nothing_has_the_form_that_was_asked_for(form: Form) -> None:
    assert is_well_formed(finished(quatrain(MODEL, form=form, seed=1)), form)


def test_without_a_form_the_seed_chooses_one() -> None:
    forms = [verse_of(finished(quatrain(MODEL, seed=seed))) for seed in range(4)]
    assert set(forms) == {5, 7}
    assert verse_of(finished(quatrain(MODEL))) == forms[0]


def test_a_character_comes_again_only_at_once() -> None:
    poems = [finished(quatrain(MODEL, form=5, seed=seed)).replace("，", "").replace("。", "") for seed in range(20)]
    again = [(poem, place) for poem in poems for place in range(20) if poem[place] in poem[:place]]
    assert again, "doubled characters are allowed"
    assert all(poem[place] == poem[place - 1] and poem.count(poem[place]) == 2 for poem, place in again)


def test_the_rhyme_stands_before_the_poem_as_asked_as_the_beginning_has_it_or_as_the_model_draws_it() -> None:
    asked = quatrain(MODEL, form=5, rhyme="庚")
    assert is_well_formed(finished(asked), 5)
    assert (asked.rhyme, asked.text[:2]) == ("庚", "5庚")
    begun = quatrain(MODEL, "床前看月光，疑是地上霜。")
    finished(begun)
    assert begun.rhyme == "阳"
    drawn = set()
    for seed in range(8):
        finished(poem := quatrain(MODEL, form=7, seed=seed))
        drawn.add(poem.rhyme)
    assert len(drawn) > 3
    assert drawn <= set(RHYMES)
    with pytest.raises(InputError, match="the rhyme is '月': give one of 东"):
        quatrain(MODEL, form=5, rhyme="月")


@pytest.mark.parametrize("first", ["床前明月光，", "床前明月光", "床前明月光，疑是", "☃前明月光，", "床前"])
def test_a_first_line_is_kept_and_decides_the_form(first: str) -> None:
    poem = finished(quatrain(MODEL, first, seed=2))
    assert poem.startswith(first)
    assert is_well_formed(poem, 5 if len(first) > 2 else None)


def test_a_poem_that_is_already_whole_is_left_as_it_is() -> None:
    whole = "床前明月光，疑是地上霜。举头望明月，低头思故乡。"
    assert finished(quatrain(MODEL, whole)) == whole


@pytest.mark.parametrize("form", [5, 7, None])
@pytest.mark.parametrize(
    ("heads", "places"),
    [
        ("春江", [(0, 2)]),
        ("春江花", [(0, 1, 2)]),
        ("春江花月", [(0, 1, 2, 3)]),
        ("春江花月夜", [(0, 1, 2, 3), (0,)]),
        ("春江花月夜雨", [(0, 1, 2, 3), (0, 2)]),
        ("春江花月夜海棠红", [(0, 1, 2, 3), (0, 1, 2, 3)]),
    ],
)
def test_an_acrostic_is_well_formed_and_its_heads_are_those_given(
    heads: str, places: list[tuple[int, ...]], form: Form | None
) -> None:
    poems = [finished(poem) for poem in acrostic(MODEL, heads, form, seed=3)]
    assert all(is_well_formed(poem, form) for poem in poems)
    read = [clauses_of(poem)[place][0] for poem, own in zip(poems, places, strict=True) for place in own]
    assert "".join(read) == heads


@pytest.mark.parametrize("form", [5, 7])
@pytest.mark.parametrize("cell", CELLS)
def test_every_name_gets_a_poem_of_its_own(cell: CellName, form: Form) -> None:
    """Heads and marks aside, any two of fourteen names have less than a quarter of their characters in common."""
    names = ["张小王", "王大李", "李大小", "张大王", "张小玉", "陈美丽", "刘子涵", "赵一鸣", "孙悦", "周杰"]
    names += ["吴思远", "郑雨晴", "欧阳修文", "诸葛孔明"]
    model = load_pretrained("tang", cell)
    own = {}
    for name in names:
        clauses = clauses_of(finished(acrostic(model, name, form)[0]))
        own[name] = "".join(clause[1:-1] for clause in clauses)
    for one, other in combinations(names, 2):
        same = sum(a == b for a, b in zip(own[one], own[other], strict=True))
        assert same < len(own[one]) / 4, f"{one}: {own[one]}, {other}: {own[other]}"


def test_the_beginning_and_the_seed_decide_the_random_numbers() -> None:
    """Equal on any machine: the published value of FNV-1a for "foobar", and no hash that changes with the process."""
    assert stream_of("foobar") == 0xBF9CF968
    model = load_pretrained("tang", "lstm")
    seeds = {finished(quatrain(model, "床前明月光，", seed=seed)) for seed in (0, 0, 1)}
    assert len(seeds) == 2
    first, second = acrostic(model, "春江花月春江花月", 5)
    assert finished(first) != finished(second), "a second quatrain is not the first again"


def test_the_trace_of_a_poem_is_the_trace_of_its_text_with_form_and_rhyme() -> None:
    poem = quatrain(MODEL, "床前明月光，", seed=4)
    finished(poem)
    trace = poem.trace
    assert trace.tokens == ("5", "阳", *poem.shown)
    ours, whole = trace.layer(1)["forget_gate"], MODEL.trace("5阳" + poem.shown).layer(1)["forget_gate"]
    assert np.array_equal(ours, whole)


def test_a_model_on_its_own_is_not_held_to_the_form() -> None:
    free = quatrain(MODEL, form=5, hold_form=False, seed=5, temperature=1.0)
    assert not is_well_formed(finished(free))
    assert well_formed_share(MODEL, 50, temperature=1.0, seed=0) == 0


@pytest.mark.parametrize("heads", ["", "春", "春江花月夜海棠红了", "春，", "春 ", "ab", "春5"])
def test_heads_that_make_no_acrostic_are_refused(heads: str) -> None:
    with pytest.raises(InputError, match="an acrostic needs"):
        acrostic(MODEL, heads)


def test_a_beginning_of_another_form_is_refused_and_so_is_a_model_of_another_task() -> None:
    with pytest.raises(InputError, match="clauses of 5 characters: the form asked for has 7"):
        quatrain(MODEL, "床前明月光，", 7)
    with pytest.raises(InputError, match="the form is 6: give 5 or 7"):
        quatrain(MODEL, form=6)  # type: ignore[arg-type]
    other = SequenceModel(ModelConfig("rnn", 4, 3), CharacterTokenizer.of("abc"), seed=0)
    with pytest.raises(InputError, match="give one of the task tang"):
        quatrain(other)

"""The recipe of the quatrains on poems of our own, and what the shipped models promise."""

import dataclasses
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest
import torch
from torch.nn import functional

from gateviz.data.corpora.quatrains import Form, Poems, clauses_of, is_well_formed, repeats, rhyme_of
from gateviz.data.corpora.rhymes import rhymes_of
from gateviz.data.corpora.sources import find_data
from gateviz.errors import DataError
from gateviz.models.poems import acrostic, quatrain, well_formed_share
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes.tang import RECIPE, PoemRun, poem_losses
from gateviz.results.trace import CellName
from gateviz.training.loop import IGNORED

PLAN = dataclasses.replace(RECIPE.plan, steps=40, batch_size=8, warmup=4, evaluations=2)
SMALL = dataclasses.replace(
    RECIPE, plan=PLAN, vocabulary_size=52, embedding_size=6, rhyme_size=2, hidden_size=12, short_first=((2, 8),)
)
CHARACTERS = "春江花月夜天地人山水风雨云日光疑是上霜举头望低思故乡"


def verse(form: int, clauses: int, generator: np.random.Generator) -> str:
    """Of clauses that are drawn; three in four poems rhyme in 阳."""
    lines = ["".join(generator.choice(list(CHARACTERS), form)) for _ in range(clauses)]
    if generator.random() < 0.75:
        lines[1::2] = [line[:-1] + str(generator.choice(list("光霜乡"))) for line in lines[1::2]]
    return "".join(line + mark for line, mark in zip(lines, "，。" * clauses, strict=False))


@pytest.fixture(scope="module")
def poems() -> Poems:
    generator = np.random.default_rng(0)
    return Poems.of(
        [verse(form, clauses, generator) for form in (5, 7) for clauses in (4, 8) for _ in range(80)], share=5
    )


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def run_of(poems: Poems, cell: CellName = "gru") -> PoemRun:
    return SMALL.start(cell, poems, seed=3)


def test_a_few_steps_improve_the_model_and_the_card_tells_both_sides(poems: Poems) -> None:
    run = run_of(poems)
    before = run.score()
    list(run.steps())
    card = run.card()
    assert card.metric.value == pytest.approx(run.score(), abs=1e-3)
    assert card.metric.value < before
    assert [baseline.name[:19] for baseline in card.baselines] == ["interpolated 3-gram", "interpolated 2-gram"]
    assert card.sample.value == pytest.approx(RECIPE.measure(run.model, card.sample.texts, ()), abs=1e-3)
    assert len(card.vocabulary) == 52
    assert set(card.sample.texts) <= set(poems.held_out)


def test_a_batch_is_of_one_form_with_each_kind_of_start_and_asks_for_each_next_character(poems: Poems) -> None:
    run = run_of(poems)
    vocabulary, marks, lengths = run.model.tokenizer, set(), []
    end = vocabulary.encode("\n")[0]
    for batch in islice(run.batches(torch.Generator().manual_seed(0)), 60):
        for inputs, targets in zip(batch.inputs.tolist(), batch.targets.tolist(), strict=True):
            text = [(*vocabulary.entries, "?")[i] for i in inputs]
            told = text[0] in "57"
            start = 2 if told else int(text[0] == "\n")
            marks.add("".join(text[:start]))
            length = targets.index(end) + 1
            poem = "".join(text[start:length])
            clauses = clauses_of(poem)
            assert len({len(clause) for clause in clauses}) == 1
            assert not told or len(clauses[0]) == int(text[0]) + 1
            assert not told or set(text[1]) <= {name for clause in clauses[1::2] for name in rhymes_of(clause[-2])}
            assert targets[: length - 1] == [IGNORED if i == vocabulary.unknown else i for i in inputs[1:length]]
            assert set(targets[length:]) <= {IGNORED}, "nothing is asked after the end"
            lengths.append(len(clauses))
    assert marks >= {"", "\n", "5阳", "7阳"}
    assert lengths == sorted(lengths)
    assert set(lengths) == {2, 4}, "couplets first, then whole poems"


def test_the_losses_are_those_of_the_logits_after_the_open_mark_without_the_unknown(poems: Poems) -> None:
    model: SequenceModel = run_of(poems).model
    texts = [poems.held_out[0], poems.held_out[-1]]
    expected = []
    for text in texts:
        came = torch.tensor(model.encode(text + "\n"))
        losses = functional.cross_entropy(
            torch.as_tensor(model.logits("\n" + text)), came.clamp(max=51), reduction="none"
        )
        expected += losses[came != model.tokenizer.unknown].tolist()
    assert poem_losses(model, texts) == pytest.approx(np.array(expected), abs=1e-5)
    assert len(expected) < sum(map(len, texts)) + 2, "some character of theirs is unknown"


def test_the_start_expects_each_character_as_often_as_it_comes(poems: Poems) -> None:
    model = run_of(poems).model
    with torch.no_grad():
        shares = model.head.bias.softmax(dim=0)
    text = "".join(f"{poem}\n" for poem in (*poems.quatrains, *poems.stanzas))
    known = sum(character in model.outputs for character in text)
    for mark in "，\n":
        assert shares[model.encode(mark)[0]] == pytest.approx(text.count(mark) / known, rel=0.01)


def test_a_file_without_poems_of_both_forms_is_refused() -> None:
    with pytest.raises(DataError, match="0 training poems: tang needs some with clauses of 5"):
        RECIPE.start("rnn", Poems.of(["not a poem"], share=20), seed=0)


# What ships.

CARDS = {card.cell: card for card in list_pretrained() if card.task == RECIPE.task}


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_gated_cells_beat_the_n_grams_and_keep_the_form(cell: CellName) -> None:
    card = CARDS[cell]
    assert all(card.metric.value < baseline.value for baseline in card.baselines)
    assert card.details["well formed of 1000 quatrains sampled at temperature 0.8"] >= 0.95
    assert well_formed_share(load_pretrained("tang", cell), 100, temperature=0.8, seed=11) >= 0.9


@pytest.mark.parametrize("form", [5, 7])
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_gated_cells_rhyme_as_they_say_before_and_repeat_no_more_than_twice_what_poets_do(
    cell: CellName, form: Form
) -> None:
    details = CARDS[cell].details
    assert details[f"of these in the rhyme that it names before, {form} a clause"] >= 0.6
    assert details[f"real ones in some rhyme, {form} a clause"] >= 0.6
    model = load_pretrained("tang", cell)
    poems = [quatrain(model, form=form, seed=seed) for seed in range(40)]
    for poem in poems:
        for _ in poem:
            pass
    assert sum(rhyme_of(poem.shown) == poem.rhyme for poem in poems) >= 20
    repeating = sum(repeats(poem.shown) > 1 for poem in poems) / len(poems)
    assert repeating <= 2 * details[f"real ones with two or more repeated characters, {form} a clause"]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_a_first_line_without_a_start_mark_is_gone_on_with_in_its_own_form(cell: CellName) -> None:
    model = load_pretrained("tang", cell)
    scores = model.logits("床前明月光")[-1]
    assert model.outputs[scores.argmax()] == "，"
    scores = model.logits("朝辞白帝彩云")[-1]
    assert model.outputs[scores.argmax()] not in "，。"


@pytest.mark.parametrize("cell", CARDS)
def test_poems_and_acrostics_keep_what_is_given(cell: CellName) -> None:
    model = load_pretrained("tang", cell)
    poem = quatrain(model, "床前明月光，", seed=1)
    for _ in poem:
        pass
    assert poem.shown.startswith("床前明月光，")
    assert is_well_formed(poem.shown, 5)
    for part in (parts := acrostic(model, "春江花月夜海棠红", 7, seed=2)):
        for _ in part:
            pass
    assert "".join(clause[0] for part in parts for clause in clauses_of(part.shown)) == "春江花月夜海棠红"
    assert all(is_well_formed(part.shown, 7) for part in parts)


def has_data() -> bool:
    """Whether the poems are where training would look for them; they are not part of the project."""
    try:
        find_data(RECIPE.data)
    except DataError:
        return False
    return True


@pytest.mark.skipif(not has_data(), reason="the poems are not part of the project: set GATEVIZ_DATA")
@pytest.mark.parametrize("cell", CARDS)
def test_the_figure_in_the_card_is_that_of_the_held_out_poems(cell: CellName) -> None:
    held_out = RECIPE.read().held_out
    assert RECIPE.measure(load_pretrained("tang", cell), held_out, ()) == pytest.approx(
        CARDS[cell].metric.value, rel=1e-3
    )

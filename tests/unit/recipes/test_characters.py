"""A recipe from text to card, on a small text of our own."""

import dataclasses
import itertools
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional

from gateviz.data.baselines.ngrams import NGram
from gateviz.errors import DataError
from gateviz.pretrained.cards import ModelCard
from gateviz.recipes import recipe_of, sherlock, timemachine
from gateviz.recipes.characters import SAMPLE_CHARACTERS, CharacterRecipe
from gateviz.recipes.recipe import due_snapshots, snapshot_steps
from gateviz.results.trace import CELLS

PLAN = dataclasses.replace(timemachine.RECIPE.plan, steps=12, batch_size=2, warmup=2, evaluations=2)
SMALL: dict[str, Any] = {
    "hidden_size": dict.fromkeys(CELLS, 12),
    "embedding_size": 6,
    "window": 16,
    "time_lapse": False,
}
RECIPE = dataclasses.replace(timemachine.RECIPE, plan=PLAN, **SMALL)
TEXT = "".join(f"{n} green bottles hanging on the wall, and if {n % 7} should fall... " for n in range(40))


def trained(recipe: CharacterRecipe = RECIPE, text: str = TEXT) -> ModelCard:
    run = recipe.start("gru", text, seed=4)
    list(run.steps())
    return dataclasses.replace(run.card(), sha256="0" * 64)


@pytest.mark.parametrize("recipe", [timemachine.RECIPE, timemachine.EQUAL, sherlock.RECIPE], ids=lambda r: r.task)
def test_every_recipe_of_a_book_improves_in_a_few_steps(recipe: CharacterRecipe) -> None:
    plan = dataclasses.replace(PLAN, steps=60)
    run = dataclasses.replace(recipe, plan=plan, **SMALL).start("gru", TEXT, seed=0)
    first, *_, last = run.steps()
    assert last.loss < first.loss - 0.4


def test_the_card_tells_the_figures_of_the_held_out_part_alone() -> None:
    run = RECIPE.start("gru", TEXT, seed=4)
    list(run.steps())
    card, cut = run.card(), len(TEXT) * 9 // 10
    ids = run.model.encode(TEXT[cut:])
    with torch.no_grad():
        scores = run.model(torch.tensor([ids]))[0][0, :-1]
    expected = functional.cross_entropy(scores, torch.tensor(ids[1:])).item() / math.log(2)
    assert card.metric.value == pytest.approx(expected, abs=1e-4)
    ngram = NGram.fit(run.model.encode(TEXT[:cut]), len(card.vocabulary), 5)
    (baseline,), (passage,) = card.baselines, card.sample.texts
    assert baseline.value == pytest.approx(ngram.bits(ids), abs=1e-4)
    assert card.vocabulary == tuple(sorted(set(TEXT[:cut])))
    assert TEXT[cut:].startswith(passage)
    assert len(passage) <= SAMPLE_CHARACTERS
    assert f"{len(ids):,} characters" in card.metric.on


def test_the_card_repeats_the_recipe_and_is_one_that_can_be_read_back() -> None:
    card = trained()
    assert ModelCard.from_json(card.to_json()) == card
    assert (card.seed, card.steps, card.data) == (4, 12, RECIPE.data)
    assert card.recipe["command"] == "gateviz train timemachine --cell gru --seed 4"
    assert {field.name for field in dataclasses.fields(PLAN)} <= card.recipe.keys()


def test_another_number_of_steps_stands_in_the_command_of_the_card() -> None:
    run = RECIPE.start("rnn", TEXT, seed=0, steps=3)
    *_, last = run.steps()
    assert last.step == 3
    assert run.card().seconds == round(last.seconds, 1)
    assert run.card().recipe["command"] == "gateviz train timemachine --cell rnn --seed 0 --steps 3"


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    assert trained().metric == trained().metric
    run = RECIPE.start("gru", TEXT, seed=5)
    list(run.steps())
    assert run.card().metric != trained().metric


def test_a_character_that_only_the_held_out_part_has_is_unknown_and_not_scored() -> None:
    card = trained(text=TEXT + "☃")
    assert "☃" not in card.vocabulary
    assert math.isfinite(card.metric.value)
    assert math.isfinite(card.baselines[0].value)


def test_a_text_too_short_is_refused_with_the_length_it_needs() -> None:
    with pytest.raises(DataError, match="419 characters: timemachine needs at least 420"):
        RECIPE.start("gru", "a" * 419, seed=0)
    list(RECIPE.start("gru", "ab" * 210, seed=0).steps())


def test_a_book_of_paragraphs_is_read_in_passages_that_begin_with_a_sentence(tmp_path: Path) -> None:
    page = 'It was\nlate.\n\n"Who\nis it?" she said. Nobody answered.\n'
    (tmp_path / "book.txt").write_text(page * 30, encoding="utf-8")
    recipe = dataclasses.replace(sherlock.RECIPE, plan=PLAN, **SMALL)
    text = recipe.read(tmp_path / "book.txt")
    assert text.startswith('It was late.\n"Who is it?" she said. Nobody answered. It was late.')
    run = recipe.start("gru", text, seed=0)
    begun = [
        "".join(run.model.outputs[i] for i in row)
        for batch in itertools.islice(run.batches(torch.Generator().manual_seed(0)), 40)
        if batch.fresh
        for row in batch.inputs.tolist()
    ]
    assert {passage[:4] for passage in begun} == {"It w", '"Who', "Nobo"}


def test_the_card_tells_of_sentences_of_another_book() -> None:
    recipe = dataclasses.replace(RECIPE, elsewhere=("5 green bottles fall", '"on the wall" and "on"'))
    card = trained(recipe)
    run = recipe.start("gru", TEXT, seed=4)
    list(run.steps())
    run.card()
    sums = [recipe.measure(run.model, (text,), ()) * (len(text) - 1) for text in recipe.elsewhere]
    lengths = sum(len(text) - 1 for text in recipe.elsewhere)
    assert card.details["bits per character on 2 sentences of another book"] == pytest.approx(
        sum(sums) / lengths, abs=1e-4
    )
    assert card.details["interpolated 5-gram on 2 sentences of another book"] > 0
    assert "another book" not in " ".join(trained().details)


def test_a_task_without_a_recipe_is_answered_with_those_that_have_one() -> None:
    with pytest.raises(DataError, match="timemachine"):
        recipe_of("sherlok")


def test_the_baseline_is_the_best_of_the_orders() -> None:
    run = dataclasses.replace(RECIPE, ngram_orders=(1, 2, 5)).start("gru", TEXT, seed=0)
    ids, held_out = run.model.encode(run.training), run.model.encode(run.held_out)
    figures = {order: NGram.fit(ids, len(run.model.outputs), order).bits(held_out) for order in (1, 2, 5)}
    (baseline,) = run.figures().baselines
    assert baseline.value == min(figures.values())
    assert f"{min(figures, key=lambda order: figures[order])}-gram" in baseline.name


def test_a_time_lapse_keeps_the_start_the_end_and_steps_evenly_spaced_in_the_log() -> None:
    assert sorted(snapshot_steps(8000)) == [0, 1, 2, 6, 15, 36, 89, 220, 540, 1326, 3257, 8000]
    assert sorted(due_snapshots(timemachine.RECIPE, 8000)) == [0, 36, 220, 1326, 8000]
    run = dataclasses.replace(RECIPE, time_lapse=True).start("gru", TEXT, seed=0)
    start = run.model.head.weight.detach().clone()
    list(run.steps())
    assert sorted(run.snapshots) == [0, 12], "so short a training has none between"
    assert torch.equal(run.snapshots[0]["head.weight"], start.half())
    run.card()
    assert torch.equal(run.snapshots[12]["head.weight"].float(), run.model.head.weight)

"""The synthetic tasks: what they draw, what they hold out, and that the shipped models do what a task asks of them."""

import dataclasses
import datetime
from typing import Any

import numpy as np
import pytest
import torch

from gateviz.data.corpora import memory_tests
from gateviz.data.corpora.dates import is_held_out
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes import RECIPES, adding, brackets, copying, counting, dates, temporal_order
from gateviz.recipes.synthetic import SyntheticRecipe, next_tokens
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import IGNORED

SYNTHETIC: dict[str, SyntheticRecipe] = {
    task: recipe for task, recipe in RECIPES.items() if isinstance(recipe, SyntheticRecipe)
}
CARDS = {(card.task, card.cell): card for card in list_pretrained()}

# Each task made easy, so that a few seconds show whether its recipe learns.
EASY: dict[str, dict[str, Any]] = {
    "temporal-order": {"length": 10, "shortest": 10, "longest": 10},
    "temporal-order-100": {"length": 10, "shortest": 10, "longest": 10},
    "temporal-order-equal": {"length": 10, "shortest": 10, "longest": 10},
    "adding": {"length": 4, "shortest": 2},
    "counting": {},
    "copy": {"symbols": 2, "gap": 2},
    "brackets": {"length": 10},
}

each_task = pytest.mark.parametrize("task", SYNTHETIC)
shipped = pytest.mark.parametrize(
    "card", [card for card in CARDS.values() if card.task in SYNTHETIC], ids=lambda c: f"{c.task}-{c.cell}"
)


def easy(task: str, steps: int) -> SyntheticRecipe:
    plan = dataclasses.replace(SYNTHETIC[task].plan, steps=steps, batch_size=32, warmup=5, evaluations=1)
    return dataclasses.replace(SYNTHETIC[task], plan=plan, held_out_texts=20, time_lapse=False, **EASY[task])


@each_task
def test_every_recipe_improves_in_a_few_steps(task: str) -> None:
    losses = [step.loss for step in easy(task, 150).start("lstm", None, seed=0).steps()]
    assert np.mean(losses[-10:]) < 0.9 * np.mean(losses[:10])


@each_task
def test_the_same_seed_gives_the_same_weights_and_another_one_others(task: str) -> None:
    weights = []
    for seed in (1, 1, 2):
        run = easy(task, 3).start("gru", None, seed=seed)
        list(run.steps())
        weights.append(run.model.state_dict()["recurrent.weight_hh_l0"])
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


@each_task
def test_the_held_out_texts_are_the_same_for_every_run_and_can_be_read(task: str) -> None:
    recipe = SYNTHETIC[task]
    texts, answers = recipe.held()
    assert (texts, answers) == recipe.held()
    assert len(texts) == recipe.held_out_texts
    assert len(answers) in (0, len(texts))
    for text in texts[:20]:
        tokens = recipe.tokenizer.tokenize(text)
        assert "".join(token.text for token in tokens) == text
        assert all(token.known for token in tokens)


@shipped
def test_the_figure_in_the_card_is_that_of_the_shipped_model_on_all_held_out_texts(card: ModelCard) -> None:
    recipe, model = SYNTHETIC[card.task], load_pretrained(card.task, card.cell)
    assert recipe.measure(model, *recipe.held()) == pytest.approx(card.metric.value, rel=1e-3, abs=2e-3)


@pytest.mark.parametrize("task", sorted({task for task, _ in CARDS} & set(SYNTHETIC)))
def test_the_baselines_in_the_cards_are_those_of_all_held_out_texts(task: str) -> None:
    found = [score.value for score in SYNTHETIC[task].baselines(SYNTHETIC[task].held())]
    cards = [card for card in CARDS.values() if card.task == task]
    assert cards
    for card in cards:
        assert [baseline.value for baseline in card.baselines] == pytest.approx(found, abs=1e-3)


@pytest.mark.parametrize("task", [task for task in SYNTHETIC if (task, "lstm") in CARDS])
def test_the_gated_cells_reach_what_was_asked_and_the_rnn_is_told_as_it_is(task: str) -> None:
    rnn, lstm, gru = (CARDS[task, cell].metric.value for cell in CELLS)
    if task.startswith("temporal-order"):
        assert min(lstm, gru) >= 0.99
        assert rnn >= 0.99 if task == "temporal-order" else rnn < 0.3, "a plain RNN learns it if some texts are short"
    elif task == "adding":
        assert max(lstm, gru) < 0.01
        assert rnn > 4 * max(lstm, gru)
    elif task == "counting":
        assert lstm > 13 > gru >= 10
    else:
        assert min(lstm, gru) >= {"copy": 0.99, "brackets": 0.98}[task]


def test_other_seeds_and_lengths_are_answered_as_well() -> None:
    tasks = {
        "temporal-order": (12, 45, 60, 120),
        "temporal-order-equal": (45, 100),
        "temporal-order-100": (20, 80, 150),
    }
    for task, length in ((task, length) for task, lengths in tasks.items() for length in lengths):
        ids, answers = memory_tests.temporal_order(np.random.default_rng(77), 300, length)
        for cell in ("lstm", "gru"):
            if (task, cell) in CARDS:
                scores, _ = load_pretrained(task, cell)(torch.from_numpy(ids))
                assert (scores.argmax(dim=1).numpy() == answers).mean() >= 0.99


def test_an_order_is_answered_in_a_short_text_and_as_soon_as_the_second_signal_has_come() -> None:
    generator = np.random.default_rng(78)
    for cell in CELLS:
        model = load_pretrained("temporal-order", cell)
        for length in (2, 4, 9):
            ids, answers = memory_tests.temporal_order(generator, 100, length, places="any")
            for row, answer in zip(ids, answers, strict=True):
                text = "".join(memory_tests.ORDER_SYMBOLS[index] for index in row)
                at = max(text.rindex(symbol) for symbol in "XY" if symbol in text)
                guesses = model.logits(text)[at:].argmax(axis=1)
                assert (guesses == answer).all(), (cell, text)


def test_short_and_long_orders_are_drawn_as_often_as_each_other_by_the_logarithm_of_their_length() -> None:
    generator, recipe = np.random.default_rng(0), temporal_order.HUNDRED
    lengths = np.array([recipe.draw(generator, 1).inputs.shape[1] for _ in range(2000)])
    assert (lengths.min(), lengths.max()) == (recipe.shortest, recipe.longest)
    assert np.median(lengths) == pytest.approx((recipe.shortest * recipe.longest) ** 0.5, abs=2)


def test_one_batch_in_four_has_very_short_orders_where_the_answer_has_to_come_at_once() -> None:
    generator, recipe = np.random.default_rng(0), temporal_order.RECIPE
    lengths = np.array([recipe.draw(generator, 1).inputs.shape[1] for _ in range(2000)])
    least, most = temporal_order.TYPED_LENGTHS
    assert (lengths.min(), lengths.max()) == (least, recipe.longest)
    assert (lengths < recipe.shortest).mean() == pytest.approx((10 - least) / (most + 1 - least) / 4, abs=0.03)


def test_the_trio_of_equal_parameters_differs_by_less_than_three_per_cent() -> None:
    recipe = temporal_order.EQUAL
    counts = [sum(p.numel() for p in recipe.start(cell, None, seed=0).model.parameters()) for cell in CELLS]
    assert max(counts) / min(counts) < 1.03


def test_unknown_symbols_are_shown_in_place_of_those_that_mean_nothing_and_of_no_other() -> None:
    batch = temporal_order.RECIPE.draw(np.random.default_rng(0), 500)
    unknown = temporal_order.RECIPE.tokenizer.unknown
    share = (batch.inputs == unknown).float().mean().item()
    assert share == pytest.approx(temporal_order.UNKNOWN_SHARE, abs=0.01)
    assert (((batch.inputs == 4) | (batch.inputs == 5)).sum(dim=1) == 2).all()


def test_the_strings_that_are_held_out_of_copying_are_never_drawn() -> None:
    held = {text.split(".")[0] for text in copying.RECIPE.held()[0]}
    generator = np.random.default_rng(0)
    drawn = set()
    for _ in range(200):
        inputs = copying.RECIPE.draw(generator, 64).inputs
        drawn |= {
            "".join(memory_tests.COPY_ALPHABET[index] for index in row).split(".")[0].split(">")[0] for row in inputs
        }
    assert not held & drawn
    assert len(held) == pytest.approx(1024 / 8, rel=0.3)
    assert {len(string) for string in drawn} == {1, 2, 3, 4, 5}


def test_only_the_recall_is_asked_of_copying() -> None:
    batch = copying.RECIPE.draw(np.random.default_rng(3), 8)
    asked = (batch.targets != IGNORED)[0]
    symbols = int(asked.sum())
    assert asked.tolist() == [False] * (len(asked) - symbols) + [True] * symbols
    assert torch.equal(batch.targets[:, -symbols:], batch.inputs[:, :symbols])


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_after_each_number_the_answer_is_the_sum_so_far(cell: CellName) -> None:
    numbers, sums = memory_tests.adding(np.random.default_rng(79), 300, 20, marks="any")
    with torch.no_grad():
        said = load_pretrained("adding", cell)(torch.from_numpy(numbers))[0][..., 0].numpy()
    error, marked = np.abs(said - sums), numbers[..., 1].cumsum(axis=1)
    assert error[marked == 0].mean() < 0.03, "before any mark it says nothing of the numbers to come"
    assert error.mean() < 0.05


def test_the_sums_of_the_typed_numbers_are_right_and_a_sixth_is_computed() -> None:
    held = texts, answers = adding.RECIPE.held()
    for text, answer in zip(texts[:50], answers, strict=False):
        marked = [float(word[:-1]) for word in text.split() if word.endswith("*")]
        assert len(marked) == 2
        assert float(answer) == pytest.approx(sum(marked))
    assert adding.uniform_variance() == pytest.approx(np.random.default_rng(0).random(1_000_000).var(), rel=1e-2)
    theory, always_one = adding.RECIPE.baselines(held)
    assert theory.value == pytest.approx(1 / 6)
    assert always_one.value == pytest.approx(np.square(np.array(list(map(float, answers))) - 1).mean())


def test_a_counter_is_as_good_as_its_first_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    model = counting.RECIPE.start("gru", None, seed=0).model
    for wrong, longest in ((4, 3.0), (1, 0.0), (99, 8.0)):
        monkeypatch.setattr(
            counting, "are_counted", lambda _, texts, wrong=wrong: [text.count("a") != wrong for text in texts]
        )
        texts = [f"{'a' * n}{'b' * n}." for n in (8, *range(1, 8))]
        assert counting.RECIPE.measure(model, texts, ()) == longest


def test_a_model_that_scores_the_right_bracket_higher_is_right_and_one_that_cannot_know_is_a_coin() -> None:
    recipe = brackets.RECIPE
    model = recipe.start("gru", None, seed=0).model
    texts, _ = recipe.held()
    assert recipe.measure(model, texts, ()) == pytest.approx(0.5, abs=0.05)
    with torch.no_grad():
        model.head.weight.zero_()
        model.head.bias.copy_(torch.tensor([0.0, 1.0, 0.0, 0.0]))  # always a round one
    closing = "".join(symbol for text in texts for symbol in text if symbol in ")]")
    assert recipe.measure(model, texts, ()) == pytest.approx(closing.count(")") / len(closing))
    assert brackets.chosen_brackets(model, ["([])"]) == [(2, False), (1, True)]


def test_a_batch_of_texts_asks_for_what_comes_next_and_for_no_padding() -> None:
    batch = next_tokens([(1, 2, 3), (4, 5)])
    assert batch.inputs.tolist() == [[1, 2], [4, 0]]
    assert batch.targets.tolist() == [[2, 3], [5, IGNORED]]
    assert next_tokens([(1, 2, 3)], [range(2, 3)]).targets.tolist() == [[IGNORED, 3]]


def test_a_batch_of_dates_shows_the_decoder_what_it_should_have_written_one_step_late() -> None:
    run = dates.RECIPE.start("gru", None, seed=0)
    batch = run.batch([("3 May 1999", "1999-05-03", ""), ("hello", dates.NO_ANSWER, "")])
    assert batch.written is not None
    assert batch.lengths is not None
    assert batch.lengths.tolist() == [10, 5]
    written = ["".join(dates.LABELS[index] for index in row) for row in batch.written.tolist()]
    asked = ["".join(dates.LABELS[index] for index in row if index != IGNORED) for row in batch.targets.tolist()]
    assert written == ["¶1999-05-03", "¶?" + "¶" * 9]
    assert asked == ["1999-05-03¶", "?¶"]


def test_no_held_out_date_is_trained_on() -> None:
    run = dates.RECIPE.start("gru", None, seed=0)
    batches = run.batches(torch.Generator().manual_seed(0))
    for _ in range(30):
        for row in next(batches).targets.tolist():
            iso = "".join(dates.LABELS[index] for index in row if index != IGNORED).removesuffix("¶")
            assert iso == dates.NO_ANSWER or not is_held_out(datetime.date.fromisoformat(iso))
    held = [iso for _, iso, _ in run.held if iso != dates.NO_ANSWER]
    assert all(is_held_out(datetime.date.fromisoformat(iso)) for iso in held)
    assert len(held) == pytest.approx(0.75 * len(run.held), abs=60)


@pytest.mark.parametrize("cell", [cell for cell in CELLS if ("dates", cell) in CARDS])
def test_the_shipped_models_read_dates(cell: CellName) -> None:
    card, model = CARDS["dates", cell], load_pretrained("dates", cell)
    held = dates.RECIPE.held()
    figure = dates.RECIPE.measure(model, [text for text, _, _ in held], [iso for _, iso, _ in held])
    assert figure == pytest.approx(card.metric.value, abs=5e-3)
    if cell != "rnn":
        assert figure >= 0.98
        texts = {"31 December 1999": "1999-12-31", "12/25/97": "1997-12-25", "Feb 30 1997": "?", "hi there": "?"}
        assert model.write_all(tuple(texts)) == list(texts.values())

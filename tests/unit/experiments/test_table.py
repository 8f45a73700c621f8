"""The table of the papers' experiments: what is run, when a run ends, and what is said of it."""

import csv
import io

import numpy as np
import pytest

from gateviz import cli
from gateviz.errors import InputError
from gateviz.experiments.latch import CLASSES, TELLING, latch_recipe
from gateviz.experiments.sizes import sizes
from gateviz.experiments.table import CONFIGURATIONS, EXPERIMENTS, Job, Row, as_csv, jobs, remaining, summary
from gateviz.experiments.table_runs import run_one
from gateviz.training.scoring import accuracy


def test_every_cell_and_bias_is_run_with_every_seed() -> None:
    found = jobs(seeds=2)
    assert len(found) == len(EXPERIMENTS) * len(CONFIGURATIONS) * 2 == len(set(found))
    assert {job.steps for job in jobs(["copy"], 1, steps=7)} == {7}


@pytest.mark.parametrize(("names", "seeds"), [(("chess",), 1), (("copy",), 0)])
def test_what_cannot_be_run_is_refused(names: tuple[str, ...], seeds: int) -> None:
    with pytest.raises(InputError):
        jobs(names, seeds)


def test_only_the_first_numbers_of_a_latch_tell_its_class() -> None:
    recipe = latch_recipe(40, None, 1, sizes("units", 4, 1, 2))
    batch = recipe.draw(np.random.default_rng(0), 4000)
    numbers, classes = batch.inputs.numpy()[..., 0], batch.targets.numpy()
    told = np.array([numbers[classes == one].mean(axis=0) for one in (0, 1)])
    np.testing.assert_allclose(told[:, :TELLING], [[-1] * TELLING, [1] * TELLING], atol=0.05)
    np.testing.assert_allclose(told[:, TELLING:], 0, atol=0.05)
    np.testing.assert_allclose(numbers[:, TELLING:].var(), 0.2, atol=0.01)
    held = recipe.held()
    first = [float(text.split()[0]) for text in held.texts]
    right = [CLASSES[value > 0] == answer for value, answer in zip(first, held.answers, strict=True)]
    assert np.mean(right) > 0.95, "what is written can be told from"


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_run_ends_with_its_budget_and_says_the_held_out_figure(name: str) -> None:
    row = run_one(Job(name, "gru", None, 0, 3))
    assert (row.steps, row.passed, row.forget_bias) == (3, False, "")
    assert np.isfinite(row.figure)


def test_a_run_ends_as_soon_as_it_passes() -> None:
    row = run_one(Job("latch", "lstm", 3.0, 0, 1000))
    assert row.passed
    assert row.steps < 1000
    assert row.steps % 25 == 0
    assert row.figure >= 0.99
    assert row.forget_bias == "3"


ROWS = [
    Row("latch", "rnn", "", 0, False, 100, 4.0, 0.5),
    Row("latch", "lstm", "3", 0, True, 50, 2.0, 1.0),
    Row("latch", "lstm", "3", 1, False, 100, 6.0, 0.7),
]


def test_what_is_left_begins_with_the_first_seed_of_all_experiments() -> None:
    wanted = jobs(("latch", "copy"), 2)
    left = remaining(ROWS, wanted)
    assert len(left) == len(wanted) - len(ROWS)
    assert [job.seed for job in left] == sorted(job.seed for job in left)
    assert {job.experiment for job in left if job.seed == 0} == {"latch", "copy"}
    assert not any((job.experiment, job.cell, job.forget_bias) == ("latch", "lstm", 3.0) for job in left)


def test_the_summary_counts_who_passed_and_quotes_the_papers() -> None:
    lines = summary(ROWS).splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["rnn", "0", "of", "1", "100", "4.0", "0.500"],
        ["lstm", "3", "1", "of", "2", "50", "2.0", "1.000"],
    ]
    assert any("Hochreiter and Schmidhuber 1997" in line for line in lines)
    with pytest.raises(InputError):
        summary([])


def test_the_csv_has_a_line_for_each_run() -> None:
    read = list(csv.DictReader(io.StringIO(as_csv(ROWS))))
    assert len(read) == 3
    assert read[1] == {
        "experiment": "latch", "cell": "lstm", "forget_bias": "3", "seed": "0", "passed": "True", "steps": "50",
        "seconds": "2.0", "figure": "1.0",
    }  # fmt: skip


def test_the_command_names_the_experiments_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["table", "--only", "chess"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in EXPERIMENTS)


def test_the_latch_is_scored_as_any_classifier_is() -> None:
    recipe = latch_recipe(10, None, 1, sizes("units", 4, 1, 2))
    run = recipe.start("rnn", None, seed=0)
    assert run.score() == accuracy(run.model, *recipe.held())

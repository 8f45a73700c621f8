"""What holds of every recipe: a wrong argument is one sentence, and so is a file that is missing or not needed."""

from pathlib import Path
from typing import Any

import pytest

from gateviz.recipes import RECIPES, recipe_of
from gateviz.recipes.recipe import Recipe, snapshot_steps
from tests.refusals import refusal

each_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.task)


@pytest.mark.parametrize("given", [None, "", 3, ["tang"], "Tang", b"tang", ...], ids=repr)
def test_a_task_without_a_recipe_is_answered_with_those_that_have_one(given: Any) -> None:
    assert "tang" in refusal(recipe_of, given)


@each_recipe
def test_cell_seed_and_steps_are_checked_before_the_data(recipe: Recipe) -> None:
    for cell in (None, "elman", 3, ["gru"]):
        refusal(recipe.start, cell, None, seed=0)
    for number in (None, True, -1, 1.5, "1", [1], ...):
        refusal(recipe.start, "gru", None, seed=number)
        if number is not None:
            refusal(recipe.start, "gru", None, seed=0, steps=number)
    refusal(recipe.start, "gru", None, seed=0, steps=0)


@each_recipe
def test_a_file_that_is_not_there_or_not_needed_is_one_sentence(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GATEVIZ_DATA", raising=False)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "empty").mkdir()
    wrong: list[Any] = ["nowhere", "binary", "empty", 3, ["binary"]]
    for given in wrong:
        refusal(recipe.read, Path(given) if isinstance(given, str) else given)
    if recipe.data.file:
        refusal(recipe.read)


def test_snapshots_are_taken_at_the_start_at_the_end_and_evenly_in_the_log_of_the_step_between() -> None:
    assert sorted(snapshot_steps(1000)) == [0, 1, 2, 4, 8, 16, 32, 63, 126, 251, 501, 1000]
    assert sorted(snapshot_steps(2)) == [0, 1, 2]
    assert sorted(snapshot_steps(1000, first=30)) == [0, 32, 63, 126, 251, 501, 1000]
    assert sorted(snapshot_steps(8000, first=30, count=7)) == [0, 36, 220, 1326, 8000]
    assert sorted(snapshot_steps(5, first=30)) == [0, 5], "what is left out is never the end"

"""A card measured anew by the command: what is measured is put right, what tells how the model was made stays."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from gateviz.cli import main
from gateviz.pretrained.files import save_card
from gateviz.pretrained.folder import VARIABLE, find_card, pretrained_folder
from gateviz.results.trace import CELLS


def test_figures_are_put_right_and_the_seeds_and_the_recipe_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(pretrained_folder() / "temporal-order", tmp_path / "temporal-order")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    right = find_card("temporal-order", "gru")
    kept = {name: value for name, value in right.details.items() if ", seeds " in name}
    assert kept
    wrong = dataclasses.replace(
        right,
        metric=dataclasses.replace(right.metric, value=0.123),
        details={"old": 1.0, **kept},
        recipe={"command": "as it was made"},
        seconds=1.0,
    )
    save_card(wrong, tmp_path)
    assert find_card("temporal-order", "gru") == wrong
    assert main(["measure", "temporal-order"]) == 0
    assert find_card("temporal-order", "gru") == dataclasses.replace(right, recipe=wrong.recipe, seconds=1.0)
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"temporal-order/{cell}" for cell in CELLS
    ]


def test_what_is_no_task_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "nothing"]) == 2
    assert "there is no recipe for 'nothing'" in capsys.readouterr().err

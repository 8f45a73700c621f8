"""Three cells learn in turn: the film tells it, an explosion is shown as what it is, and what is kept can be opened."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gateviz.experiments.film import frame_steps
from gateviz.experiments.settings import OWN_TEXT, usual
from gateviz.experiments.trio import Trio
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS

SHORT = replace(usual("counting"), steps=60, length=3)


def test_a_film_has_its_frames_and_ends_with_models_that_open_as_others_do(tmp_path: Path) -> None:
    trio = Trio(SHORT)
    frames = [frame for _, frame in trio.steps() if frame is not None]
    assert tuple(frame["step"] for frame in frames) == frame_steps(60)
    json.dumps(frames, allow_nan=False)
    trio.keep("trained-1", str(tmp_path))
    for cell in CELLS:
        last = frames[-1]["cells"][cell]
        card = find_card("trained-1", cell, tmp_path)
        model = load_pretrained("trained-1", cell, tmp_path)
        assert card.recipe["length"] == 3
        assert card.steps == 60
        assert card.metric.value == pytest.approx(last["score"])
        assert model.cell == cell
        assert last["seconds"] > 0
    assert header_of(trio)["units"] == dict.fromkeys(CELLS, 8)


def test_the_film_scores_as_the_recipe_does() -> None:
    for cell, learner in Trio(replace(usual("hometown"), length=8)).cells.items():
        assert learner.score() == learner.run.score(), cell


def header_of(trio: Trio) -> dict[str, dict[str, int]]:
    return trio.header()


def test_the_same_settings_give_the_same_film_and_another_seed_another_one() -> None:
    def losses(seed: int) -> list[float | None]:
        frames = [frame for _, frame in Trio(replace(SHORT, steps=5, seed=seed)).steps() if frame is not None]
        return [frame["cells"][cell]["loss"] for frame in frames for cell in CELLS]

    assert losses(0) == losses(0) != losses(1)


def test_what_is_learnt_is_said_with_the_step_at_which_it_was() -> None:
    trio = Trio(replace(usual("brackets"), length=6, steps=60))
    there = {cell: frame["cells"][cell]["there"] for _, frame in trio.steps() if frame is not None for cell in CELLS}
    assert there["gru"] is not None, "six brackets are soon learnt"
    step, seconds = there["gru"]
    assert 0 < step <= 60
    assert 0 < seconds <= trio.cells["gru"].seconds


def test_a_cell_that_explodes_is_said_to_and_the_others_go_on() -> None:
    trio = Trio(replace(SHORT, steps=20))
    weights = next(trio.cells["rnn"].run.model.parameters()).data
    for step, frame in trio.steps():
        if step == 4:
            weights.fill_(float("nan"))
        if frame is not None:
            json.dumps(frame, allow_nan=False)
            last = frame
    assert last["step"] == 20
    assert last["cells"]["rnn"]["exploded"] == 5
    assert "maps" not in last["cells"]["rnn"]
    assert last["cells"]["lstm"]["exploded"] is None
    assert set(trio.learning) == {"lstm", "gru"}


def test_a_text_of_ones_own_is_learnt_and_written(tmp_path: Path) -> None:
    text = "the cat sat on the mat. the dog sat on the log. " * 30
    trio = Trio(replace(usual(OWN_TEXT, text), steps=40, units=16))
    frames = [frame for _, frame in trio.steps() if frame is not None]
    first, last = (frame["cells"]["gru"] for frame in (frames[0], frames[-1]))
    assert last["score"] < first["score"]
    assert set(last["written"]) <= set(text)
    assert len(last["written"]) == 80
    trio.keep("trained-2", str(tmp_path))
    assert load_pretrained("trained-2", "lstm", tmp_path).tokenize("the cat")[0].known
    assert text not in (tmp_path / "trained-2" / "lstm" / "card.json").read_text(encoding="utf-8")

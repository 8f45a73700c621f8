"""The films of the trainings that ship: the snapshots of a time lapse, as frames like those of a training that runs."""

from typing import Any

from gateviz.errors import PretrainedError
from gateviz.experiments.film import SHOWN, frame_of, loss_step
from gateviz.experiments.settings import usual
from gateviz.experiments.tasks import Probe, probe_for
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import load_pretrained, load_timelapse
from gateviz.pretrained.folder import find_card, names, pretrained_folder
from gateviz.recipes import recipe_of


def shipped_film(task: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The header and the frames of a task's models as they ship, ready for JSON.

    Where no snapshots ship there is one frame, of the trained models. The losses and norms of the training did not ship
    and are None; the score is that of the sample that the cards quote.

    Args:
        task: one that can be trained here (`settings.LENGTHS`), whose models ship.

    Raises:
        PretrainedError: they are missing or damaged.
    """
    probe = probe_for(usual(task))
    cells = [cell for name, cell in names(pretrained_folder()) if name == task]
    cards = {cell: find_card(task, cell) for cell in cells}
    if not cards:
        raise PretrainedError(f"there are no models of {task!r}: give a task that ships.")
    models = {cell: dict(load_timelapse(task, cell) if card.timelapse else _end(card)) for cell, card in cards.items()}
    steps = sorted(set.intersection(*(set(snapshots) for snapshots in models.values())))
    frames = [
        {"step": step, "cells": {cell: _part(models[cell][step], card, probe) for cell, card in cards.items()}}
        for step in steps
    ]
    tokens = models[cells[0]][steps[-1]].tokenize(probe.text)
    header = {
        "task": task,
        "tokens": [token.text for token in tokens],
        "loss_at": loss_step(models[cells[0]][steps[-1]], probe),
        "right": probe.answer or tokens[-1].text,
        "steps": cards[cells[0]].steps,
        "clip": None,
        "signals": {cell: list(SHOWN[cell]) for cell in cells},
        "units": {cell: card.config.hidden_size for cell, card in cards.items()},
        "parameters": {cell: card.parameters for cell, card in cards.items()},
    }
    return header, frames


def _end(card: ModelCard) -> list[tuple[int, SequenceModel]]:
    return [(card.steps, load_pretrained(card.task, card.cell))]


def _part(model: SequenceModel, card: ModelCard, probe: Probe) -> dict[str, Any]:
    score = recipe_of(card.task).measure(model, card.sample.texts, card.sample.answers)
    known = {"loss": None, "norm": None, "seconds": None, "exploded": None, "there": None, "written": ""}
    return {**known, **frame_of(model, probe), "score": score}

"""The three cells of a training, which take their steps in turn: one timeline for all, and the film of it."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from gateviz.experiments.film import SHOWN, frame_of, frame_steps, loss_step, number
from gateviz.experiments.kept_cards import card_of
from gateviz.experiments.scores import scorer
from gateviz.experiments.settings import OWN_TEXT, Settings
from gateviz.experiments.tasks import data_for, passes, probe_for, recipe_for
from gateviz.models.generation import generate
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import save_pretrained
from gateviz.recipes.recipe import TrainingRun
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import TrainStep

SAMPLE_TOKENS = 80


@dataclass
class Learner:
    """One cell of a training."""

    run: TrainingRun
    steps: Iterator[TrainStep]
    score: Callable[[], float]
    """The held-out figure of its model as it is now."""
    seconds: float = 0.0
    """Of its own training, without the other cells and the film."""
    losses: list[float] = field(default_factory=list)
    """Since the last frame."""
    norms: list[float] = field(default_factory=list)
    """Of the gradient, before clipping, since the last frame."""
    there: tuple[int, float] | None = None
    """After which step and how many seconds it had learnt the task."""
    exploded: int | None = None
    """At which step its weights stopped being numbers."""


class Trio:
    """Three models of the same settings."""

    def __init__(self, settings: Settings) -> None:
        data = data_for(settings)
        self.settings = settings
        self.probe = probe_for(settings)
        self.step = 0
        self.cells: dict[CellName, Learner] = {}
        for cell in CELLS:
            run = recipe_for(settings, cell).start(cell, data, seed=settings.seed)
            self.cells[cell] = Learner(run, run.steps(), scorer(run))

    @property
    def learning(self) -> dict[CellName, Learner]:
        """Those that have not exploded."""
        return {cell: learner for cell, learner in self.cells.items() if learner.exploded is None}

    def header(self) -> dict[str, Any]:
        """What all frames have in common, ready for JSON."""
        model = self.cells["lstm"].run.model
        return {
            "task": self.settings.task,
            "tokens": [token.text for token in model.tokenize(self.probe.text)],
            "loss_at": loss_step(model, self.probe),
            "right": self.probe.answer or model.tokenize(self.probe.text)[-1].text,
            "steps": self.settings.steps,
            "clip": self.settings.clip,
            "signals": {cell: list(names) for cell, names in SHOWN.items()},
            "units": {cell: learner.run.model.config.hidden_size for cell, learner in self.cells.items()},
            "parameters": {
                cell: sum(each.numel() for each in learner.run.model.parameters())
                for cell, learner in self.cells.items()
            },
        }

    def steps(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Train all three, step by step: (step, a frame where one is due), from step 0 on."""
        due = frozenset(frame_steps(self.settings.steps))
        yield 0, self.frame()
        for step in range(1, self.settings.steps + 1):
            self.step = step
            for learner in self.learning.values():
                self._learn(learner)
            yield step, self.frame() if step in due else None
            if not self.learning:
                return

    def _learn(self, learner: Learner) -> None:
        began = time.perf_counter()
        step = next(learner.steps)
        learner.seconds += time.perf_counter() - began
        learner.losses.append(step.loss)
        learner.norms.append(step.gradient_norm)
        if not (math.isfinite(step.loss) and math.isfinite(step.gradient_norm)):
            learner.exploded = step.step

    def frame(self) -> dict[str, Any]:
        """The film's next frame, ready for JSON."""
        return {"step": self.step, "cells": {cell: self._part(cell) for cell in self.cells}}

    def _part(self, cell: CellName) -> dict[str, Any]:
        learner = self.cells[cell]
        losses, learner.losses = learner.losses, []
        norms, learner.norms = learner.norms, []
        known = {
            "loss": number(sum(losses) / len(losses)) if losses else None,
            "norm": number(max(norms)) if norms else None,
            "seconds": learner.seconds,
            "exploded": learner.exploded,
        }
        model = learner.run.model
        if learner.exploded is not None:
            return known
        model.eval()
        with torch.no_grad():
            score = learner.score()
        if learner.there is None and passes(self.settings, score):
            learner.there = (self.step, learner.seconds)
        return {
            **known,
            **frame_of(model, self.probe),
            "score": score,
            "there": learner.there,
            "written": self._written(model),
        }

    def _written(self, model: SequenceModel) -> str:
        """What the model would write, for a text of one's own."""
        if self.settings.task != OWN_TEXT:
            return ""
        return "".join(token.text for token in generate(model, self.probe.text[:1], max_steps=SAMPLE_TOKENS, seed=0))

    def keep(self, name: str, folder: str) -> None:
        """Write the models that have not exploded below `folder`, as the task `name`, each with a card."""
        for learner in self.learning.values():
            card = card_of(learner.run, name, self.settings, self.step, learner.seconds)
            save_pretrained(learner.run.model, card, Path(folder))

"""The runs of the papers' table: each trains one model, with one thread of torch.

rows = list(run(jobs(seeds=3)))
print(summary(rows))            # or as_csv(rows)
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import torch

from gateviz.experiments.latch import latch_recipe
from gateviz.experiments.pool import worker_count
from gateviz.experiments.settings import usual
from gateviz.experiments.sizes import sizes
from gateviz.experiments.table import Job, Row
from gateviz.experiments.tasks import passes, recipe_for
from gateviz.recipes.recipe import TrainingRun

LOOK_EVERY = 25
"""Steps between two looks at the figure."""
LATCH_LENGTH, LATCH_PASS = 100, 0.99


def run(wanted: Sequence[Job], workers: int | None = None) -> Iterator[Row]:
    """Do the runs, as many at a time as the machine bears, and give each result in the order of the jobs."""
    with ProcessPoolExecutor(workers or worker_count(), get_context("spawn"), initializer=_one_thread) as executor:
        futures = [executor.submit(run_one, job) for job in wanted]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


def _one_thread() -> None:
    torch.set_num_threads(1)


def run_one(job: Job, after_step: Callable[[int], None] | None = None) -> Row:
    """Train until the figure passes, or the budget ends; `after_step` may raise, which ends the run without a row."""
    started = _started(job)
    began = time.perf_counter()
    figure, taken = started.score(), 0
    for step in started.steps():
        taken = step.step
        if after_step:
            after_step(taken)
        if taken % LOOK_EVERY == 0 or taken == job.steps:
            figure = started.score()
            if _passes(job, figure):
                break
    seconds = round(time.perf_counter() - began, 1)
    return Row(job.experiment, job.cell, job.bias, job.seed, _passes(job, figure), taken, seconds, round(figure, 4))


def _started(job: Job) -> TrainingRun:
    if job.experiment == "latch":
        recipe = latch_recipe(LATCH_LENGTH, job.forget_bias, job.steps, sizes("units", 16, 1, 2))
        return recipe.start(job.cell, None, seed=job.seed)
    settings = replace(usual(job.experiment), forget_bias=job.forget_bias, seed=job.seed)
    return recipe_for(settings, job.cell).start(job.cell, None, seed=job.seed, steps=job.steps)


def _passes(job: Job, figure: float) -> bool:
    return figure >= LATCH_PASS if job.experiment == "latch" else passes(usual(job.experiment), figure)

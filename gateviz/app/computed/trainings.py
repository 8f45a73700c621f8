"""The pool of trainings of this server, and the films that its pages show."""

import json
import threading
import time
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

from gateviz.app.state import available
from gateviz.experiments.pool import Pool, Training
from gateviz.experiments.settings import LENGTHS, OWN_TEXT, Settings
from gateviz.experiments.table import Row

SHIPPED = "shipped-"
"""The film of the models that ship is called so, with the task behind it."""

_lock = threading.Lock()
_pools: list[Pool] = []


def pool() -> Pool:
    """The pool of this process."""
    with _lock:
        if not _pools:
            _pools.append(Pool())
        return _pools[0]


def close_pool() -> None:
    """Stop all trainings, if there ever was one; another call of `pool` makes a new one."""
    with _lock:
        for each in _pools:
            each.close()
        _pools.clear()


def trainable() -> tuple[str, ...]:
    """The tasks that can be trained on the page: those whose models ship, for the first film; and own text."""
    there = available.models()
    return (*(task for task in LENGTHS if task in there), OWN_TEXT)


def find(name: str) -> Training | None:
    """The training of that name that has a film, which a table has not."""
    training = pool().find(name)
    return training if training and isinstance(training.settings, Settings) else None


def look_at(name: str) -> Training | None:
    """What the pool has under that name, which is kept in the queue as long as somebody looks at it."""
    training = pool().find(name)
    if training:
        training.seen = time.monotonic()
    return training


def rows(names: Sequence[str]) -> list[Row]:
    """What the runs of these tables have come to so far, as long as the pool knows them."""
    found = [pool().find(name) for name in names]
    return [Row(**json.loads(frame)) for table in found if table for frame in table.frames]


def film(name: str, first: int) -> dict[str, Any] | None:
    """What there is to tell of a film, with its frames from `first` on, ready for JSON; None if there is no such film.

    "problem" is a GatevizError, or None.
    """
    if name.startswith(SHIPPED):
        task = name.removeprefix(SHIPPED)
        if task not in trainable() or task == OWN_TEXT:
            return None
        header, frames = _shipped(task)
        known = {
            "state": "ended",
            "reason": "shipped",
            "problem": None,
            "place": 0,
            "wait": 0.0,
            "step": header["steps"],
        }
        return {**known, "seconds": None, "left": None, "header": header, "first": first, "frames": frames[first:]}
    training = find(name)
    if training is None:
        return None
    training.seen = time.monotonic()
    return _of(training, first)


def _of(training: Training, first: int) -> dict[str, Any]:
    asked = pool()
    return {
        "state": training.state,
        "reason": training.reason,
        "problem": training.problem,
        "place": asked.place(training),
        "wait": asked.wait(training),
        "step": training.step,
        "seconds": training.seconds,
        "left": training.seconds_left,
        "header": json.loads(training.film_header) if training.film_header else None,
        "first": first,
        "frames": [json.loads(frame) for frame in training.frames[first:]],
    }


def film_text(name: str) -> str:
    """The text that the models of a visitor's film read."""
    training = pool().find(name)
    return "" if training is None else "".join(json.loads(training.film_header)["tokens"])


def zipped(name: str) -> bytes:
    """The models of a training as a zip file of folders such as `gateviz train` writes them."""
    files = BytesIO()
    with zipfile.ZipFile(files, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((pool().folder / name).rglob("*")):
            if path.is_file():
                archive.writestr(path.relative_to(pool().folder).as_posix(), path.read_bytes())
    return files.getvalue()


@lru_cache(maxsize=16)
def _shipped(task: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Some 0.6 s, once a process."""
    from gateviz.experiments.shipped import shipped_film  # noqa: PLC0415

    return shipped_film(task)

"""What runs in a worker process: a trio is trained step by step, and tells its film while it learns; or a table is run.

The process works for one training at a time. It listens to its link between two steps, so that a stop takes effect
within one; it never has more than one thread of torch and gives way to the server.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

PAUSE_LIMIT = 120.0
"""Seconds: a training that stands still for longer ends, because others wait for its process."""

PROGRESS_INTERVAL = 0.25
NICENESS = 10

_link: list[Connection] = []


def begin(link: Connection) -> None:
    """Prepare the process: it gives way to others, ends with its parent, and leaves Ctrl-C to it."""
    _link[:] = [link]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def is_ready() -> bool:
    """Whether the process answers."""
    import gateviz.recipes  # noqa: F401, PLC0415  takes a second

    return True


class Stopped(Exception):  # noqa: N818  it is no error
    """Somebody stopped the training, or it took too long; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Talk:
    """What a training says to the server and hears from it."""

    link: Connection
    name: str
    """Of the training: what was meant for another one is not heard."""
    limit: float
    """Seconds of training."""
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def tell(self, kind: str, value: object) -> None:
        """Send something."""
        self.link.send((self.name, kind, value))

    def progress(self, step: int) -> None:
        """Say how far the training is, now and then."""
        now = time.monotonic()
        if now - self.told >= PROGRESS_INTERVAL:
            self.told = now
            self.tell("step", step)

    def listen(self) -> None:
        """Do what was asked meanwhile.

        Raises:
            Stopped: to be stopped, or the time is over.
        """
        if time.monotonic() - self.began > self.limit:
            raise Stopped("limit")
        while self.link.poll():
            self._obey(self._heard())

    def _obey(self, word: str) -> None:
        if word == "stop":
            raise Stopped("stopped")
        if word != "pause":
            return
        paused = time.monotonic()
        self.tell("paused", True)
        while word not in ("resume", "stop"):
            left = PAUSE_LIMIT - (time.monotonic() - paused)
            word = self._heard() if self.link.poll(max(0.0, left)) else "long"
            if word == "long":
                raise Stopped("pause")
        self.began += time.monotonic() - paused
        if word == "stop":
            raise Stopped("stopped")
        self.tell("paused", False)

    def _heard(self) -> str:
        name, word = self.link.recv()
        return word if name == self.name else ""


def train(name: str, settings: Any, folder: str, limit: float) -> Any:
    """Train the trio of these settings, and keep it below `folder` as the models of the task `name`.

    Args:
        name: of the training.
        settings: a `Settings`; or a `Table`, whose rows are told and nothing is kept.
        folder: where models are written.
        limit: seconds until it ends by itself.

    Returns:
        Why it ended: "done", "stopped", "limit", "pause" (for too long) or "exploded" (all three).

    Raises:
        GatevizError: the settings cannot be trained with.
    """
    from gateviz.experiments.table import Table  # noqa: PLC0415
    from gateviz.experiments.trio import Trio  # noqa: PLC0415

    talk = Talk(_link[0], name, limit)
    if isinstance(settings, Table):
        return _run_table(settings, talk)
    trio = Trio(settings)
    talk.tell("begin", json.dumps(trio.header()).encode())
    reason = "done"
    try:
        for step, frame in _films(trio, talk):
            talk.progress(step)
            if frame is not None:
                talk.tell("frame", json.dumps(frame, allow_nan=False).encode())
    except Stopped as end:
        reason = end.reason
        talk.tell("frame", json.dumps(trio.frame(), allow_nan=False).encode())
    if not trio.learning:
        return "exploded"
    trio.keep(name, folder)
    return reason


def _films(trio: Any, talk: Talk) -> Iterator[tuple[int, dict[str, Any] | None]]:
    for step, frame in trio.steps():
        yield step, frame
        talk.listen()


def _run_table(table: Any, talk: Talk) -> str:
    """Run by run. The steps that a run saved count as done."""
    from gateviz.experiments.table_runs import run_one  # noqa: PLC0415

    done = 0

    def after_step(step: int) -> None:
        talk.listen()
        talk.progress(done + step)

    try:
        for job in table.jobs:
            row = run_one(job, after_step)
            talk.tell("frame", json.dumps(asdict(row)).encode())
            done += job.steps
    except Stopped as end:
        return end.reason
    return "done"

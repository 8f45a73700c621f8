"""A pool of worker processes for trainings, with one visible queue.

    pool = Pool()
    training = pool.submit(settings, owner="a visitor")
    training.state, pool.place(training), pool.wait(training)
    pool.ask(training, "stop")
    pool.close()

The processes are those of `concurrent.futures`. Each has an executor of its own, so that one that dies takes no other
training with it; its executor is then made anew. A thread for each reads what the training tells. One training of a
person runs at a time, and of those that wait, the person's who has had the fewest goes first.
"""

import contextlib
import gc
import itertools
import logging
import multiprocessing
import os
import secrets
import shutil
import tempfile
import threading
import time
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from gateviz.errors import GatevizError, InputError
from gateviz.experiments import worker
from gateviz.experiments.settings import Settings
from gateviz.experiments.table import Table
from gateviz.i18n.translator import TRAINED
from gateviz.pretrained.folder import forget_unlisted, keep_unlisted

LOG = logging.getLogger("gateviz.experiments")

State = Literal["queued", "running", "paused", "ended"]
Reason = Literal["done", "stopped", "limit", "pause", "exploded", "died", "unseen", "failed", "shipped"]
"""Why a training has ended; "shipped" is that of a film that ships."""
WORDS = ("stop", "pause", "resume")

MOST_WORKERS = 8
TIME_LIMIT = 300.0
"""Seconds that a training may take."""
MOST_WAITING = 3
"""Trainings of one person in the queue."""
NOT_LOOKED_AT = 120.0
"""Seconds after which a training whose turn comes is left out, if nobody has asked for it meanwhile."""
USUAL_SECONDS = 60.0
"""What a training is expected to take before any has ended."""
KEPT = 200
"""Trainings that have ended are remembered, the latest so many."""


def worker_count() -> int:
    """A processor is left to the server; at least one works."""
    return max(1, min((os.cpu_count() or 1) - 1, MOST_WORKERS))


@dataclass(eq=False)
class Training:
    """One training, from the queue to its end."""

    name: str
    """Unguessable: who knows it may look and stop it. It is also the task below which the models are kept."""
    owner: str
    settings: Settings | Table
    turn: tuple[int, int]
    """How many the owner had asked for before, and the number of this one: the order of the queue."""
    state: State = "queued"
    reason: Reason | None = None
    """Why it has ended; None as long as it has not."""
    problem: GatevizError | None = None
    film_header: bytes = b""
    """JSON."""
    frames: list[bytes] = field(default_factory=list)
    """JSON each; of a table, its rows."""
    step: int = 0
    began: float = 0.0
    ended: float = 0.0
    """By the monotonic clock."""
    seen: float = field(default_factory=time.monotonic)
    """When somebody last asked for it."""
    paused: float = 0.0
    """Seconds of pauses that are over."""
    pause_began: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it has run, without pauses."""
        if not self.began:
            return 0.0
        until = self.pause_began if self.state == "paused" else self.ended or time.monotonic()
        return until - self.began - self.paused

    @property
    def seconds_left(self) -> float | None:
        """How long it is going to run, as it goes now; None before one can tell."""
        if self.state not in ("running", "paused") or self.step < 2:
            return None
        left = self.seconds / self.step * (self.settings.steps - self.step)
        return max(0.0, min(left, TIME_LIMIT - self.seconds))


class _Worker:
    """One process, and the link to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.link, far = context.Pipe()
        self._executor = ProcessPoolExecutor(1, context, initializer=worker.begin, initargs=(far,))
        self._sending = threading.Lock()
        self.ready = self._executor.submit(worker.is_ready)  # the process begins here, and has its end of the link
        far.close()

    def start(self, training: Training, folder: Path) -> "Future[Reason]":
        return self._executor.submit(worker.train, training.name, training.settings, str(folder), TIME_LIMIT)

    def send(self, training: Training, word: str) -> None:
        with self._sending, contextlib.suppress(OSError):
            self.link.send((training.name, word))

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)
        self.link.close()


class Pool:
    """Trains what is submitted, as many trainings at a time as there are workers."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = worker_count() if workers is None else workers
        self.folder = Path(tempfile.mkdtemp(prefix="gateviz-trained-"))
        """Where the models of trainings that have ended lie, until the pool is closed: who knows a name can load it."""
        keep_unlisted(self.folder)
        self._trainings: dict[str, Training] = {}
        self._changed = threading.Condition()
        self._numbers = itertools.count()
        self._asked: dict[str, int] = {}
        self._lasted: list[float] = []
        self._busy: dict[str, _Worker] = {}
        self._closed = False
        self._threads: list[threading.Thread] = []

    def warm_up(self) -> None:
        """Start the workers, if they have not been: that takes some seconds, which nobody need wait for."""
        with self._changed:
            if self._threads or self._closed:
                return
            self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, settings: Settings | Table, owner: str) -> Training:
        """Put a training, or the runs of a table, into the queue.

        Raises:
            InputError: the owner has too many in it.
        """
        self.warm_up()
        with self._changed:
            waiting = [each for each in self._trainings.values() if each.owner == owner and each.state == "queued"]
            if len(waiting) >= MOST_WAITING:
                raise InputError(
                    f"{MOST_WAITING} of your trainings are waiting: stop one of them first.",
                    code="error.too_many_trainings",
                    count=MOST_WAITING,
                )
            turn = (self._asked.get(owner, 0), next(self._numbers))
            self._asked[owner] = turn[0] + 1
            training = Training(f"{settings.task}{TRAINED}{secrets.token_hex(8)}", owner, settings, turn)
            self._trainings[training.name] = training
            self._forget_old()
            self._changed.notify_all()
        return training

    def find(self, name: str) -> Training | None:
        """The training of that name."""
        return self._trainings.get(name)

    def place(self, training: Training) -> int:
        """1 for the next one in the queue; 0 for one that does not wait."""
        with self._changed:
            queue = self._queue()
            return queue.index(training) + 1 if training in queue else 0

    def wait(self, training: Training) -> float:
        """Seconds that it is expected to wait for its turn."""
        with self._changed:
            queue = self._queue()
            before = queue[: queue.index(training)] if training in queue else []
            usual = sum(self._lasted) / len(self._lasted) if self._lasted else USUAL_SECONDS
            running = [each for each in self._trainings.values() if each.state in ("running", "paused")]
            left = [usual if each.seconds_left is None else each.seconds_left for each in running]
        free = self.workers - len(running)
        if len(before) < free:
            return 0.0
        return (sum(left) + usual * len(before)) / self.workers

    def ask(self, training: Training, word: str) -> None:
        """Have a training stopped, paused or resumed: "stop", "pause" or "resume". What has ended stays as it is.

        Raises:
            InputError: another word.
        """
        if word not in WORDS:
            raise InputError(f"a training cannot be asked to {word!r}: choose one of {', '.join(WORDS)}.")
        with self._changed:
            if training.state == "queued" and word == "stop":
                self._end(training, "stopped")
            elif training.name in self._busy:
                self._busy[training.name].send(training, word)

    def close(self) -> None:
        """Stop everything. The processes end, and what they have kept is deleted."""
        with self._changed:
            self._closed = True
            for training in self._trainings.values():
                if training.name in self._busy:
                    self._busy[training.name].send(training, "stop")
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)
        forget_unlisted(self.folder)
        gc.collect()  # the executors' semaphores go with it, before a signal ends this process
        shutil.rmtree(self.folder, ignore_errors=True)

    def _queue(self) -> list[Training]:
        """Those that wait, the next first."""
        waiting = [each for each in self._trainings.values() if each.state == "queued"]
        return sorted(waiting, key=lambda training: training.turn)

    def _next(self) -> Training | None:
        """The next one whose owner has none running."""
        owners = {self._trainings[name].owner for name in self._busy}
        for training in self._queue():
            if time.monotonic() - training.seen > NOT_LOOKED_AT:
                self._end(training, "unseen")
            elif training.owner not in owners:
                return training
        return None

    def _work(self) -> None:
        """One worker's life."""
        own = _Worker()
        while training := self._take(own):
            reason = self._train(own, training)
            with self._changed:
                del self._busy[training.name]
                self._end(training, reason)
                self._changed.notify_all()
            if reason == "died":
                own.close()
                own = _Worker()
        own.close()

    def _take(self, own: _Worker) -> Training | None:
        """Wait for the next training, and begin it; None when the pool is closed."""
        with self._changed:
            while not self._closed:
                training = self._next()
                if training is not None:
                    self._busy[training.name] = own
                    training.state, training.began = "running", time.monotonic()
                    return training
                self._changed.wait()
        return None

    def _train(self, own: _Worker, training: Training) -> Reason:
        """Run a training and hear what it tells. Gives back why it ended."""
        try:
            future = own.start(training, self.folder)
            while not future.done() or own.link.poll():
                if own.link.poll(0.1):
                    self._hear(training, own.link)
            return future.result()
        except (BrokenExecutor, EOFError, OSError):
            return "died"
        except GatevizError as error:
            training.problem = error.with_traceback(None)
        except Exception:
            LOG.exception("a training failed")
        return "failed"

    def _hear(self, training: Training, link: Connection) -> None:
        name, kind, value = link.recv()
        if name != training.name:
            return
        with self._changed:
            if kind == "begin":
                training.film_header = value
            elif kind == "frame":
                training.frames.append(value)
            elif kind == "step":
                training.step = value
            elif value:
                training.state, training.pause_began = "paused", time.monotonic()
            else:
                training.state, training.paused = "running", training.paused + time.monotonic() - training.pause_began

    def _end(self, training: Training, reason: Reason) -> None:
        if training.state == "paused":
            training.paused += time.monotonic() - training.pause_began
        training.state, training.reason, training.ended = "ended", reason, time.monotonic()
        if reason == "done":
            training.step = training.settings.steps
            self._lasted = [*self._lasted[-9:], training.seconds]

    def _forget_old(self) -> None:
        ended = [name for name, each in self._trainings.items() if each.state == "ended"]
        for name in ended[:-KEPT]:
            del self._trainings[name]
            shutil.rmtree(self.folder / name, ignore_errors=True)

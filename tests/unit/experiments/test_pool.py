"""The pool: real processes train, stop, die and are replaced; the queue is fair; nothing outlives its server."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from gateviz.errors import InputError
from gateviz.experiments.pool import MOST_WAITING, Pool, Training
from gateviz.experiments.settings import Settings, usual
from gateviz.experiments.table import Job, Table
from gateviz.pretrained.files import load_pretrained

BRIEF = replace(usual("counting"), steps=30, length=3)
LONG = replace(usual("counting"), steps=4000, length=30, units=128)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One worker, which all these tests share: its process takes seconds to start."""
    pool = Pool(workers=1)
    yield pool
    pool.close()


def until(condition: Callable[[], bool], seconds: float = 120) -> float:
    """Wait for it. Gives back how long that took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it never came"
        time.sleep(0.01)
    return time.monotonic() - began


def running(pool: Pool, settings: Settings = LONG, owner: str = "somebody") -> Training:
    training = pool.submit(settings, owner)
    until(lambda: training.step > 0)
    return training


def has_ended(training: Training) -> Callable[[], bool]:
    return lambda: training.state == "ended"


def test_a_training_tells_its_film_and_leaves_its_models(pool: Pool) -> None:
    training = pool.submit(BRIEF, "a")
    until(has_ended(training))
    assert (training.reason, training.step) == ("done", 30)
    assert json.loads(training.film_header)["steps"] == 30
    assert [json.loads(frame)["step"] for frame in training.frames][-1] == 30
    assert load_pretrained(training.name, "gru", pool.folder).cell == "gru"


def test_a_table_tells_its_rows_as_they_come_and_keeps_them_when_it_is_stopped(pool: Pool) -> None:
    brief = [Job("counting", cell, None, 0, 30) for cell in ("rnn", "gru")]
    table = pool.submit(Table((*brief, Job("adding", "lstm", 1.0, 0, 100_000))), "a")
    until(lambda: len(table.frames) == 2 and table.step > 60)
    assert table.seconds_left is not None
    pool.ask(table, "stop")
    assert until(has_ended(table)) < 5
    assert table.reason == "stopped"
    rows = [json.loads(frame) for frame in table.frames]
    assert [(row["cell"], row["steps"], row["passed"]) for row in rows] == [("rnn", 30, False), ("gru", 30, False)]
    done = pool.submit(Table(tuple(brief)), "a")
    until(has_ended(done))
    assert (done.reason, done.step, len(done.frames)) == ("done", 60, 2)


def test_a_stop_stops_and_keeps_what_was_learnt(pool: Pool) -> None:
    training = running(pool)
    pool.ask(training, "stop")
    until(has_ended(training))
    assert training.reason == "stopped"
    assert 0 < training.step < LONG.steps
    assert load_pretrained(training.name, "lstm", pool.folder)


def test_a_pause_holds_the_steps_until_it_goes_on(pool: Pool) -> None:
    training = running(pool)
    pool.ask(training, "pause")
    until(lambda: training.state == "paused")
    step, seconds = training.step, training.seconds
    time.sleep(0.5)
    assert (training.step, training.seconds) == (step, seconds)
    pool.ask(training, "resume")
    until(lambda: training.step > step)
    assert training.state == "running"
    pool.ask(training, "stop")
    until(has_ended(training))


def test_the_queue_is_fair_and_says_a_place(pool: Pool) -> None:
    first = running(pool, owner="a")
    again, another = pool.submit(BRIEF, "a"), pool.submit(BRIEF, "b")
    assert [pool.place(each) for each in (first, again, another)] == [0, 2, 1], "who has had one waits for who has not"
    assert pool.wait(again) > pool.wait(another) > 0
    for _ in range(MOST_WAITING - 1):
        pool.submit(BRIEF, "a")
    with pytest.raises(InputError) as refused:
        pool.submit(BRIEF, "a")
    assert refused.value.code == "error.too_many_trainings"
    pool.ask(first, "stop")
    until(has_ended(again))
    assert another.began < again.began
    assert pool.place(again) == 0


def test_what_waits_can_be_stopped_too(pool: Pool) -> None:
    first = running(pool)
    second = pool.submit(BRIEF, "b")
    pool.ask(second, "stop")
    assert (second.state, second.reason, second.frames) == ("ended", "stopped", [])
    pool.ask(first, "stop")
    until(has_ended(first))
    with pytest.raises(InputError, match="stop, pause, resume"):
        pool.ask(first, "dance")


def test_a_worker_that_dies_is_said_and_another_one_takes_its_place(pool: Pool) -> None:
    training = running(pool)
    (worker,) = multiprocessing.active_children()
    worker.kill()
    until(has_ended(training))
    assert training.reason == "died"
    after = pool.submit(BRIEF, "c")
    until(has_ended(after))
    assert after.reason == "done"


def test_what_nobody_looks_at_any_more_is_left_out(pool: Pool) -> None:
    first = running(pool)
    second = pool.submit(BRIEF, "b")
    second.seen -= 1000
    pool.ask(first, "stop")
    until(has_ended(second))
    assert second.reason == "unseen"


SERVER = """
import sys, time, multiprocessing
from dataclasses import replace
from gateviz.experiments.pool import Pool
from gateviz.experiments.settings import usual
if __name__ == "__main__":
    pool = Pool(workers=1)
    training = pool.submit(replace(usual("counting"), steps=4000, length=30, units=128), "a")
    while training.step == 0: time.sleep(0.05)
    print(*(each.pid for each in multiprocessing.active_children()), flush=True)
    if sys.argv[1] == "close": pool.close()
    else: time.sleep(600)
"""


def is_alive(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stat:  # noqa: PTH123
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="it looks for processes in /proc")  # noqa: PTH112
@pytest.mark.parametrize("how", ["close", "kill"])
def test_no_worker_outlives_its_server(how: str) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER, how], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        workers = [int(word) for word in server.stdout.readline().split()]
        assert workers
        if how == "kill":
            server.send_signal(signal.SIGKILL)
    until(lambda: not any(map(is_alive, workers)), 30)

"""Thirty, sixty and a hundred and twenty students against one server: `python -m benchmarks classroom`.

Each student is a websocket, opened as a browser opens it. About every ten seconds it sends a sentence that nobody has
sent before. Printed: how long a run takes, from sending the sentence to the end of the script, over all students.
Asserted: every run brings the heatmaps and no error. Then thirty once more, while two trainings run in worker processes
as the page Train has them; asserted: both run until the class has ended.
"""

import asyncio
import contextlib
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from gateviz.experiments.pool import Pool
from gateviz.experiments.settings import STEPS, usual
from tests.browser.serving import serving_gateviz

WORDS = ("the", "time", "traveller", "smiled", "told", "us", "of", "a", "pale", "silent", "world", "he", "had", "seen")
PAUSE = 10.0  # seconds between a student's sentences


async def student(server: str, seconds: float, seed: int) -> list[float]:
    """The times of one student's runs, in seconds."""
    dice = random.Random(seed)  # noqa: S311  not a secret
    times: list[float] = []
    address = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    async with websockets.connect(address, max_size=None, subprotocols=[websockets.Subprotocol("streamlit")]) as socket:
        await run(socket, "first words")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await asyncio.sleep(PAUSE * (0.5 + dice.random()))
            start = time.perf_counter()
            await run(socket, " ".join(dice.choices(WORDS, k=10)) + str(dice.random()))
            times.append(time.perf_counter() - start)
    return times


async def run(socket: websockets.ClientConnection, text: str) -> None:
    """Send a sentence as a link does, and read messages until the script has finished."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode({"text": text})
    await socket.send(message.SerializeToString())
    pictures = 0
    while True:
        answer = ForwardMsg()
        data = await socket.recv(decode=False)
        answer.ParseFromString(data)
        kind = answer.delta.new_element.WhichOneof("type")
        assert kind != "exception", answer.delta.new_element.exception.message
        pictures += kind == "plotly_chart" or answer.WhichOneof("type") in ("ref", "ref_hash")
        if answer.WhichOneof("type") == "script_finished":
            break
    assert pictures >= 3, f"{pictures} pictures came for {text!r}"


async def classroom(server: str, students: int, seconds: float) -> list[float]:
    """All students at once."""
    runs = await asyncio.gather(*(student(server, seconds, seed) for seed in range(students)))
    return [seconds for times in runs for seconds in times]


def lines(classes: Sequence[int] = (30, 60, 120), seconds: int = 60) -> Iterator[str]:
    """The section of RESULTS.md: a server for each class, which comes in when torch is there."""
    yield f"A new sentence each every {PAUSE:.0f} s, read by three networks of 32 units; all on the same cores."
    yield "\n| students | new sentences | median | 95th percentile | longest |\n|---|---|---|---|---|"
    for students in classes:
        with serving_gateviz() as server:
            time.sleep(10)
            times = asyncio.run(classroom(server, students, seconds))
        yield row(str(students), times, seconds)
    with serving_gateviz() as server, training(2):
        time.sleep(10)
        times = asyncio.run(classroom(server, 30, seconds))
    yield row("30, beside two trainings", times, seconds)


def row(name: str, times: Sequence[float], seconds: int) -> str:
    """A line of the table."""
    cuts = statistics.quantiles(times, n=20)
    shown = (f"{1000 * value:.0f} ms" for value in (cuts[9], cuts[18], max(times)))
    return f"| {name} | {len(times)} in {seconds} s | {' | '.join(shown)} |"


@contextlib.contextmanager
def training(count: int) -> Iterator[None]:
    """Meanwhile so many trainings run on `hometown`, each in a process of its own."""
    pool = Pool(count)
    settings = replace(usual("hometown"), steps=STEPS[-1])
    running = [pool.submit(replace(settings, seed=seed), owner=f"student {seed}") for seed in range(count)]
    try:
        while not all(each.step for each in running):
            time.sleep(0.1)
        yield
        assert all(each.state == "running" for each in running), [each.state for each in running]
    finally:
        pool.close()

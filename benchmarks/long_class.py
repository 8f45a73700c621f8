"""Three hundred sessions, each with a new text of 2,000 characters: `python -m benchmarks long_class`, Linux only.

All come within half a minute. Printed and asserted: the most memory that the server had, all in all, and the longest
time until it answered that it is there.
"""

import asyncio
import random
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.serving import free_port, megabytes, program, serving_process

LETTERS = "abcdefghijklmnopqrstuvwxyz     .,"
LENGTH, COME_IN = 2000, 30.0
MOST = 1024  # MiB, the default of `gateviz app --memory`


async def session(server: str, seed: int) -> None:
    """One session: a new long text, which it has read when the script has finished."""
    dice = random.Random(seed)  # noqa: S311  not a secret
    await asyncio.sleep(dice.random() * COME_IN)
    message = BackMsg()
    text = "".join(dice.choices(LETTERS, k=LENGTH))
    message.rerun_script.query_string = urlencode({"task": "timemachine", "text": text})
    address = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    subprotocols = [websockets.Subprotocol("streamlit")]
    async with websockets.connect(address, max_size=None, subprotocols=subprotocols, open_timeout=120) as socket:
        await socket.send(message.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "script_finished":
            answer.ParseFromString(await socket.recv(decode=False))


async def health(server: str, over: asyncio.Event) -> float:
    """The longest that the server took to answer, in seconds, asked every second."""
    longest = 0.0
    while not over.is_set():
        start = time.perf_counter()
        await asyncio.to_thread(lambda: urllib.request.urlopen(f"{server}/_stcore/health", timeout=60).read())  # noqa: S310
        longest = max(longest, time.perf_counter() - start)
        await asyncio.sleep(1)
    return longest


async def all_at_once(server: str, sessions: int) -> float:
    """All sessions; the longest time that the server took to say that it is there."""
    over = asyncio.Event()
    asked = asyncio.create_task(health(server, over))
    await asyncio.gather(*(session(server, seed) for seed in range(sessions)))
    over.set()
    return await asked


def lines(sessions: int = 300) -> Iterator[str]:
    """The section of RESULTS.md."""
    port = free_port()
    command = [program("gateviz"), "app", "--no-browser", "--port", str(port)]
    with serving_process(command, port) as (server, process):
        time.sleep(10)  # torch is there
        before = megabytes(process.pid, "VmRSS")
        start = time.perf_counter()
        longest = asyncio.run(all_at_once(server, sessions))
        seconds, most = time.perf_counter() - start, megabytes(process.pid, "VmHWM")
    assert most <= MOST, f"{most} MiB"
    yield (
        f"{sessions} sessions, each with a new text of {LENGTH} characters at 256 units, all read after "
        f"{seconds:.0f} s: {before} MiB before, {most} MiB at most. The server said that it is there within "
        f"{longest:.1f} s."
    )

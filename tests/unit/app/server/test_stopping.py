"""A server in the middle of its work ends soon after a signal, with the signal's own exit code."""

import os
import signal
import subprocess
import sys
import time

import pytest

BUSY = """
import signal, sys, threading, time
from gateviz.app.server.stopping import end_soon

asked = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, frame: asked.append(number) or print("asked", flush=True))
end_soon(patience={patience})
threading.Thread(target=time.sleep, args=({busy},)).start()  # a script that runs on
print("ready", flush=True)
while not asked:
    time.sleep(0.01)
print("over", flush=True)
"""


def stop(number: signal.Signals, *, busy: float, patience: float) -> tuple[int, str, float]:
    """Start a process that is busy for so long, send it a signal, and see how it ends."""
    code = BUSY.format(busy=busy, patience=patience)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        start = time.monotonic()
        said = process.stdout.read()
        return process.wait(30), said, time.monotonic() - start


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_runs_too_long_is_ended(number: signal.Signals) -> None:
    code, said, seconds = stop(number, busy=60, patience=0.3)
    assert code == 128 + number
    assert said == "asked\nover\n", "the server's own handler came first, and what could end did"
    assert seconds < 20


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
def test_who_ends_by_itself_is_not_ended() -> None:
    code, said, _ = stop(signal.SIGTERM, busy=0.5, patience=30)
    assert (code, said) == (0, "asked\nover\n")

"""The server stops within ten seconds, whatever it is doing.

After Ctrl-C or SIGTERM uvicorn waits until every answer is finished. With a class in the middle of its sentences that
may take a minute, and whoever started the server would kill it. And while Python ends, scripts still compute: Python
would break them off inside of torch, which aborts the process.
"""

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

PATIENCE = 8.0
"""Seconds for the answers that are under way."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def end_soon(patience: float = PATIENCE) -> None:
    """From now on a signal ends the process after that many seconds, if it has not ended by itself.

    It is called when the server has set its own handlers, which are asked first. It must be called in the main thread.
    """
    for number in SIGNALS:
        signal.signal(number, _then_end(signal.getsignal(number), patience))


def leave(code: int) -> None:
    """End the process now, with that exit code, whatever its threads are doing."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _then_end(before: Any, patience: float) -> Any:
    def handle(number: int, frame: FrameType | None) -> None:
        timer = threading.Timer(patience, leave, [128 + number])
        timer.daemon = True
        timer.start()
        if callable(before):
            before(number, frame)

    return handle

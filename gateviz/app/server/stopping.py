"""The server stops within ten seconds, whatever it is doing.

After Ctrl-C or SIGTERM uvicorn waits until every answer is finished, and Python until every script has run to its end.
With a class in the middle of its sentences that may take a minute, and whoever started the server would kill it.
"""

import os
import signal
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


def _then_end(before: Any, patience: float) -> Any:
    def handle(number: int, frame: FrameType | None) -> None:
        timer = threading.Timer(patience, os._exit, [128 + number])
        timer.daemon = True
        timer.start()
        if callable(before):
            before(number, frame)

    return handle

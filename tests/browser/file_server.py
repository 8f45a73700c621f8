"""A server that only hands out files, as any static host does."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.serving import PATIENCE, free_port


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """The address of that folder on Python's own file server, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "-d", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}/"
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(10 * PATIENCE):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the file server did not answer")

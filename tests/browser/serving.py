"""A server that runs while a block does."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

PATIENCE = 120  # seconds until a server must answer; on a busy machine torch alone takes twenty


@contextmanager
def serving(command: list[str], port: int, **variables: str) -> Iterator[str]:
    """The address of an app that this command serves, with these environment variables too, until the block ends."""
    with serving_process(command, port, **variables) as (address, _):
        yield address


@contextmanager
def serving_process(command: list[str], port: int, **variables: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same with the process."""
    with TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=os.environ | variables)
        address = f"http://localhost:{port}"
        try:
            _wait_for(process, address, log)
            yield address, process
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


@contextmanager
def serving_gateviz(**variables: str) -> Iterator[str]:
    """The address of the app as `gateviz app` starts it, with these environment variables too."""
    port = free_port()
    with serving([program("gateviz"), "app", "--no-browser", "--port", str(port)], port, **variables) as address:
        yield address


def program(name: str) -> str:
    """The path of a command that is installed beside this Python."""
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    assert path, f"{name} is not installed beside this Python"
    return path


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def megabytes(pid: int, field: str) -> int:
    """A field of /proc/PID/status, such as VmRSS, what a process has in memory, or VmHWM, the most it had; in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = next(line for line in lines if line.startswith(f"{field}:"))
    return int(found.split()[1]) // 1024


def _wait_for(process: subprocess.Popen[bytes], address: str, log: IO[bytes]) -> None:
    for _ in range(10 * PATIENCE):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            if process.poll() is not None:
                log.seek(0)
                raise AssertionError(f"the server stopped: {log.read().decode(errors='replace')}") from None
        time.sleep(0.1)
    raise AssertionError(f"the server did not answer within {PATIENCE} s")

"""What was freed goes back to the system, from whichever thread it came, though something small lies between."""

import subprocess
import sys

import pytest

THREADS_THAT_COMPUTE = """
import threading
from pathlib import Path
import numpy as np
from gateviz.app.server.allocator import give_back_what_is_free

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

assert give_back_what_is_free()
kept = []

def compute():
    for _ in range(10):
        arrays = [np.ones(size, np.uint8) for size in range(200_000, 2_000_000, 60_000)]
        kept.append([np.ones(5_000, np.uint8) for _ in arrays])

before = megabytes()
threads = [threading.Thread(target=compute) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
own = sum(array.nbytes for arrays in kept for array in arrays) / 2**20
print(megabytes() - before - own)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is glibc's allocator")
def test_after_a_class_the_server_is_as_small_as_before() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", THREADS_THAT_COMPUTE], capture_output=True, text=True, timeout=120, check=True
    )
    assert float(answer.stdout) < 15, "MB more than what is kept; the threads had 400 in their hands"

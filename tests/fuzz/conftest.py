"""A small memory for what is computed, so that its bound is reached; and the counts at the end of `make fuzz`."""

from collections.abc import Iterator

import pytest

from gateviz.app.computed.kept import MEMORY
from tests.fuzz.counted import COUNTED, TIMES

SMALL = 16 * 2**20


@pytest.fixture(autouse=True, scope="module")
def _small_memory() -> Iterator[None]:
    before, COUNTED.bound = MEMORY.size, SMALL
    MEMORY.resize(SMALL)
    yield
    MEMORY.resize(before)


@pytest.fixture(autouse=True)
def _bound() -> Iterator[None]:
    yield
    COUNTED.most_kept = max(COUNTED.most_kept, MEMORY.taken)
    assert MEMORY.taken <= MEMORY.size


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts after a long run."""
    if TIMES > 1:
        terminalreporter.section("what was tried")
        terminalreporter.write("\n".join([*COUNTED.lines(), ""]))

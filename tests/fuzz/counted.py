"""How much is tried, and what came of it: `make test` tries the same few inputs each time, `make fuzz` many new."""

import os
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("GATEVIZ_FUZZ", "1"))
"""So many times as many inputs as in `make test`; above 1 they are others each time."""


@dataclass
class Counted:
    """Of all fuzz tests of a process."""

    inputs: Counter[str] = field(default_factory=Counter)
    """By the way in."""
    answered: Counter[str] = field(default_factory=Counter)
    """Those of them that got a sentence: refused, or shown with a remark such as on unknown characters."""
    exceptions: int = 0
    """That reached a page, a terminal or an answer."""
    markup: int = 0
    """Inputs of which an element of the page was made."""
    most_kept: int = 0
    """Bytes in the memory of what is computed."""
    bound: int = 0
    """The bytes that it may have."""
    server: int = 0
    """MiB that a server had at most, among the inputs of a browser."""

    def count(self, way_in: str, *, sentence: bool = False) -> None:
        """One more input."""
        self.inputs[way_in] += 1
        self.answered[way_in] += sentence

    def lines(self) -> list[str]:
        """The counts, to be printed."""
        found = [f"{'way in':<24}{'inputs':>8}{'got a sentence':>18}"]
        found += [f"{way:<24}{count:>8}{self.answered[way]:>18}" for way, count in sorted(self.inputs.items())]
        found += [
            f"{'together':<24}{self.inputs.total():>8}{self.answered.total():>18}",
            f"exceptions that reached a page, a terminal or an answer: {self.exceptions}",
            f"HTML that reached the DOM: {self.markup}",
            f"memory of what is computed: {self.most_kept / 2**20:.1f} MiB at most, {self.bound / 2**20:.0f} allowed",
        ]
        return found + ([f"the server that the browser asked: {self.server} MiB at most"] if self.server else [])


COUNTED = Counted()


def inputs(count: int) -> settings:
    """The settings of a test that tries so many inputs in `make test`."""
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )

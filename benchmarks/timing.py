"""Medians of runs that take turns, so that a busy machine disturbs all sides alike."""

import statistics
import time
from collections.abc import Callable


def medians(*sides: Callable[[], object], seconds: float = 4.0, least: int = 5) -> list[float]:
    """The median duration of each side, in seconds, over rounds that run every side once."""
    durations: list[list[float]] = [[] for _ in sides]
    for side in sides:
        side()
    until = time.perf_counter() + seconds
    while len(durations[0]) < least or time.perf_counter() < until:
        for side, kept in zip(sides, durations, strict=True):
            start = time.perf_counter()
            side()
            kept.append(time.perf_counter() - start)
    return [statistics.median(kept) for kept in durations]

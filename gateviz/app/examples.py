"""The tasks in the order in which they are offered, with a sentence of each that is shown before anything is typed."""

from collections.abc import Iterable

EXAMPLES: dict[str, str] = {
    "timemachine": "The Time Traveller came back at last, and told us where he had been.",
    "sherlock": '"It is quite simple," said Holmes, "when you look at it," and he lit his pipe.',
    "timemachine-equal": "The Time Traveller came back at last, and told us where he had been.",
    "intent": "Could you tell me what time it is in Tokyo, please?",
}
"""A task that is not here comes after them, and begins with the sentence of the first."""


def example_of(task: str) -> str:
    """A sentence of that task."""
    return EXAMPLES.get(task, EXAMPLES["timemachine"])


def ordered(tasks: Iterable[str]) -> tuple[str, ...]:
    """The tasks as they are offered; those without an example come last, by name."""
    places = list(EXAMPLES)
    return tuple(sorted(tasks, key=lambda task: (places.index(task) if task in places else len(places), task)))

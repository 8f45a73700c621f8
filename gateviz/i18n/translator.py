"""Translator: the texts of pages, figures and exported files in one language.

    say = load("zh")
    say("place.step", step=3)                # the text under that key, with 3 in the place of {step}

The catalogues are locales/<language>.json, flat, with dotted keys. English is complete; another language falls back to
it key by key.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from gateviz.errors import InputError, as_given

DEFAULT = "en"
TRAINED = "-trained-"
"""Between the name of a task and what makes the name of a visitor's own models of it."""


def shipped_name(task: str) -> str:
    """The task that a visitor's own models were trained for; any other task is itself."""
    return task.split(TRAINED, maxsplit=1)[0]


@dataclass(frozen=True)
class Translator:
    """The catalogue of one language."""

    language: str
    catalogue: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text under that key, with the values in their places.

        Raises:
            KeyError: no catalogue has that key, which is a mistake in gateviz.
        """
        return self.catalogue[key].format(**values) if values else self.catalogue[key]

    def has(self, key: str) -> bool:
        """Whether there is a text under that key."""
        return key in self.catalogue

    def of_cell(self, kind: str, cell: str, signal: str) -> str:
        """The "symbol" of a signal, or its name ("signal"), in that cell, which may have one of its own."""
        own = f"{kind}.{cell}.{signal}"
        return self(own if self.has(own) else f"{kind}.{signal}")

    def figure(self, unit: str, value: float) -> str:
        """A figure with its unit, such as "2.00 bits per character"; an unknown unit stays as it is."""
        key = f"metric.{unit.replace(' ', '_')}"
        return self(key, value=value) if self.has(key) else f"{value:.3g} {unit}"

    def label(self, task: str, label: str) -> str:
        """The name of a class or value of that task; without a text for it, the label itself."""
        place = f"{shipped_name(task)}.{label}"
        key = f"label.{place}"
        return self(key) if self.has(key) else label

    def task(self, task: str) -> str:
        """The name of a task; without a text for it, the task itself. What a visitor has trained is said to be so."""
        key = f"task.{shipped_name(task)}"
        name = self(key) if self.has(key) else shipped_name(task)
        if TRAINED not in task:
            return name
        key = "train.own"
        return self(key, task=name, mark=task[-4:])

    def under(self, prefix: str) -> dict[str, str]:
        """All texts whose key begins with `prefix.`, by the rest of the key."""
        start = prefix + "."
        return {key.removeprefix(start): text for key, text in self.catalogue.items() if key.startswith(start)}


@cache
def languages() -> tuple[str, ...]:
    """All languages, English first."""
    found = sorted(path.name.removesuffix(".json") for path in _folder().iterdir() if path.name.endswith(".json"))
    return (DEFAULT, *(language for language in found if language != DEFAULT))


@cache
def load(language: str) -> Translator:
    """The translator of one language.

    Raises:
        InputError: there is no such language; the sentence lists all of them.
    """
    if language not in languages():
        raise InputError(f"the language is {as_given(language)}: choose one of {', '.join(languages())}.")
    catalogue = {**_read(DEFAULT), **_read(language)}
    return Translator(language, catalogue)


def _read(language: str) -> dict[str, str]:
    catalogue: dict[str, str] = json.loads((_folder() / f"{language}.json").read_text(encoding="utf-8"))
    return catalogue


def _folder() -> Traversable:
    return files("gateviz.i18n") / "locales"

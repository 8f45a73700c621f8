"""The words of pages, figures and exported files: `words("place.step", step=3)` in one language.

The catalogues are locales/<language>.json, flat, with dotted keys; English is complete, and another language falls
back to it key by key. A value is put in for {name}.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from gateviz.errors import InputError, as_given

DEFAULT = "en"


@dataclass(frozen=True)
class Translator:
    """The catalogue of one language."""

    language: str
    catalogue: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words under that key, with the values put in.

        Raises:
            KeyError: a key that no catalogue has: a mistake of ours.
        """
        return self.catalogue[key].format(**values) if values else self.catalogue[key]

    def has(self, key: str) -> bool:
        """Whether there are words under that key."""
        return key in self.catalogue

    def of_cell(self, kind: str, cell: str, signal: str) -> str:
        """The "symbol" or the name, "signal", of a signal in that cell, which may have its own."""
        own = f"{kind}.{cell}.{signal}"
        return self(own if self.has(own) else f"{kind}.{signal}")

    def figure(self, unit: str, value: float) -> str:
        """A figure with its unit, such as "2.00 bits per character", in words where there are any for the unit."""
        key = f"metric.{unit.replace(' ', '_')}"
        return self(key, value=value) if self.has(key) else f"{value:.3g} {unit}"

    def label(self, task: str, label: str) -> str:
        """The name of a class or value of that task; as it is where there are no words for it."""
        place = f"{task}.{label}"
        key = f"label.{place}"
        return self(key) if self.has(key) else label

    def task(self, task: str) -> str:
        """The name of a task; as it is where there are no words for it."""
        key = f"task.{task}"
        return self(key) if self.has(key) else task

    def under(self, prefix: str) -> dict[str, str]:
        """All words whose key begins with `prefix.`, by the rest of the key."""
        start = prefix + "."
        return {key.removeprefix(start): text for key, text in self.catalogue.items() if key.startswith(start)}


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are, English first."""
    found = sorted(path.name.removesuffix(".json") for path in _folder().iterdir() if path.name.endswith(".json"))
    return (DEFAULT, *(language for language in found if language != DEFAULT))


@cache
def load(language: str) -> Translator:
    """The translator of one language.

    Raises:
        InputError: there is no catalogue of that language; the sentence lists those that there are.
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

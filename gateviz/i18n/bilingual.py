"""A text in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence or more, in both languages."""

    en: str
    zh: str

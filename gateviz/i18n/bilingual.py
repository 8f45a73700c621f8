"""A text in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same text in English and in Chinese."""

    en: str
    zh: str

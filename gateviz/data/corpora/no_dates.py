"""Texts that are no date: days that do not exist, parts of a date, numbers, and words of all kinds. No torch.

    draw_no_date(np.random.default_rng(0), held_out=False)            # "30 February 2021"

A tenth of them, chosen by a checksum of the text, is held out.
"""

import calendar
import random
import zlib
from collections.abc import Callable

import numpy as np

from gateviz.data.corpora.dates import FORMATS, MONTHS, WEEKDAYS, draw_date, write_date, write_day
from gateviz.data.corpora.feelings import feeling
from gateviz.data.corpora.grammar import sentence
from gateviz.data.corpora.opinions import opinion

NO_DATE = "no date"
"""The name of their format."""

_WITH_NUMBERS = ("year first", "dots", "hyphens", "slashes", "two-digit year", "Chinese with digits")
_WITH_NAMES = ("day month year", "ordinal", "month day year", "month ordinal", "weekday", "ordinal word")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STRANGE = "☃é😀¿ß中国你好我他吗什么时候明天今天昨天生日快乐"
_MARKS = ".,-/!?:;'()#+*=%&@ "
_TODAY = ("today", "tomorrow", "yesterday", "next week", "last year", "now", "in May", "Christmas", "my birthday")


def draw_no_date(generator: np.random.Generator, *, held_out: bool) -> str:
    """A text that is no date; half of them look like one."""
    while True:
        makers = (_impossible, _impossible, _impossible, _part, _number, _sentence, _word, _word)
        text = makers[generator.integers(len(makers))](generator)
        if text.strip() and (zlib.crc32(text.encode()) % 10 == 0) == held_out:
            return text


def _impossible(generator: np.random.Generator) -> str:
    """A day that does not exist: 30 February, 29 February of a common year, a day 32 or 0, a month 13."""
    style = (_WITH_NUMBERS + _WITH_NAMES)[generator.integers(len(_WITH_NUMBERS + _WITH_NAMES))]
    year = int(generator.integers(1969, 2069) if style == "two-digit year" else generator.integers(1900, 2100))
    kind, month = generator.random(), int(generator.integers(1, 13))
    days = calendar.monthrange(year, month)[1]
    if kind < 0.3:  # a common year's 29 February
        year, month, day = year if year % 4 else year + 1, 2, 29
    elif kind < 0.65:
        short = int(generator.choice([2, 2, 4, 6, 9, 11]))
        month, day = short, int(generator.integers(calendar.monthrange(year, short)[1] + 1, 32))
    elif kind < 0.85 or style in _WITH_NAMES:
        day = int(generator.choice([0, 32, 33, 34, 35, *range(36, 100)]))
        if style == "ordinal word":  # it has no words for these
            style = "ordinal"
    else:
        month, day = int(generator.integers(13, 100)), int(generator.integers(1, days + 1))
        if style not in ("year first", "Chinese with digits"):
            day = max(day, 13)  # else it is a day of that month in the other order
    return write_day(year, month, day, style, generator)


def _part(generator: np.random.Generator) -> str:
    """A part of a date: a month, a weekday, a year, a day without its year."""
    name, weekday = MONTHS[generator.integers(12)], WEEKDAYS[generator.integers(7)]
    year, month, day = generator.integers(1000, 2100), generator.integers(1, 13), generator.integers(1, 32)
    parts = (
        *(name, name[:3], weekday, str(year), f"{name} {year}", f"{day} {name}", f"{name} {day}", f"the {day}th"),
        *(f"{month}/{day}", f"{day}.{month}.", f"{month}月{day}日", f"{year}年", f"{year}年{month}月", f"{day}号"),
        _TODAY[generator.integers(len(_TODAY))],
    )
    return _as_typed(parts[generator.integers(len(parts))], generator)


def _number(generator: np.random.Generator) -> str:
    """A number, a time, a sum, a telephone number."""
    one, two, three = (int(number) for number in generator.integers(0, 100, 3))
    texts = (
        *(f"{one}", f"{one}{two}", f"{one}.{two}", f"{one}:{two:02d}", f"{one} + {two}", f"{one}%", f"${one}"),
        *(f"{one}{two}{three}", f"{one} {two}", f"{one}-{two}", f"+{one} {two}{three} {three}{one}", f"{one}/{two}"),
        *(f"{one}{two}-{three}{one}{two}", f"-{one}"),
    )
    return texts[generator.integers(len(texts))]


def _sentence(generator: np.random.Generator) -> str:
    """Words of a sentence, English or Chinese, from one word on."""
    drawn = random.Random(int(generator.integers(2**31)))  # noqa: S311
    makers: tuple[Callable[[], str], ...] = (
        lambda: sentence(drawn),
        lambda: opinion(drawn)[0],
        lambda: feeling(drawn)[0],
    )
    text = makers[generator.integers(len(makers))]()
    if text.isascii():
        words = text.split()
        first = int(generator.integers(len(words)))
        text = " ".join(words[first : first + int(generator.integers(1, 7))])
    return _as_typed(text[:40], generator)


def _word(generator: np.random.Generator) -> str:
    """Letters or marks at random, a few characters that no date has, or half of a date."""
    kind = generator.random()
    letters = _LETTERS if kind < 0.45 else _MARKS if kind < 0.6 else _STRANGE
    if kind > 0.8:
        style = tuple(FORMATS)[generator.integers(len(FORMATS))]
        date = draw_date(generator, held_out=bool(generator.integers(2)), two_digits=style == "two-digit year")
        text = write_date(date, style, generator)
        return text[: max(1, len(text) // 3)]
    words = ["".join(generator.choice(list(letters), int(generator.integers(1, 9)))) for _ in range(2)]
    return _as_typed(" ".join(words[: int(generator.integers(1, 3))]), generator)


def _as_typed(text: str, generator: np.random.Generator) -> str:
    """In any case, with a mark or without."""
    text = (text, text.lower(), text.upper(), text.capitalize())[generator.integers(4)]
    return text + ("", "", "", ".", "!", "?")[generator.integers(6)]

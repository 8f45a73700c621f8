"""Texts that are no date: none can be read as a date, and many look like one."""

import re

import numpy as np

from gateviz.data.corpora.dates import MONTHS
from gateviz.data.corpora.no_dates import draw_no_date


def drawn(*, held_out: bool, count: int = 3000) -> list[str]:
    generator = np.random.default_rng(0)
    return [draw_no_date(generator, held_out=held_out) for _ in range(count)]


TEXTS = drawn(held_out=False)


def test_the_same_seed_gives_the_same_and_what_is_held_out_is_never_drawn() -> None:
    assert drawn(held_out=False, count=50) == TEXTS[:50]
    assert not set(TEXTS) & set(drawn(held_out=True, count=500))


def test_a_day_with_a_month_in_letters_does_not_exist() -> None:
    longest = dict(zip(MONTHS, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
    found = 0
    for text in TEXTS:
        match = re.fullmatch(r"(\d+)(?:th|st|nd|rd)? ([A-Z][a-z]+),? (\d{4})\W*", text)
        if match and match[2] in longest:
            day, year = int(match[1]), int(match[3])
            last = longest[match[2]] - (match[2] == "February" and year % 4 > 0)
            assert not 1 <= day <= last, text
            found += 1
    assert found > 10


def test_numbers_that_look_like_a_date_are_one_in_neither_order() -> None:
    days = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    found = 0
    for text in TEXTS:
        match = re.fullmatch(r"(\d+)[/.-](\d+)[/.-](\d{4})\W*", text)
        if match:
            one, two, year = map(int, match.groups())
            found += 1
            for month, day in ((one, two), (two, one)):
                common = month == 2 and day == 29 and year % 4 > 0
                assert common or not (1 <= month <= 12 and 1 <= day <= days[month - 1]), text
    assert found > 50


def test_words_of_both_languages_numbers_and_parts_of_a_date_are_among_them() -> None:
    assert any(re.fullmatch(r"[A-Z][a-z]+", text) and text in MONTHS for text in TEXTS)
    assert any(re.fullmatch(r"\d{4}", text) for text in TEXTS)
    assert sum(not text.isascii() for text in TEXTS) > 200
    assert sum(re.fullmatch(r"[a-z ]+[.!?]?", text) is not None for text in TEXTS) > 300

"""Written dates, against readers of our own and the calendar."""

import datetime
import re

import numpy as np
import pytest

from gateviz.data.corpora.dates import (
    FORMATS,
    MONTHS,
    ORDINALS,
    draw_date,
    draw_written,
    is_held_out,
    is_plain_with_slashes,
    write_date,
)
from gateviz.errors import InputError

DIGITS = {digit: str(value) for value, digits in enumerate(["〇零", *"一二三四五六七八九"]) for digit in digits}


def drawn(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (int(DIGITS[tens]) if tens else 1) * 10 * bool(ten) + int(DIGITS.get(ones, "0"))


def read(text: str) -> set[datetime.date]:
    """Every date that the written one could mean, by its numbers and the words in it."""
    if re.match("[〇零一二三四五六七八九]", text):
        year, month, day = re.findall(r"(.+)年(.+)月(.+?)[日号]", text)[0]
        digits = "".join(map(DIGITS.__getitem__, year))
        return {datetime.date(int(digits), chinese_number(month), chinese_number(day))}
    low = text.lower()
    named = [index for index, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name[:3].lower()}", low)]
    days = [index for index, word in enumerate(ORDINALS, start=1) if re.search(rf"(?<!-)\b{word}(?!-)\b", low)]
    numbers = [int(number) for number in re.findall(r"\d+", low)] + days
    if len(numbers) == 1:
        found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", low)
        assert found, text
        return {datetime.date(*map(int, found.groups()))}
    (year,) = (number for number in numbers if number >= 1000)
    rest = [number for number in numbers if number < 1000]
    if named:
        return {datetime.date(year, named[0], rest[0])}
    orders = [rest] if numbers[0] == year else [rest[::-1]] if "." in low else [rest, rest[::-1]]
    return {datetime.date(year, month, day) for month, day in orders if month <= 12}


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_says_the_date_and_only_that_one(style: str) -> None:
    generator = drawn()
    for _ in range(400):
        date = draw_date(generator, held_out=False)
        if style != "slashes" or is_plain_with_slashes(date):
            text = write_date(date, style, generator)
            assert read(text) == {date}, text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("day month year", "15 March 2021"),
        ("ordinal", "the 15th of March, 2021"),
        ("ordinal word", "the fifteenth of March 2021"),
        ("weekday", "Monday, 15 March 2021"),
        ("month ordinal", "MAR 15TH, 2021"),
        ("slashes", "3/15/2021"),
        ("Chinese with digits", "2021年3月15日"),
        ("Chinese numerals", "二〇二一年三月十五日"),
        ("Chinese numerals", "二零二一年三月十五号"),
    ],
)
def test_a_date_is_written_as_people_write_it(style: str, text: str) -> None:
    date, generator = datetime.date(2021, 3, 15), drawn()
    ways = {write_date(date, style, generator) for _ in range(300)}
    assert text.replace("号", "日") in {way.replace("号", "日") for way in ways}


def test_days_have_their_endings_and_september_its_two_short_forms() -> None:
    generator = drawn()
    ways = {write_date(datetime.date(1999, 9, day), "ordinal", generator) for day in range(1, 31) for _ in range(60)}
    for ordinal in ("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th"):
        assert f"the {ordinal} of September 1999" in ways
    assert {"3rd Sep 1999", "3rd Sept 1999"} <= ways


def test_a_tenth_of_the_dates_is_held_out_and_never_drawn_for_training() -> None:
    first = datetime.date(2000, 1, 1).toordinal()
    share = np.mean([is_held_out(datetime.date.fromordinal(first + day)) for day in range(20_000)])
    assert share == pytest.approx(0.1, abs=0.01)
    generator = drawn()
    assert not any(is_held_out(draw_date(generator, held_out=False)) for _ in range(500))
    assert all(is_held_out(draw_date(generator, held_out=True)) for _ in range(500))


def test_what_is_drawn_is_the_same_by_the_same_seed_and_meets_every_format() -> None:
    once, again = ([draw_written(generator, held_out=True) for _ in range(300)] for generator in (drawn(), drawn()))
    assert once == again
    assert {style for _, _, style in once} == set(FORMATS)
    assert all({datetime.date.fromisoformat(iso)} == read(text) for text, iso, _ in once)


def test_slashes_are_refused_where_the_day_could_be_the_month() -> None:
    with pytest.raises(InputError, match="slashes if the day is no month"):
        write_date(datetime.date(2021, 3, 4), "slashes", drawn())
    assert read(write_date(datetime.date(2021, 4, 4), "slashes", drawn())) == {datetime.date(2021, 4, 4)}
    with pytest.raises(InputError, match="is 'ordinals': choose"):
        write_date(datetime.date(2021, 4, 4), "ordinals", drawn())

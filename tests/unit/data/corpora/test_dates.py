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
    is_plain,
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
    if re.search("[〇零一二三四五六七八九]{4}年", text):
        year, month, day = re.findall(r"([〇零一二三四五六七八九]{4})年(.+)月(.+?)[日号]", text)[0]
        digits = "".join(map(DIGITS.__getitem__, year))
        return {datetime.date(int(digits), chinese_number(month), chinese_number(day))}
    low = re.sub("星期.", "", text.lower())
    named = [index for index, name in enumerate(MONTHS, start=1) if re.search(rf"(?<![a-z]){name[:3].lower()}", low)]
    days = [index for index, word in enumerate(ORDINALS, start=1) if re.search(rf"(?<!-)\b{word}(?!-)\b", low)]
    written = re.findall(r"\d+", low)
    if len(written) == 1 and not days:
        found = re.search(r"(\d{4})(\d\d)(\d\d)", low)
        assert found, text
        return {datetime.date(*map(int, found.groups()))}
    numbers = [int(number) for number in written] + days
    is_first = len(written[0]) == 4 or "年" in low
    if days:
        year, rest = numbers[0], days
    elif is_first:
        year, *rest = numbers
    else:
        *rest, year = numbers
    if year < 100:
        year += 1900 if year >= 69 else 2000
    if named:
        return {datetime.date(year, named[0], rest[0])}
    by_month_first = is_first or "/" in low
    one, two = rest
    if (by_month_first and one <= 12) or two > 12:
        return {datetime.date(year, one, two)}
    return {datetime.date(year, two, one)}


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_says_the_date_and_only_that_one(style: str) -> None:
    generator = drawn()
    for _ in range(400):
        date = draw_date(generator, held_out=False, two_digits=style == "two-digit year")
        text = write_date(date, style, generator)
        assert read(text) == {date}, text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("day month year", "15 March 2021"),
        ("day month year", "15 march 2021."),
        ("two-digit year", "03/15/21"),
        ("two-digit year", "15.3.21"),
        ("hyphens", "15-03-2021"),
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
    ways = {write_date(date, style, generator) for _ in range(1500)}
    assert text.replace("号", "日") in {way.replace("号", "日") for way in ways}


def test_days_have_their_endings_and_september_its_two_short_forms() -> None:
    generator = drawn()
    ways = {write_date(datetime.date(1999, 9, day), "ordinal", generator) for day in range(1, 31) for _ in range(150)}
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


def test_where_the_day_could_be_the_month_slashes_put_it_last_and_dots_and_hyphens_first() -> None:
    date, generator = datetime.date(2021, 3, 4), drawn()
    assert not is_plain(date.month, date.day)
    for style, order in (("slashes", "34"), ("dots", "43"), ("hyphens", "43")):
        for _ in range(100):
            numbers = re.findall(r"\d+", write_date(date, style, generator))
            assert "".join(number.lstrip("0") for number in numbers[:2]) == order
    plain = {write_date(datetime.date(2021, 3, 15), "slashes", generator) for _ in range(200)}
    assert {"3/15/2021", "15/3/2021"} <= plain


def test_a_year_of_two_figures_is_refused_where_it_would_mean_another() -> None:
    with pytest.raises(InputError, match="two digits for 1969 to 2068"):
        write_date(datetime.date(1968, 4, 4), "two-digit year", drawn())
    with pytest.raises(InputError, match="is 'ordinals': choose"):
        write_date(datetime.date(2021, 4, 4), "ordinals", drawn())

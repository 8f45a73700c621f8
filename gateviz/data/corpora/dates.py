"""Written dates, English and Chinese, in many formats, drawn by seed, each with its ISO form. No torch.

    draw_date(np.random.default_rng(0), held_out=False)               # datetime.date(2021, 3, 15)
    write_date(date, "ordinal", generator)                           # "the 15th of March, 2021"
    date.isoformat()                                                  # "2021-03-15"

A tenth of all dates, chosen by a checksum of the date, is held out: it is never drawn for training, in any format.

Where the day could be the month, an order must be taken: with slashes the month stands first, as in American dates;
with dots and hyphens the day does. A year of two figures lies from 1969 to 2068, as Python and POSIX read it.
"""

import calendar
import datetime
import zlib

import numpy as np

from gateviz.errors import InputError

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEPTEMBER = 9
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth")
ORDINALS = (
    *(*_ONES, *_TEENS, "eighteenth", "nineteenth", "twentieth"),
    *(*(f"twenty-{one}" for one in _ONES), "thirtieth", "thirty-first"),
)
_CHINESE_DIGITS = "〇一二三四五六七八九"

FORMATS: dict[str, tuple[str, ...]] = {
    "day month year": (
        *("{d} {B} {Y}", "{dd} {B} {Y}", "{d} {B}, {Y}", "{d} {b} {Y}", "{d} {b}. {Y}", "{d}-{b}-{Y}"),
        *("{d}. {B} {Y}", "{d}{B} {Y}"),
    ),
    "ordinal": (
        *("{dth} {B} {Y}", "{dth} {B}, {Y}", "{dth} of {B} {Y}", "{dth} of {B}, {Y}"),
        *("the {dth} of {B} {Y}", "the {dth} of {B}, {Y}", "{dth} {b} {Y}"),
    ),
    "month day year": ("{B} {d}, {Y}", "{B} {d} {Y}", "{B} {dd}, {Y}", "{b} {d}, {Y}", "{b} {d} {Y}", "{b}. {d}, {Y}"),
    "month ordinal": ("{B} {dth}, {Y}", "{B} {dth} {Y}", "{B} the {dth}, {Y}", "{b} {dth}, {Y}", "{b}. {dth}, {Y}"),
    "ordinal word": (
        *("the {word} of {B} {Y}", "the {word} of {B}, {Y}", "{word} of {B} {Y}"),
        *("{B} the {word}, {Y}", "{B} {word}, {Y}", "{word} {B} {Y}"),
    ),
    "weekday": (
        *("{W}, {d} {B} {Y}", "{W} {d} {B} {Y}", "{W}, {B} {d}, {Y}", "{W} {B} {d} {Y}"),
        *("{w}, {d} {b} {Y}", "{w} {b} {d} {Y}", "{W}, {dth} {B} {Y}", "{W} the {dth} of {B}, {Y}"),
    ),
    "year first": (
        *("{Y}-{mm}-{dd}", "{Y}/{mm}/{dd}", "{Y}/{m}/{d}", "{Y}.{m}.{d}", "{Y}.{mm}.{dd}", "{Y}-{m}-{d}"),
        *("{Y} {B} {d}", "{Y}, {B} {d}", "{Y}-{b}-{dd}", "{Y}{mm}{dd}", "{Y} {mm} {dd}", "{Y} {m} {d}"),
    ),
    "dots": ("{d}.{m}.{Y}", "{dd}.{mm}.{Y}", "{d}. {m}. {Y}"),
    "hyphens": ("{d}-{m}-{Y}", "{dd}-{mm}-{Y}", "{d} - {m} - {Y}"),
    "slashes": ("{m}/{d}/{Y}", "{mm}/{dd}/{Y}", "{m}/{d}/{Y}", "{m} / {d} / {Y}"),
    "two-digit year": (
        *("{m}/{d}/{y}", "{mm}/{dd}/{y}", "{d}.{m}.{y}", "{dd}.{mm}.{y}", "{d}-{m}-{y}", "{dd}-{mm}-{y}"),
        *("{d} {B} {y}", "{d} {b} '{y}", "{B} {d}, '{y}", "{b} {d} {y}", "{dth} {B} '{y}", "{y}年{m}月{d}日"),
    ),
    "Chinese with digits": (
        *("{Y}年{m}月{d}日", "{Y}年{mm}月{dd}日", "{Y}年{m}月{d}号", "{Y} 年 {m} 月 {d} 日"),
        *("{Y}年{m}月{d}日{cW}", "{Y}年{m}月{d}日 {cW}"),
    ),
    "Chinese numerals": ("{cY}年{cm}月{cd}日", "{cY}年{cm}月{cd}号", "{zY}年{cm}月{cd}日", "{cY}年{cm}月{cd}日{cW}"),
}
"""Name of a format -> the templates of its dates."""

_SWAPPED: dict[str, tuple[str, ...]] = {
    "slashes": ("{d}/{m}/{Y}", "{dd}/{mm}/{Y}"),
    "hyphens": ("{m}-{d}-{Y}", "{mm}-{dd}-{Y}"),
}
_SWAPPED |= {"dots": ("{m}.{d}.{Y}",), "two-digit year": ("{d}/{m}/{y}", "{dd}/{mm}/{y}", "{m}-{d}-{y}")}
"""The same in the other order, which is written only where nobody can take the day for the month."""

_AROUND = ("it is {}", "today is {}", "on {}", "I was born on {}", "my birthday is {}", "date: {}", "since {}", "({})")
_AROUND_CHINESE = ("今天是{}", "我的生日是{}", "日期：{}", "我出生于{}", "{}出生")
_ENDS = (*("",) * 10, ".", ".", "!", "?", " ", ",")


def is_held_out(date: datetime.date) -> bool:
    """Whether a date is one of the tenth that is never trained on."""
    return zlib.crc32(date.isoformat().encode()) % 10 == 0


def draw_date(generator: np.random.Generator, *, held_out: bool, two_digits: bool = False) -> datetime.date:
    """A held-out date, or one of the others: three in five from 1900 to 2099, the rest from 1000 to 2999.

    One in thirty is a leap day. With `two_digits` all are from 1969 to 2068.
    """
    first, last = (1969, 2069) if two_digits else (1900, 2100) if generator.random() < 0.6 else (1000, 3000)
    is_leap_day = generator.random() < 1 / 30
    while True:
        span = datetime.date(first, 1, 1).toordinal(), datetime.date(last, 1, 1).toordinal()
        date = datetime.date.fromordinal(int(generator.integers(*span)))
        if is_leap_day and calendar.isleap(date.year):
            date = date.replace(month=2, day=29)
        if is_held_out(date) == held_out and (not is_leap_day or (date.month, date.day) == (2, 29)):
            return date


def write_date(date: datetime.date, style: str, generator: np.random.Generator) -> str:
    """The date in one of that format's templates, as people type it: in any case, with a mark, or in a sentence.

    Raises:
        InputError: no such format, or a year that two figures cannot say.
    """
    if style not in FORMATS or (style == "two-digit year" and not 1969 <= date.year <= 2068):
        raise InputError(f"the style of {date} is {style!r}: choose {', '.join(FORMATS)}; two digits for 1969 to 2068.")
    return write_day(date.year, date.month, date.day, style, generator)


def write_day(year: int, month: int, day: int, style: str, generator: np.random.Generator) -> str:
    """The same for numbers that may be no day of the calendar. Where letters are needed, the month must be one."""
    templates = FORMATS[style]
    if is_plain(month, day):
        templates += _SWAPPED.get(style, ())
    template = templates[generator.integers(len(templates))]
    text = template.format(**_parts(year, month, day, generator))
    if generator.random() < 1 / 8:
        around = _AROUND_CHINESE if "年" in text else _AROUND
        text = around[generator.integers(len(around))].format(text)
    text = (text, text, text.lower(), text.upper())[generator.integers(4)]
    return text + _ENDS[generator.integers(len(_ENDS))]


def is_plain(month: int, day: int) -> bool:
    """Whether nobody can take the day for the month."""
    return day > len(MONTHS) or day == month


def draw_written(generator: np.random.Generator, *, held_out: bool) -> tuple[str, str, str]:
    """A written date, its ISO form and the name of its format; all formats are equally frequent."""
    style = tuple(FORMATS)[generator.integers(len(FORMATS))]
    date = draw_date(generator, held_out=held_out, two_digits=style == "two-digit year")
    return write_date(date, style, generator), date.isoformat(), style


def _parts(year: int, month: int, day: int, generator: np.random.Generator) -> dict[str, str]:
    """The parts that the templates are filled with."""
    name = MONTHS[(month - 1) % len(MONTHS)]
    try:
        weekday = datetime.date(year, month, day).weekday()
    except ValueError:  # a day that does not exist falls on any day of the week
        weekday = int(generator.integers(len(WEEKDAYS)))
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    short = "Sept" if month == SEPTEMBER and generator.integers(2) else name[:3]
    written = f"{year:04d}"
    chinese_year = "".join(_CHINESE_DIGITS[int(digit)] for digit in written)
    return {
        "Y": written,
        "y": written[2:],
        "m": str(month),
        "mm": f"{month:02d}",
        "B": name,
        "b": short,
        "d": str(day),
        "dd": f"{day:02d}",
        "dth": f"{day}{ending}",
        "word": ORDINALS[(day - 1) % len(ORDINALS)],
        "W": WEEKDAYS[weekday],
        "w": WEEKDAYS[weekday][:3],
        "cY": chinese_year,
        "zY": chinese_year.replace("〇", "零"),
        "cm": _chinese(month),
        "cd": _chinese(day),
        "cW": "星期" + "一二三四五六日"[weekday],
    }


def _chinese(number: int) -> str:
    """1 .. 99 in words: 十五, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHINESE_DIGITS[tens] + "十") + (
        _CHINESE_DIGITS[ones] if ones else ""
    )

"""Written dates, English and Chinese, in many formats, drawn by seed, each with its ISO form. No torch.

    draw_date(np.random.default_rng(0), held_out=False)               # datetime.date(2021, 3, 15)
    write_date(date, "ordinal", generator)                           # "the 15th of March, 2021"
    date.isoformat()                                                  # "2021-03-15"

A tenth of all dates, chosen by a checksum of the date, is held out: it is never drawn for training, in any format.
Slashes are used only if the day cannot be taken for the month. With dots the day stands first, as it does in the
countries that write dates with dots.
"""

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
    "day month year": ("{d} {B} {Y}", "{dd} {B} {Y}", "{d} {B}, {Y}", "{d} {b} {Y}", "{d} {b}. {Y}", "{d}-{b}-{Y}"),
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
        *("{Y}-{mm}-{dd}", "{Y}/{mm}/{dd}", "{Y}/{m}/{d}", "{Y}.{m}.{d}", "{Y}-{m}-{d}"),
        *("{Y} {B} {d}", "{Y}, {B} {d}", "{Y}-{b}-{dd}", "{Y}{mm}{dd}"),
    ),
    "dots": ("{d}.{m}.{Y}", "{dd}.{mm}.{Y}", "{d}. {B} {Y}"),
    "slashes": ("{d}/{m}/{Y}", "{m}/{d}/{Y}", "{dd}/{mm}/{Y}", "{mm}/{dd}/{Y}"),
    "Chinese with digits": (
        *("{Y}年{m}月{d}日", "{Y}年{mm}月{dd}日", "{Y}年{m}月{d}号", "{Y} 年 {m} 月 {d} 日"),
        *("{Y}年{m}月{d}日{cW}", "{Y}年{m}月{d}日 {cW}"),
    ),
    "Chinese numerals": ("{cY}年{cm}月{cd}日", "{cY}年{cm}月{cd}号", "{zY}年{cm}月{cd}日", "{cY}年{cm}月{cd}日{cW}"),
}
"""Name of a format -> the templates of its dates."""


def is_held_out(date: datetime.date) -> bool:
    """Whether a date is one of the tenth that is never trained on."""
    return zlib.crc32(date.isoformat().encode()) % 10 == 0


def draw_date(generator: np.random.Generator, *, held_out: bool) -> datetime.date:
    """A held-out date, or one of the others: three in five from 1900 to 2099, the rest from 1000 to 2999."""
    first, last = (1900, 2100) if generator.random() < 0.6 else (1000, 3000)
    while True:
        span = datetime.date(first, 1, 1).toordinal(), datetime.date(last, 1, 1).toordinal()
        date = datetime.date.fromordinal(int(generator.integers(*span)))
        if is_held_out(date) == held_out:
            return date


def write_date(date: datetime.date, style: str, generator: np.random.Generator) -> str:
    """The date in one of that format's templates; one in four is in lower case, and one in four in upper case.

    Raises:
        InputError: no such format, or slashes for a day that could be the month.
    """
    if style not in FORMATS or (style == "slashes" and not is_plain_with_slashes(date)):
        raise InputError(
            f"the style of {date} is {style!r}: choose {', '.join(FORMATS)}; slashes if the day is no month."
        )
    templates = FORMATS[style]
    text = templates[generator.integers(len(templates))].format(**_parts(date, generator))
    return (text, text, text.lower(), text.upper())[generator.integers(4)]


def is_plain_with_slashes(date: datetime.date) -> bool:
    """Whether nobody can take the day for the month."""
    return date.day > len(MONTHS) or date.day == date.month


def draw_written(generator: np.random.Generator, *, held_out: bool) -> tuple[str, str, str]:
    """A written date, its ISO form and the name of its format; all formats are equally frequent."""
    style = tuple(FORMATS)[generator.integers(len(FORMATS))]
    date = draw_date(generator, held_out=held_out)
    while style == "slashes" and not is_plain_with_slashes(date):
        date = draw_date(generator, held_out=held_out)
    return write_date(date, style, generator), date.isoformat(), style


def _parts(date: datetime.date, generator: np.random.Generator) -> dict[str, str]:
    """The parts that the templates are filled with."""
    day, month, weekday = date.day, MONTHS[date.month - 1], WEEKDAYS[date.weekday()]
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    short = "Sept" if date.month == SEPTEMBER and generator.integers(2) else month[:3]
    year = f"{date.year:04d}"
    chinese_year = "".join(_CHINESE_DIGITS[int(digit)] for digit in year)
    return {
        "Y": year,
        "m": str(date.month),
        "mm": f"{date.month:02d}",
        "B": month,
        "b": short,
        "d": str(day),
        "dd": f"{day:02d}",
        "dth": f"{day}{ending}",
        "word": ORDINALS[day - 1],
        "W": weekday,
        "w": weekday[:3],
        "cY": chinese_year,
        "zY": chinese_year.replace("〇", "零"),
        "cm": _chinese(date.month),
        "cd": _chinese(day),
        "cW": "星期" + "一二三四五六日"[date.weekday()],
    }


def _chinese(number: int) -> str:
    """1 .. 31 in words: 十五, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHINESE_DIGITS[tens] + "十") + (
        _CHINESE_DIGITS[ones] if ones else ""
    )

r"""What may be typed or uploaded: the rules for texts, in one place, and what each refusal says.

    check_sentence("The Time Traveller")                   # gives it back, or raises TextError
    sentences_of(decode_upload(b"one\r\n\r\ntwo"))              # ("one", "two")

Costs nothing to import (no torch). Characters are Unicode code points throughout.
"""

import codecs
import re
import unicodedata

from gateviz.errors import TextError, as_given

MAX_CHARACTERS = 2000
"""The longest text that is run: at 256 units and three architectures its picture takes some 15 MB."""

MAX_BOTH_WAYS = 600
"""The longest text for a model that reads in both directions: each beginning of it is a text of its own."""

MAX_SENTENCES = 500
"""The most sentences that are taken from one file: a list of more cannot be chosen from."""

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_LAYOUT = frozenset("\t\n\v\f\r")
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def check_text(given: object) -> str:
    """Give `given` back, if it is one text. It may be empty.

    Raises:
        TextError: bytes, ids, None, a list of texts, or whatever else is not a str.
    """
    if isinstance(given, str):
        return given
    if isinstance(given, (bytes, bytearray)):
        advice = 'decode it first, as in data.decode("utf-8")'
    elif isinstance(given, (list, tuple)) and given and all(isinstance(text, str) for text in given):
        advice = "give one text at a time"
    else:
        advice = "give a str, which the model itself turns into ids"
    raise TextError(f"the text is {as_given(given)}: {advice}.")


def check_texts(given: object) -> tuple[str, ...]:
    """The texts of a batch, a list or tuple of at least one str.

    Raises:
        TextError: what is given is none, or one of its items is no str.
    """
    if not isinstance(given, (list, tuple)) or not any(isinstance(text, str) for text in given):
        raise TextError(f"the texts are {as_given(given)}: give a str, or a list of them.")
    for number, text in enumerate(given, start=1):
        if not isinstance(text, str):
            raise TextError(f"text {number} of {len(given)} is {as_given(text)}: give a list of nothing but str.")
    return tuple(given)


def check_sentence(text: str, limit: int = MAX_CHARACTERS) -> str:
    """Give `text` back as it is, if a model can run it.

    Raises:
        TextError: nothing but blanks, more than `limit` characters, or a control character or half of a surrogate
            pair in it, of which the first is named with its position (from 1).
    """
    if len(check_text(text)) > limit:
        raise TextError(
            f"the text has {len(text)} characters: at most {limit} can be shown.",
            code="error.too_long",
            given=len(text),
            limit=limit,
        )
    if not text.strip():
        raise TextError("the text is empty: type at least one character.", code="error.empty")
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character) in ("Cc", "Cs"):
            name = f"U+{ord(character):04X}"
            raise TextError(
                f"character {position} is the control character {name}: take it out.",
                code="error.control_character",
                name=name,
                position=position,
            )
    return text


def decode_upload(data: bytes) -> str:
    """The text of an uploaded file: by its byte order mark, else as UTF-8, else as GB18030.

    Raises:
        TextError: not a text in one of these. GB18030 reads almost any bytes as something, so a text that was only
            read that way is refused when it holds control characters, or looks like accented Latin letters misread.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return _decoded(data, "utf-8")
    except TextError:
        text = _decoded(data, "gb18030")
    if _has_control(text) or _is_misread_latin(text):
        raise _undecodable()
    return text


def sentences_of(text: str, limit: int = MAX_SENTENCES) -> tuple[str, ...]:
    """The lines of `text` that are not blank, without the blanks around them; each is still to be checked.

    Raises:
        TextError: no such line, or more than `limit`.
    """
    lines = tuple(line for line in (line.strip() for line in re.split(r"\r\n|\n|\r", text)) if line)
    if not lines:
        raise TextError("the file holds no text: put one sentence on each line.", code="error.empty")
    if len(lines) > limit:
        raise TextError(
            f"the file has {len(lines)} lines of text: at most {limit} can be chosen from.",
            code="error.too_many_lines",
            given=len(lines),
            limit=limit,
        )
    return lines


def _decoded(data: bytes, encoding: str) -> str:
    """`data` in that encoding, or TextError; a NUL never stands in a text."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _undecodable() from None
    if "\0" in text:
        raise _undecodable()
    return text


def _undecodable() -> TextError:
    return TextError("the file is not a text in UTF-8, UTF-16 or GB18030: save it as UTF-8.", code="error.undecodable")


def _has_control(text: str) -> bool:
    return any(unicodedata.category(character) == "Cc" and character not in _LAYOUT for character in text)


def _is_misread_latin(text: str) -> bool:
    """Whether at least half of the two-byte characters stand alone in ASCII and end in the byte of a Latin letter.

    An accented letter of Latin-1 followed by a plain one reads as such a character; Chinese ones stand together.
    """
    pairs = alone = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        code = character.encode("gb18030")
        pairs += len(code) == 2
        alone += len(code) == 2 and code[1] in _LETTERS and before.isascii() and after.isascii()
    return 0 < pairs <= 2 * alone

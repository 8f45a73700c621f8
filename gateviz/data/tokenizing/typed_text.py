r"""The rules for texts that are typed, uploaded or passed to a model, and the sentence with which each is refused.

    check_sentence("The Time Traveller")                   # gives it back, or raises TextError
    sentences_of("one\r\n\r\ntwo")                             # ("one", "two")

A character is a Unicode code point. It needs no torch.
"""

import re
import unicodedata

from gateviz.errors import TextError, as_given

MAX_CHARACTERS = 2000
"""The longest text that the app and the command line take: its picture of three cells of 256 units has some 15 MB."""

MAX_BOTH_WAYS = 600
"""The same for a model that reads in both directions, which reads each beginning of the text as a text of its own."""

MAX_SENTENCES = 500
"""The most sentences in an uploaded file: nobody can choose from a longer list."""


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
        TextError: no such list, or an item that is no str.
    """
    if not isinstance(given, (list, tuple)) or not any(isinstance(text, str) for text in given):
        raise TextError(f"the texts are {as_given(given)}: give a str, or a list of them.")
    for number, text in enumerate(given, start=1):
        if not isinstance(text, str):
            raise TextError(f"text {number} of {len(given)} is {as_given(text)}: give a list of nothing but str.")
    return tuple(given)


def check_sentence(text: str, limit: int = MAX_CHARACTERS) -> str:
    """Give `text` back as it is, if it can be shown.

    Raises:
        TextError: it has nothing but spaces, more than `limit` characters, a control character, or half of a surrogate
            pair. The sentence names the first such character and its position, counted from 1.
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


def sentences_of(text: str, limit: int = MAX_SENTENCES) -> tuple[str, ...]:
    """The lines of `text` that have more than spaces, without the spaces around them. The caller checks each of them.

    Raises:
        TextError: no such line, or more than `limit`.
    """
    lines = tuple(line for line in (line.strip() for line in re.split(r"\r\n|\n|\r", check_text(text))) if line)
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

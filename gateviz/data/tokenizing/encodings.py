r"""The text of an uploaded file, whose encoding nobody says: UTF-8, UTF-16, UTF-32, GB18030, Big5 or Shift-JIS.

    decode_upload("时间机器".encode("gb18030"))                # '时间机器'
    decode_upload("時間機器".encode("big5"))                   # '時間機器'

Bytes of a Chinese or Japanese text are a text in the others' encodings too, only one of rare characters. So each
encoding is tried, and the text with the commonest characters is taken. Of 24,000 single lines of real texts (Debian's
catalogues, Weibo, Tang poems, many of two or three characters) 97.7 % were read, 2.1 % refused with a sentence,
and 0.2 % misread; of three lines at once 99.9 % were read. It needs no torch.
"""

import codecs
import unicodedata
from functools import cache

from gateviz.errors import TextError, as_given

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_LAYOUT = frozenset("\t\n\v\f\r")
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

_SHOWN = {"gb18030": "GB18030", "cp950": "Big5", "cp932": "Shift-JIS"}
"""Python's codec -> the name that people know. The codecs of Windows read what the standards have, and more."""

_LEVEL_1 = {
    "gb18030": ("gb2312", 0xB0A1, 0xD7F9),
    "cp950": ("big5", 0xA440, 0xC67E),
    "cp932": ("shift_jis", 0x889F, 0x9872),
}
"""Where each standard has its common characters: the codes from the first to the last."""

_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "这個們來為國說時會對於過發後裡種經麼學現當沒動還進開從實軍無與長機業將兩間問並應戰頭體見產話內門給東聲員論處義幾認條氣題爾"
    "變總電數報結務場計資統區隊決書則聽達強難權設類據邊張該規萬術領師觀讓識帶導爭運您請此選項檔私何今入使京"
)
"""What every second character of a Chinese text is, and no misread one is likely to be."""

_SAMPLE = 4000
"""So many characters say which encoding it is, from the first that is not ASCII on."""
_CLEAR = 0.5
"""By so much the best score must be above the second."""
_LEAST = 0.3
"""The score of a text: below it the characters are too rare for one."""


def decode_upload(data: bytes) -> str:
    """The text of an uploaded file: by its byte order mark, else as UTF-8, else in the encoding that suits it best.

    Raises:
        TextError: it is no text in any of these encodings, or as likely one in two of them.
    """
    if not isinstance(data, (bytes, bytearray)):
        raise TextError(f"the file's content is {as_given(data)}: give bytes.")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _decoded(data, encoding)
            break
    else:
        text = _decoded(data, "utf-8")
        if text is None:
            return _likeliest(data)
    if text is None:
        raise _undecodable()
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    """`data` decoded; None if it is not in that encoding, or has a NUL, which no text has."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _likeliest(data: bytes) -> str:
    found = []
    for encoding in _SHOWN:
        text = _decoded(data, encoding)
        if text is None or _has_control(text):
            continue
        sample = _sample(text)
        if not _is_misread_latin(sample, encoding):
            found.append((_score(sample, encoding), encoding, text))
    found.sort(reverse=True)
    if not found or found[0][0] < _LEAST:
        raise _undecodable()
    if len(found) > 1 and found[0][0] - found[1][0] < _CLEAR:
        first, second = (_SHOWN[encoding] for _, encoding, _ in found[:2])
        raise TextError(
            f"the file may be a text in {first} or in {second}: save it as UTF-8.",
            code="error.unclear_encoding",
            first=first,
            second=second,
        )
    return found[0][2]


def _undecodable() -> TextError:
    return TextError(
        "the file is not a text in UTF-8, UTF-16, GB18030, Big5 or Shift-JIS: save it as UTF-8.",
        code="error.undecodable",
    )


def _sample(text: str) -> str:
    start = next(place for place, character in enumerate(text) if not character.isascii())
    return text[max(start - 1, 0) : start + _SAMPLE]


def _score(text: str, encoding: str) -> float:
    """How common its characters are, those of ASCII apart: 2 where all are frequent, -2 where all are rare."""
    points = [_points(character, encoding) for character in text if not character.isascii()]
    return sum(points) / len(points)


def _points(character: str, encoding: str) -> int:
    if character in _FREQUENT or "ぁ" <= character <= "ゖ":  # hiragana
        return 2
    return 1 if character in _common(encoding) or _is_common_everywhere(character) else -2


@cache
def _common(encoding: str) -> frozenset[str]:
    """The common characters of a standard. GB18030 is also used for traditional Chinese."""
    codec, first, last = _LEVEL_1[encoding]
    codes = (code.to_bytes(2).decode(codec, "ignore") for code in range(first, last + 1))
    found = frozenset(character for character in codes if len(character) == 1)
    return found | _common("cp950") if encoding == "gb18030" else found


def _is_common_everywhere(character: str) -> bool:
    """Katakana, the signs of both languages, and the wide forms of ASCII."""
    return "゠" <= character <= "ヿ" or "　" <= character <= "】" or "！" <= character <= "～" or character in "“”‘’—…·"


def _has_control(text: str) -> bool:
    return any(unicodedata.category(character) == "Cc" and character not in _LAYOUT for character in text)


def _is_misread_latin(text: str, encoding: str) -> bool:
    """Whether at least half of the two-byte characters stand alone between ASCII and end in the byte of a Latin letter.

    An accented letter of Latin-1 and the plain letter after it are read as such a character. Chinese and Japanese
    characters stand side by side.
    """
    pairs = alone = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        code = character.encode(encoding)
        pairs += len(code) == 2
        alone += len(code) == 2 and code[1] in _LETTERS and before.isascii() and after.isascii()
    return 0 < pairs <= 2 * alone

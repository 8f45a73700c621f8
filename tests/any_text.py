"""Texts that a person could type or paste, or a program could pass: any Unicode, with what has made trouble before."""

import unicodedata

from hypothesis import strategies as st

TROUBLE = (
    *("love it ❤️", "a film from Москва", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "🇫🇷", "👍🏽", "#\ufe0f\u20e3"),
    *("e\u0301", "\u0301", "\u0301\u0301", "Z\u0351\u036b\u0343a", "\ufe0f", "\u200d", "\u200b", "\ufeff", "\u00ad"),
    *("\ud800", "\udfff", "\ud83d", "\x00", "\x1b[31m", "\x7f", "\x1c", "\x85", "\u2028", "\u202e", "\U000e0061"),
    *("한국어", "ភាសាខ្មែរ", "नमस्ते", "עברית", "العربية", "ไทย", "𝔘𝔫𝔦", "ﬁlm", "½", "Ⅻ", "㎏", "İ", "ẞ", "ŉ", "ǅ"),
    *("´", "don´t", "¨", "‾", "goooood", "isn't", "WHATS", "'", "''", "_", "<b>", "{0}", "$x$", "→", "¶", "白日", "，"),
    *("0.5", "0.5*", "-3", "1e9", "1e400", "nan", "inf", "٣", "１", "5**", "*", "a", "X", "([])", "2021-03-15"),
    *(" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000"),
)

TEXTS = st.lists(
    st.sampled_from(TROUBLE) | st.text(st.characters(exclude_categories=()), max_size=4), min_size=1, max_size=6
).map("".join)
"""Some of TROUBLE and of all code points, half surrogates included, in any order."""


def is_foreign(character: str) -> bool:
    """Whether no English spelling could stand for the character: neither blank nor accent, and nothing ASCII inside it.

    Typographic quotes and dashes, which do have one, count as foreign to nobody.
    """
    category = unicodedata.category(character)
    if character.isspace() or category in ("Mn", "Cf", "Pi", "Pf", "Pd", "Ps"):
        return False
    decomposed = unicodedata.normalize("NFKD", character)
    return not any(part.isascii() and not part.isspace() for part in decomposed) and character not in "´″′İ"

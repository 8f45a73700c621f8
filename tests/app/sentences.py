"""What people type: sentences that can be run, and those that cannot with what is said of them."""

from gateviz.i18n.translator import load

WORDS = load("en")
LONGEST = ("The Time Traveller smiled round at us. " * 60)[:2000]

VALID = {
    "one character": "T",
    "one unknown character": "☃",
    "two characters": "Th",
    "2,000 characters": LONGEST,
    "blanks around it": "  he said  ",
    "emoji": "He smiled 🦊👩‍👩‍👧",
    "Chinese": "时间旅行者",
    "a script": "<script>alert(1)</script>",
    "Markdown and LaTeX": "**bold** $x$ :red[no] [a](javascript:b) `c`",
    "a right-to-left override": "he \u202esaid",
    "braces and percent signs": "{0} {text} %s %(a)s",
}
INVALID = {
    "nothing": ("", WORDS("error.empty")),
    "blanks": ("  \u3000 ", WORDS("error.empty")),
    "2,001 characters": (LONGEST + "x", WORDS("error.too_long", given=2001, limit=2000)),
    "20,000 characters": ("word " * 4000, WORDS("error.too_long", given=20_000, limit=2000)),
    "20,000 emoji": ("🦊" * 20_000, WORDS("error.too_long", given=20_000, limit=2000)),
    "a NUL": ("ab\0c", WORDS("error.control_character", position=3, name="U+0000")),
    "an escape": ("\x1b[31mred", WORDS("error.control_character", position=1, name="U+001B")),
    "a delete": ("del\x7f", WORDS("error.control_character", position=4, name="U+007F")),
}

"""A book's paragraphs, each on one line, where its sentences begin, and what is quoted. No torch.

text = unwrapped(read_text(path))                    # the lines of a paragraph joined by spaces
sentence_starts('It rained. "Come in," he said.')    # [0, 11]
is_quoted('"Yes," he said.')                         # True from the first mark up to the one that closes
"""

import re

_START = re.compile(r'(?:^|\n|(?<=[.!?]) |(?<=[.!?]") )(?=["A-Z0-9])')


def unwrapped(text: str) -> str:
    """The text with each paragraph on one line; what stands between empty lines is one."""
    return "\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())


def sentence_starts(text: str) -> list[int]:
    """The positions at which a sentence begins: a line's beginning, and a capital or a figure after a full stop."""
    return [match.end() for match in _START.finditer(text)]


def is_quoted(text: str) -> list[bool]:
    """For each character, whether it stands in double quotes, the opening mark included; a line's end ends a quote."""
    inside, found = False, []
    for character in text:
        if character == "\n":
            inside = False
        elif character == '"':
            inside = not inside
        found.append(inside)
    return found

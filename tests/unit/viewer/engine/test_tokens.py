"""The engine cuts any text into the tokens of the library, and refuses what the library refuses."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateviz import load_pretrained
from gateviz.errors import TextError
from tests.any_text import TEXTS

Engine = Callable[..., list[Any]]
READERS = ("hometown/rnn", "agreement/rnn", "sentiment/rnn", "weibo/rnn")
"""Words without subwords, words with letters, words with subwords, characters."""
SPOKEN = ["isn't", "ISNT", "whats", "they're", "gooood", "xxx", "didn’t", "I", "'", "ve", "s", "Ca", "n't", " ", "-"]
ENGLISH = st.lists(st.sampled_from(SPOKEN) | st.text("aeinstvw' ", max_size=5), max_size=12).map("".join)
CHANGED = "\U0001171e"
"""The one character that is an accent in this Python's Unicode and none in Node's."""


def as_a_browser_has_it(text: str) -> str:
    """Two halves of a surrogate pair are one character there; and Node knows characters that this Python may not."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return "".join(one for one in joined if unicodedata.category(one) != "Cn" and one != CHANGED)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=4)
@example(["\ud83d\u0301\u200b\udfff\uff69\xc3*"])  # without what prints nothing, the halves would be one character
@given(texts=st.lists(TEXTS | ENGLISH, min_size=100, max_size=200))
def test_the_tokens_of_any_text_are_the_librarys(name: str, engine: Engine, texts: list[str]) -> None:
    tokenizer = load_pretrained(*name.split("/")).tokenizer
    texts = [as_a_browser_has_it(text) for text in texts]
    for text, found in zip(texts, engine(name, *(["tokenize", text] for text in texts)), strict=True):
        assert [tuple(pair) for pair in found] == [(token.text, token.id) for token in tokenizer.tokenize(text)]


@settings(max_examples=4)
@given(texts=st.lists(st.text("0123456789.*-+eE \t\x1c\u3000x", max_size=12) | TEXTS, min_size=100, max_size=200))
@pytest.mark.parametrize("name", ["adding/rnn", "sunspots/rnn"])
def test_numbers_are_read_and_refused_as_in_the_library(name: str, engine: Engine, texts: list[str]) -> None:
    tokenizer = load_pretrained(*name.split("/")).tokenizer
    texts = [as_a_browser_has_it(text) for text in texts]
    for text, found in zip(texts, engine(name, *(["tokenize", text] for text in texts)), strict=True):
        try:
            expected = [
                [token.text, list(features)]
                for token, features in zip(tokenizer.tokenize(text), tokenizer.encode(text), strict=True)
            ]
        except TextError as refusal:
            place = refusal.values.get("position") if refusal.code == "error.not_a_number" else None
            assert found["refused"].startswith("the text is empty" if place is None else f"word {place}, ")
        else:
            assert found == expected

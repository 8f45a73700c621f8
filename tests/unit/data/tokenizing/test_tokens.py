"""Unknown characters are counted one by one, whatever kind of tokenizer met them."""

import pytest

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.number_tokenizer import PLAIN, NumberTokenizer
from gateviz.data.tokenizing.tokens import Tokenizer, unknown_characters
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer

CHARACTERS = CharacterTokenizer.of("love it a fm")
WORDS = WordTokenizer.of(["love it", "a film from here"], least=1)


@pytest.mark.parametrize("tokenizer", [CHARACTERS, WORDS], ids=["characters", "words"])
@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("love it", ""),
        ("love it ❤️", "❤\ufe0f"),
        ("a Москва", "Москва"),
        ("it 🦊  🦊", "🦊🦊"),
        ("👨\u200d👩 it", "👨\u200d👩"),
        ("it\ud800", "\ud800"),
    ],
)
def test_unknown_characters_are_counted_without_the_blanks_before_them(
    tokenizer: Tokenizer, text: str, unknown: str
) -> None:
    assert unknown_characters(tokenizer.tokenize(text)) == tuple(unknown)


def test_a_blank_that_is_itself_unknown_counts() -> None:
    assert unknown_characters(CHARACTERS.tokenize("a\tit\u3000")) == ("\t", "\u3000")
    assert unknown_characters(WORDS.tokenize("a\tit\u3000")) == (), "between words any blank is one"
    assert unknown_characters(WORDS.tokenize(" \u3000")) == (" ", "\u3000"), "a text of nothing else is unknown"


def test_a_number_is_never_unknown() -> None:
    assert unknown_characters(NumberTokenizer(PLAIN).tokenize(" 1 2.5")) == ()

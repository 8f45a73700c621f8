"""What is appended for a token is read back as that token, and the text before it as it was."""

import pytest

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.spelling import spelled
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer

WORDS = WordTokenizer.of(["slight slightly old, isn't it (here)?"], least=1, subwords=4)


def appended(text: str, entry: str) -> str | None:
    before = [token.text for token in WORDS.tokenize(text)]
    return spelled(WORDS, WORDS.entries.index(entry), before)


def test_a_character_is_written_as_it_is() -> None:
    assert spelled(CharacterTokenizer.of("ab"), 1, ["a"]) == "b"


@pytest.mark.parametrize(
    ("text", "entry", "expected"),
    [
        ("", "old", "old"),
        ("it", "old", " old"),
        ("it", ",", ","),
        ("it", "(", " ("),
        ("it is", "n't", "n't"),
        ("it q", "##z", "z"),
    ],
)
def test_a_word_comes_after_a_blank_and_a_mark_or_a_piece_joins_on(text: str, entry: str, expected: str) -> None:
    assert appended(text, entry) == expected


def test_a_piece_that_would_make_another_word_of_the_one_before_is_not_written() -> None:
    assert appended("slight", "##l") is None or WORDS.encode("slight" + (appended("slight", "##l") or "")) == (
        *WORDS.encode("slight"),
        WORDS.entries.index("##l"),
    )
    assert appended("", "##l") is None

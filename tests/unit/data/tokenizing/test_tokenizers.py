"""What holds of every tokenizer: nothing that is typed is lost, and a card can bring it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.number_tokenizer import MARKED, PLAIN, NumberTokenizer
from gateviz.data.tokenizing.tokenizers import tokenizer_of
from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import InputError

NUMBERS: list[Tokenizer] = [NumberTokenizer(PLAIN), NumberTokenizer(MARKED)]
TOKENIZERS: list[Tokenizer] = [
    CharacterTokenizer.of("the time machine 时"),
    WordTokenizer.of(["the time machine isn't here"], least=1),
]

each = pytest.mark.parametrize("tokenizer", TOKENIZERS, ids=lambda tokenizer: tokenizer.kind)


@each
@given(text=st.text())
def test_the_tokens_joined_are_the_text_and_each_has_its_id(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert tuple(token.id for token in tokens) == tokenizer.encode(text)
    assert all(token.known == (token.id != tokenizer.unknown) for token in tokens)
    assert all(0 <= token.id < len(tokenizer) for token in tokens)


@pytest.mark.parametrize("tokenizer", [*TOKENIZERS, *NUMBERS])
def test_kind_and_entries_bring_it_back(tokenizer: Tokenizer) -> None:
    again = tokenizer_of(tokenizer.kind, tokenizer.entries)
    assert again == tokenizer
    assert again.unknown == tokenizer.unknown == len(tokenizer.entries)


@each
def test_entries_that_it_cannot_have_are_refused(tokenizer: Tokenizer) -> None:
    for entries in ((), ("a", "a")):
        with pytest.raises(InputError, match="distinct"):
            tokenizer_of(tokenizer.kind, entries)


def test_a_kind_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(InputError, match="'bytes': choose 'characters', 'words', 'numbers'"):
        tokenizer_of("bytes", ("a",))  # type: ignore[arg-type]

"""Characters, ids and the unknown."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.data.tokenizing.tokens import Token
from gateviz.errors import InputError


def test_a_vocabulary_is_the_distinct_characters_in_code_point_order() -> None:
    vocabulary = CharacterTokenizer.of("banana 时🕰")
    assert vocabulary.characters == (" ", "a", "b", "n", "时", "🕰")
    assert len(vocabulary) == 7, "the unknown counts"
    assert vocabulary.unknown == 6


def test_an_unknown_character_keeps_its_place_and_its_spelling() -> None:
    assert CharacterTokenizer.of("ab").tokenize("a☃b") == (
        Token("a", 0, known=True),
        Token("☃", 2, known=False),
        Token("b", 1, known=True),
    )


@given(st.text(), st.text(min_size=1))
def test_every_code_point_becomes_one_token_and_nothing_is_dropped(text: str, known: str) -> None:
    vocabulary = CharacterTokenizer.of(known)
    tokens = vocabulary.tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert tuple(token.id for token in tokens) == vocabulary.encode(text)
    assert all(token.known == (token.text in known) for token in tokens)


@given(st.text(min_size=1))
def test_ids_of_known_characters_lead_back_to_them(text: str) -> None:
    vocabulary = CharacterTokenizer.of(text)
    assert "".join(vocabulary.characters[i] for i in vocabulary.encode(text)) == text


@pytest.mark.parametrize("characters", [(), ("a", "a"), ("ab",), ("",)])
def test_a_vocabulary_refuses_what_is_not_distinct_single_characters(characters: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match=r"distinct str|single characters"):
        CharacterTokenizer(characters)


def test_texts_and_vocabularies_are_had_without_waiting_for_torch() -> None:
    imports = "from gateviz.data.tokenizing import character_tokenizer, typed_text"
    code = f"import sys\n{imports}\nsys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

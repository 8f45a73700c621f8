"""WordTokenizer, pieces of words, and that nothing which is typed gets lost."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import InputError

WORDS = WordTokenizer.of(["a charming but slight comedy that isn't too good", "what's so good about it?"], least=1)
WHOLE = WordTokenizer(("so", "good", ",", "."))


def spelt(text: str, words: WordTokenizer = WORDS) -> list[str]:
    """The entries that a text is read as; an unknown one as None would be."""
    return [words.entries[token.id] if token.known else "" for token in words.tokenize(text)]


def test_a_word_is_known_whatever_its_case_accents_and_quotes() -> None:
    assert spelt("A CHARMING Comedy") == ["a", "charming", "comedy"]
    assert spelt("cómedy") == ["comedy"]
    assert spelt("cómedy") == ["comedy"], "the accent typed as a character of its own"
    assert spelt("isn’t") == spelt("isn't") == ["is", "n't"]


@pytest.mark.parametrize("typed", ["isn't", "isnt", "Isn’t", "ISN'T", "isn´t".replace("´", "′")])
def test_a_contraction_comes_apart_with_or_without_its_apostrophe(typed: str) -> None:
    assert spelt(typed) == ["is", "n't"]


@pytest.mark.parametrize("typed", ["what's", "whats", "What’s"])
def test_what_is_shortened_to_an_s_is_the_same_however_it_is_typed(typed: str) -> None:
    assert spelt(typed) == ["what", "'s"]


def test_a_word_that_only_looks_like_a_contraction_stays_whole() -> None:
    words = WordTokenizer.of(["want front lets"], least=1)
    assert spelt("want front", words) == ["want", "front"]


def test_a_drawn_out_word_is_the_word() -> None:
    assert spelt("sooooo gooood") == ["so", "good"]
    assert spelt("toooo") == ["too"]
    assert [token.text for token in WORDS.tokenize("sooooo gooood")] == ["sooooo", " gooood"]


def test_marks_are_tokens_of_their_own_and_keep_the_blanks_before_them() -> None:
    assert [token.text for token in WORDS.tokenize("so , good!!  ")] == ["so", " ,", " good", "!", "!  "]
    assert spelt("so(good)") == ["so", "(", "good", ")"]


def test_an_unknown_word_becomes_its_longest_pieces_from_the_left() -> None:
    assert [token.text for token in WORDS.tokenize("a slightish")] == ["a", " slight", "i", "s", "h"]
    assert spelt("slightish") == ["slight", "##i", "##s", "##h"]
    assert all(token.known for token in WORDS.tokenize("zyzzyva 2026"))


def test_pieces_that_many_words_share_are_entries_too() -> None:
    words = WordTokenizer.of(["walking jesting singing"], least=2, subwords=1)
    assert words.entries[0] == "##ing", "the words themselves occur once only"
    assert spelt("jumping", words) == ["j", "##u", "##m", "##p", "##ing"]


def test_a_known_word_can_be_read_as_if_it_were_unknown() -> None:
    words = WordTokenizer.of(["slight slightly"], least=1)
    slightly, slight, letter = (words.entries.index(entry) for entry in ("slightly", "slight", "##l"))
    assert words.subwords_of(slightly) == (slight, letter, words.entries.index("##y"))
    assert [words.entries[i] for i in words.subwords_of(slight)] == ["s", "##l", "##i", "##g", "##h", "##t"]
    assert words.subwords_of(letter) == (letter,), "a piece stays what it is, and so does the unknown"
    assert words.subwords_of(words.unknown) == (words.unknown,)


def test_what_letters_cannot_spell_is_one_unknown_token_a_character() -> None:
    tokens = WORDS.tokenize("so 时间 good☃")
    assert [token.text for token in tokens] == ["so", " 时", "间", " good", "☃"]
    assert [token.known for token in tokens] == [True, False, False, True, False]
    assert tokens[1].id == WORDS.unknown == len(WORDS) - 1


def test_a_text_of_blanks_is_one_unknown_token_and_the_empty_text_is_none() -> None:
    assert [(token.text, token.known) for token in WORDS.tokenize(" \n ")] == [(" \n ", False)]
    assert WORDS.tokenize("") == ()


def test_the_commonest_words_come_first_and_rare_ones_are_left_to_their_pieces() -> None:
    words = WordTokenizer.of(["b b b a a c"], least=2)
    assert words.entries[:2] == ("b", "a")
    assert words.entries[2] == "c", "a letter, not a word that occurred twice"
    assert len(words) == len(words.entries) + 1


def test_without_letters_among_the_entries_any_other_word_is_one_unknown_token() -> None:
    tokens = WHOLE.tokenize("So zyzzyva, isn't 你好 2026 good☃")
    assert [token.text for token in tokens] == ["So", " zyzzyva", ",", " is", "n't", " 你好", " 2026", " good", "☃"]
    assert [token.text for token in tokens if token.known] == ["So", ",", " good"]


@given(st.text(), st.sampled_from([WORDS, WHOLE]))
def test_the_tokens_of_any_text_joined_give_it_back(text: str, words: WordTokenizer) -> None:
    tokens = words.tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert all(token.text for token in tokens)
    assert tuple(token.id for token in tokens) == words.encode(text)
    assert all(token.known == (token.id < words.unknown) for token in tokens)


@given(st.lists(st.sampled_from([*"aeisntoz'’ .", "n't", "isnt", "whats", "aaa", "́", " "])).map("".join))
def test_contractions_runs_and_marks_in_any_order_lose_nothing(text: str) -> None:
    assert "".join(token.text for token in WORDS.tokenize(text)) == text


@pytest.mark.parametrize("entries", [(), ("a", "a"), ("",), ("##",)])
def test_a_vocabulary_refuses_what_is_not_distinct_entries(entries: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match=r"distinct str|give words"):
        WordTokenizer(entries)


def test_words_are_had_without_waiting_for_torch() -> None:
    code = "import sys, gateviz.data.tokenizing.word_tokenizer; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

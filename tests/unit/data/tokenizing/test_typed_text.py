"""The rules for typed and uploaded texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.tokenizing.typed_text import (
    MAX_CHARACTERS,
    MAX_SENTENCES,
    check_sentence,
    sentences_of,
)
from gateviz.errors import TextError


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=MAX_CHARACTERS).filter(str.strip))
def test_any_printable_text_passes_and_comes_back_unchanged(text: str) -> None:
    assert check_sentence(text) == text


@pytest.mark.parametrize("text", ["", " ", "\u3000 \u00a0", "\n"])
def test_a_text_of_blanks_is_empty(text: str) -> None:
    with pytest.raises(TextError, match="empty") as raised:
        check_sentence(text)
    assert raised.value.code == "error.empty"


def test_the_longest_text_passes_and_one_more_character_does_not() -> None:
    check_sentence("a" * MAX_CHARACTERS)
    with pytest.raises(TextError, match="20000 characters: at most 2000") as raised:
        check_sentence("a" * 20_000)
    assert (raised.value.code, raised.value.values) == ("error.too_long", {"given": 20_000, "limit": MAX_CHARACTERS})


def test_length_counts_code_points_so_that_an_emoji_outside_the_basic_plane_is_one() -> None:
    assert check_sentence("🕰" * 10, limit=10)


def test_the_first_control_character_is_named_with_its_place() -> None:
    with pytest.raises(TextError, match=r"character 3 is the control character U\+0007") as raised:
        check_sentence("ab\x07c\x00")
    assert (raised.value.code, raised.value.values) == ("error.control_character", {"name": "U+0007", "position": 3})


@pytest.mark.parametrize(("text", "name"), [("a\tb", "U+0009"), ("a\x85", "U+0085"), ("\ud83d", "U+D83D")])
def test_tabs_c1_controls_and_half_a_surrogate_pair_are_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(TextError) as raised:
        check_sentence(text)
    assert raised.value.values["name"] == name


def test_sentences_are_the_lines_that_are_not_blank_whatever_ends_them() -> None:
    assert sentences_of("one\r\n\r\n  two \rthree\n\n") == ("one", "two", "three")


def test_only_line_ends_separate_sentences_so_that_no_other_character_vanishes() -> None:
    assert sentences_of("a\u2028b\x0bc") == ("a\u2028b\x0bc",)


@pytest.mark.parametrize("text", ["", "\n \n\t\r\n"])
def test_a_file_without_sentences_is_empty(text: str) -> None:
    with pytest.raises(TextError) as raised:
        sentences_of(text)
    assert raised.value.code == "error.empty"


def test_more_sentences_than_can_be_chosen_from_are_refused_rather_than_cut() -> None:
    assert len(sentences_of("line\n" * MAX_SENTENCES)) == MAX_SENTENCES
    with pytest.raises(TextError) as raised:
        sentences_of("line\n" * (MAX_SENTENCES + 1))
    assert (raised.value.code, raised.value.values["limit"]) == ("error.too_many_lines", MAX_SENTENCES)

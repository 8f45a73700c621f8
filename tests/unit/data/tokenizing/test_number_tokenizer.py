"""Numbers as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.tokenizing.number_tokenizer import MARKED, PLAIN, NumberTokenizer
from gateviz.errors import TextError

MARKS, NUMBERS = NumberTokenizer(MARKED), NumberTokenizer(PLAIN)


def test_a_star_marks_a_number() -> None:
    assert MARKS.encode("0.53 0.21* .5 -2e1* 7.") == ((0.53, 0.0), (0.21, 1.0), (0.5, 0.0), (-20.0, 1.0), (7.0, 0.0))
    assert NUMBERS.encode("58.0 62") == ((58.0,), (62.0,))


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.booleans()), min_size=1), st.sampled_from([" ", "  ", "\t", "\n"]))
def test_what_is_written_reads_back_and_no_blank_is_lost(rows: list[tuple[float, bool]], blank: str) -> None:
    text = blank + MARKS.text(rows, decimals=3).replace(" ", blank) + blank
    assert "".join(token.text for token in MARKS.tokenize(text)) == text
    read = MARKS.encode(text)
    assert [value for value, _ in read] == pytest.approx([value for value, _ in rows], abs=5.1e-4)
    assert [bool(mark) for _, mark in read] == [mark for _, mark in rows]


@pytest.mark.parametrize("word", ["zero", "1,5", "1.2.3", "*", "0.5**", "nan", "inf", "1e10", "١", "0x1", "--1", "五"])
def test_a_word_that_is_no_number_is_named_with_its_place(word: str) -> None:
    with pytest.raises(TextError, match=r"^word 2, '") as caught:
        MARKS.tokenize(f"0.5 {word} 0.7")
    assert caught.value.code == "error.not_a_number"
    assert caught.value.values == {"word": word, "position": 2, "example": "0.53 0.21* 0.94 0.07*"}


def test_a_star_is_refused_where_it_means_nothing_and_a_long_word_is_shown_in_part() -> None:
    with pytest.raises(TextError, match=r"'0.5\*', is not a number: type numbers .* 58.0 62.6 70.0"):
        NUMBERS.encode("0.5*")
    with pytest.raises(TextError, match=r"'x{20}…'"):
        NUMBERS.encode("x" * 500)


def test_a_text_without_a_number_is_refused() -> None:
    with pytest.raises(TextError, match="type at least one number"):
        NUMBERS.tokenize("  ")


def test_the_entries_say_what_the_figures_are() -> None:
    assert (len(MARKS), MARKS.marks, len(NUMBERS), NUMBERS.marks) == (2, True, 1, False)
    assert MARKS.unknown not in range(len(MARKS))
    with pytest.raises(ValueError, match="number"):
        NumberTokenizer(("mark",))

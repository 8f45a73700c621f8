"""The words of an opening: holes are filled, what tells the end is marked, numbers look as elsewhere on the page."""

import pytest

from gateviz.openings.sight import compose, number, shown, visible
from gateviz.results.opening import Part


def test_holes_are_filled_with_words_tokens_and_numbers() -> None:
    parts = compose("At {token} {count} gates.", token=Part("France", 4), count=number(29))
    assert parts == [Part("At "), Part("France", 4), Part(" "), Part("29", value=29), Part(" gates.")]


def test_what_stands_in_brackets_tells_the_end_whatever_the_values_hold() -> None:
    parts = compose("After {token}[ it says {answer}].", token=Part("[", 3), answer="]")
    assert [(part.text, part.tells) for part in parts] == [
        ("After ", False), ("[", False), (" it says ]", True), (".", False),
    ]  # fmt: skip
    assert parts[1].step == 3


def test_a_list_of_parts_fills_a_hole_and_what_tells_before_tells_still() -> None:
    inner = compose("[; the {cell}]", cell="RNN")
    assert compose("Yes{others}", others=inner) == [Part("Yes"), Part("; the RNN", tells=True)]
    assert compose("Yes{others}", others=[]) == [Part("Yes")]


@pytest.mark.parametrize(
    ("value", "places", "text"), [(-0.391, 2, "−0.39"), (-0.001, 2, "0.00"), (12, 0, "12"), (0.5, 2, "0.50")]
)
def test_numbers_have_fixed_decimals_and_a_real_minus_sign(value: float, places: int, text: str) -> None:
    assert shown(value, places) == number(value, places).text == text


def test_a_space_alone_can_be_seen() -> None:
    assert [visible(token) for token in (" ", " keys", "a", "\n")] == ["␣", "keys", "a", "↵"]

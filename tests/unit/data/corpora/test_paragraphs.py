"""Paragraphs, beginnings of sentences, and quotations, in texts that a person can check."""

from gateviz.data.corpora.another_book import ALICE
from gateviz.data.corpora.paragraphs import is_quoted, sentence_starts, unwrapped


def test_the_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart() -> None:
    assert unwrapped("PART I\n\n\nIn the year\n1878  I took\nmy degree.\n \n  Next.\n") == (
        "PART I\nIn the year 1878 I took my degree.\nNext."
    )


def test_a_sentence_begins_after_a_full_stop_if_a_capital_follows() -> None:
    text = 'It rained. "Come in," he said. "Now!" She came.\nAt 5 p.m. it ended.'
    assert [text[start : start + 4] for start in sentence_starts(text)] == ["It r", '"Com', '"Now', "She ", "At 5"]


def test_a_quotation_lasts_from_its_mark_to_the_one_that_closes_or_to_the_end_of_the_line() -> None:
    text = 'a "b" c "d\ne'
    assert "".join(character for character, quoted in zip(text, is_quoted(text), strict=True) if quoted) == '"b"d'


def test_the_sentences_of_another_book_are_as_a_person_would_type_them() -> None:
    assert len(set(ALICE)) == 24
    assert all(30 <= len(text) <= 90 and "\n" not in text and text.count('"') % 2 == 0 for text in ALICE)
    assert sum('"' in text for text in ALICE) > 10

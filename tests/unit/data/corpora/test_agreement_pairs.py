"""Pairs of sentences, and a split that leaves no likeness of a held-out sentence in."""

import pytest

from gateviz.data.corpora.agreement_pairs import HeldOut, Pair, held_out, read_pairs, split
from gateviz.errors import DataError

HEADER = "construction\tcase\tgood\tbad\n"
NOUNS = ("author", "pilot", "surgeon", "farmer", "manager", "customer", "officer", "teacher", "senator", "consultant")
VERBS = (("laughs", "laugh"), ("swims", "swim"), ("smiles", "smile"), ("is tall", "are tall"), ("is old", "are old"))


def sentences(noun: str, one: str, many: str) -> list[str]:
    """A noun in both numbers with a verb, alone and with something between."""
    return [
        f"the {noun}{s} {between}{verb}"
        for s, verb in (("", one), ("s", many))
        for between in ("", "near the lake ", "near the lakes ")
    ]


ALL = [text for noun in NOUNS for one, many in VERBS for text in sentences(noun, one, many)]


def test_a_pair_is_read_from_its_line() -> None:
    (pair,) = read_pairs(HEADER + "simple\tsing\tthe author laughs\tthe author laugh\n")
    assert pair == Pair("simple", "sing", "the author laughs", "the author laugh")


@pytest.mark.parametrize(
    "line", ["simple\tsing\tthe author laughs", "s\tc\tthe author laughs\tthe author", "s\tc\tthe author\tthe author"]
)
def test_a_line_that_is_no_pair_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(DataError, match="line 2 of the file of pairs"):
        read_pairs(HEADER + line)


def test_another_file_is_refused_by_what_it_begins_with() -> None:
    with pytest.raises(DataError, match="begins with 'It was'"):
        read_pairs("It was\n")
    with pytest.raises(DataError, match="begins with ''"):
        read_pairs("")


def test_a_sentence_is_held_out_with_all_of_its_numbers_or_not_at_all() -> None:
    for noun in NOUNS:
        for one, many in VERBS:
            alone = {held_out(f"the {noun} {one}"), held_out(f"the {noun}s {many}")}
            between = {held_out(text) for text in sentences(noun, one, many) if "near" in text}
            assert len(alone) == len(between) == 1


def test_a_held_out_noun_and_verb_never_stand_together_in_training() -> None:
    new = {(noun, one) for noun in NOUNS for one, _ in VERBS if held_out(f"the {noun} {one}") is HeldOut.COMBINATION}
    assert 0 < len(new) < len(NOUNS) * len(VERBS) / 2
    for noun, one in new:
        many = dict(VERBS)[one]
        for text in (
            f"every {noun} {one}",
            f"those {noun}s {many} today",
            f"the {noun}s that laugh are old and {many}",
        ):
            assert held_out(text) is not None
        assert held_out(f"a girl that sees the {noun} {one}") is not None, "not even where it is no subject"


def test_the_split_loses_no_pair_and_keeps_the_order() -> None:
    pairs = [Pair("c", "c", text, text) for text in ALL]
    training, new = split(pairs)
    assert sorted(pair.good for pair in (*training, *new)) == sorted(ALL)
    assert 0.05 < len(new) / len(pairs) < 0.5
    assert [pair for pair in pairs if pair.held_out is None] == list(training)

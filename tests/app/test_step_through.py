"""The landing page: whatever is typed, its picture is the library's, or the last one stays with a sentence."""

import numpy as np
import pytest

import gateviz
from gateviz.figures.places import WINDOW, state_limit
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.answers import expected_next
from gateviz.results.signals import GATES
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import MAPPED, SHOWN
from tests.app.sentences import INVALID, VALID, WORDS
from tests.app.visitor import Visitor, numbers
from tests.packed import unpack

EXAMPLE = EXAMPLES["timemachine"]


def check_picture(visitor: Visitor, text: str, cells: tuple[str, ...] = CELLS) -> None:
    """Viewer and heatmaps show that sentence as the library computes it."""
    header, signals = unpack(visitor.viewer_bytes)
    assert header["text"] == text
    assert [token["text"] for token in header["tokens"]] == list(text)
    assert tuple(header["cells"]) == tuple(signals) == cells
    assert set(visitor.figures) == {f"maps_{cell}_{header['numbers'][:16]}" for cell in cells}
    for cell in cells:
        trace = gateviz.load_pretrained("timemachine", cell).trace(text)
        assert tuple(signals[cell]) == SHOWN[cell]  # type: ignore[index]
        for name, sent in signals[cell].items():
            np.testing.assert_allclose(sent, trace.layer(0)[name][0], rtol=2.0**-16, atol=1e-5)
        maps = {heatmap["name"]: heatmap for heatmap in visitor.heatmaps[cell]["data"]}
        assert tuple(maps) == MAPPED[cell]  # type: ignore[index]
        for name, heatmap in maps.items():
            z, top = numbers(heatmap["z"]), heatmap["zmax"]
            rows = header["orders"][cell]["few"]
            values = trace.layer(0)[name][0, :WINDOW, rows].T  # (time, row); of a longer text the viewer draws the rest
            assert z.shape == values.T.shape
            assert heatmap["zmin"] == (0 if name in GATES else -top)
            limit = 1.0 if name in GATES else header["limits"][name]
            shown = np.clip(values.T, -limit, limit)
            assert np.abs(z / top * limit - shown).max() <= limit / top / 2 + 1e-5


def check_expectation(visitor: Visitor, text: str, cell: str) -> None:
    model = gateviz.load_pretrained("timemachine", cell)
    expected = expected_next(model.logits(text), model.outputs, text)
    found = visitor.viewer["expected"][cell]
    assert [tuple(row) for row in found["guesses"]] == list(expected.guesses)
    np.testing.assert_allclose(found["probabilities"], expected.probabilities, rtol=1e-4)
    came = [np.nan if value is None else value for value in found["came"]]
    np.testing.assert_allclose(came, expected.probability, rtol=1e-4)
    surprise = [np.nan if value is None else value for value in found["surprise"]]
    np.testing.assert_allclose(surprise, expected.surprise, rtol=1e-4, atol=1e-5)


@pytest.fixture(scope="module")
def shared() -> Visitor:
    """A session that the tests go on with, as a person would."""
    return Visitor()


def test_the_page_opens_with_a_sentence_already_computed() -> None:
    visitor = Visitor()
    visitor.assert_no_stack_trace()
    assert visitor.sentence == EXAMPLE
    assert visitor.notices == []
    check_picture(visitor, EXAMPLE)
    for cell in CELLS:
        check_expectation(visitor, EXAMPLE, cell)


@pytest.mark.parametrize("name", VALID)
def test_a_sentence_that_can_be_run_is_shown_character_by_character(shared: Visitor, name: str) -> None:
    text = VALID[name]
    shared.type(text)
    shared.assert_no_stack_trace()
    check_picture(shared, text)
    known = set(gateviz.load_pretrained("timemachine", "lstm").outputs)
    unknown = [character for character in text if character not in known]
    assert [not token["known"] for token in shared.viewer["tokens"]].count(True) == len(unknown)
    if not unknown:
        assert shared.notices == []
    else:
        (notice,) = shared.notices
        assert notice.startswith("One " if len(unknown) == 1 else f"{len(unknown)} ")
        assert all(character in notice or f"U+{ord(character):04X}" in notice for character in unknown)


@pytest.mark.parametrize("name", INVALID)
def test_a_sentence_that_cannot_be_run_gets_one_sentence_and_the_picture_stays(shared: Visitor, name: str) -> None:
    text, sentence = INVALID[name]
    shared.type("He said not a word.")
    before = (shared.viewer_bytes, shared.figures, shared.address)
    shared.type(text)
    shared.assert_no_stack_trace()
    assert shared.notices == [sentence]
    assert (shared.viewer_bytes, shared.figures, shared.address) == before
    assert shared.sentence == text, "what was typed can be mended"
    shared.type("He said not a word.")
    assert shared.notices == []


def test_a_first_sentence_that_cannot_be_run_leaves_the_example() -> None:
    visitor = Visitor({"text": ""}).type(" ")
    assert visitor.notices == [WORDS("error.empty")]
    check_picture(visitor, EXAMPLE)


def test_what_is_typed_never_stands_where_markup_is_read() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    visitor = Visitor().type(hostile)
    for element in [*visitor.at.html, *visitor.at.markdown, *visitor.at.caption]:
        assert "onerror" not in str(element.value)
    assert "onerror" not in str(visitor.figures), "the heatmaps do not hold the sentence at all"
    assert any("<" in notice for notice in visitor.notices)


@pytest.mark.parametrize("chosen", [["lstm"], ["gru", "rnn"], ["lstm", "gru", "rnn"]])
def test_the_architectures_that_are_chosen_are_shown_in_the_usual_order(shared: Visitor, chosen: list[str]) -> None:
    shared.type("He said so.").choose("cells", chosen)
    shared.assert_no_stack_trace()
    check_picture(shared, "He said so.", tuple(cell for cell in CELLS if cell in chosen))
    assert shared.address["cells"] == ",".join(cell for cell in CELLS if cell in chosen)


def test_choosing_no_architecture_shows_all() -> None:
    visitor = Visitor().choose("cells", ["gru"]).choose("cells", [])
    visitor.assert_no_stack_trace()
    check_picture(visitor, EXAMPLE)


def test_an_unchanged_picture_is_the_same_bytes_at_every_rerun() -> None:
    visitor = Visitor()
    before = visitor.sent
    visitor.at.run()
    assert visitor.sent == before
    assert len(before) == 7, "three charts, the viewer, the lessons, the timeline, the article"


def test_two_sessions_do_not_see_each_others_sentences() -> None:
    one, other = Visitor(), Visitor()
    one.type("He said so.")
    other.at.run()
    assert (one.viewer["text"], other.viewer["text"]) == ("He said so.", EXAMPLE)


def test_the_viewer_is_told_what_it_draws(shared: Visitor) -> None:
    shared.choose("cells", list(CELLS)).type("He said so.")
    header = shared.viewer
    smallest = min(header["units"].values())
    assert 0 <= header["step"] < len("He said so.")
    assert 0 <= header["unit"] < smallest
    assert set(header["expected"]) == set(header["captions"]) == set(header["maps"]) == set(CELLS)
    assert set(header["limits"]) == {name for cell in CELLS for name in SHOWN[cell] if name not in GATES}
    cell_states = gateviz.load_pretrained("timemachine", "lstm").trace("He said so.").layer(0)["cell_state"]
    assert header["limits"]["cell_state"] == state_limit(cell_states)
    assert header["limits"]["hidden_state"] == header["limits"]["candidate"] == 1.0
    assert set(header["palettes"]) == {"light", "dark"}
    cards = {card.cell: card for card in gateviz.list_pretrained() if card.task == "timemachine"}
    for cell, caption in header["captions"].items():
        assert f"{cards[cell].metric.value:.2f}" in caption


@pytest.mark.parametrize("key", ["sentence", "task", "cells", "upload", "language"])
def test_a_widget_has_its_key_of_the_contract(shared: Visitor, key: str) -> None:
    assert shared.at.get_by_key(key).proto.id.endswith(f"-{key}")

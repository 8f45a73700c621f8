"""What the diagrams say: means of gates, sizes of states, and a sentence that counts what the units did."""

from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.results.trace import CELLS
from tests.browser.app_page import Visit
from tests.browser.expected import layer

SAID = {  # the words of the counts, of gates between them, and what joins them
    "en": (("{} kept", "{} forgot", "{} wrote", "{} read out"), "the rest half open", "all gates half open", ", "),
    "zh": (("保留 {}", "遗忘 {}", "写入 {}", "读出 {}"), "其余的门半开", "所有的门都半开", "，"),
}


def test_the_diagrams_show_means_of_gates_and_root_mean_squares_of_states(look: Visit) -> None:
    app = look()
    gate, state = (layer("lstm")[name][0, app.step] for name in ("forget_gate", "cell_state"))
    assert app.number("svg [data-cell=lstm][data-signal=forget_gate]") == pytest.approx(gate.mean(), rel=1e-4)
    rms = np.sqrt(np.square(state).mean())
    assert app.number("svg [data-cell=lstm][data-signal=cell_state]") == pytest.approx(rms, rel=1e-4)


def test_a_sentence_under_each_diagram_counts_what_the_units_did(look: Visit) -> None:
    app = look()
    app.page.keyboard.press("ArrowLeft")
    f, i, o = (layer("lstm")[gate][0, app.step] for gate in ("forget_gate", "input_gate", "output_gate"))
    z, r = (layer("gru")[gate][0, app.step] for gate in ("update_gate", "reset_gate"))
    before, now = layer("rnn")["hidden_state"][0, app.step - 1 : app.step + 1]
    kept, forgot, wrote, read = (f > 0.9).sum(), (f < 0.1).sum(), (i > 0.9).sum(), (o > 0.9).sum()
    assert {cell: app.page.locator(f"[data-unit-counts={cell}]").inner_text() for cell in CELLS} == {
        "rnn": f"{(before * now < 0).sum()} of {len(now)} units changed sign",
        "lstm": f"{kept} kept, {forgot} forgot, {wrote} wrote, {read} read out",
        "gru": f"{(z > 0.9).sum()} kept, {(z < 0.1).sum()} renewed, {(r < 0.1).sum()} reset",
    }


def test_of_gates_that_are_neither_open_nor_shut_it_says_so_and_counts_no_noughts(visit: Visit) -> None:
    text = "The jokes are not funny, but the two leads are wonderful."
    app = visit(f"/?task=sentiment&text={quote(text)}")
    signals = gateviz.load_pretrained("sentiment", "lstm").trace(text).layer(0)
    for language, (words, half, whole, joint) in SAID.items():
        app.speak(language)
        said = set()
        for step in range(app.steps):
            app.go(step=step)
            app.wait_for_step(step)
            f, i, o = (signals[gate][0, step] for gate in ("forget_gate", "input_gate", "output_gate"))
            counts = [int(mask.sum()) for mask in (f > 0.9, f < 0.1, i > 0.9, o > 0.9)]
            parts = [word.format(count) for word, count in zip(words, counts, strict=True)]
            if max(counts) < 6.4:
                parts = [part for part, count in zip(parts, counts, strict=True) if count]
                parts = [*parts, half] if parts else [whole]
            said.add(len(parts))
            assert app.page.locator("[data-unit-counts=lstm]").inner_text() == joint.join(parts)
        assert len(said) > 1


def test_the_architectures_can_be_chosen(visit: Visit) -> None:
    app = visit()
    app.page.locator(".st-key-cells button", has_text="RNN").click()
    expect(app.viewer.locator("svg[data-cell]")).to_have_count(2)
    expect(app.page.locator("[data-maps=rnn]")).to_have_count(0)

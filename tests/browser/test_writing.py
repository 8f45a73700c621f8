"""Write on: all cells go on with the sentence, stop at once, and what one has written can be taken over."""

import re

from playwright.sync_api import Locator, expect

import gateviz
from gateviz import load_pretrained
from gateviz.i18n.translator import load
from gateviz.models.poems import acrostic
from gateviz.results.trace import CELLS
from tests.browser.app_page import App, Visit

TEXT = "The Time Traveller smiled"


def button(app: App) -> Locator:
    return app.viewer.locator("[data-write=button]")


def written(app: App, cell: str) -> str:
    return app.viewer.locator(f"[data-written={cell}] .written-text").text_content() or ""


def wait_for_phase(app: App, phase: str) -> None:
    expect(app.viewer.locator(".write-strip")).to_have_attribute("data-phase", phase)


def test_all_cells_write_what_the_library_writes_for_the_seed_and_nothing_above_them_moves(visit: Visit) -> None:
    app = visit(f"/?text={TEXT}")
    before = [app.viewer.locator(place).bounding_box() for place in (".control-row", "[data-write=button]")]
    steps, shown = app.steps, app.step
    button(app).click()
    expect(app.viewer.locator("[data-written=rnn] .written-token")).not_to_have_count(0)
    app.page.wait_for_function(
        "step => [...document.querySelectorAll('.st-key-viewer *')].some(({ shadowRoot }) =>"
        " Number(shadowRoot?.querySelector('[data-gateviz=viewer]')?.dataset.step) >= step)",
        arg=steps + 2,
    )
    app.page.keyboard.press("Escape")
    wait_for_phase(app, "stopped")
    count = len(written(app, "lstm"))
    assert 3 <= count < 60, "the cursor went along with the tokens, and Escape stopped them"
    assert app.step == steps + count - 1
    after = [app.viewer.locator(place).bounding_box() for place in (".control-row", "[data-write=button]")]
    assert before == after
    app.page.keyboard.press("ArrowRight")
    assert app.step == steps + count - 1, "there is nothing yet to go to"

    app.viewer.locator("[data-write=length]").select_option("40")
    app.viewer.locator("[data-write=seed]").fill("3")
    app.viewer.locator("[data-write=seed]").press("Enter")
    wait_for_phase(app, "ended")
    for cell in CELLS:
        stream = gateviz.generate(load_pretrained("timemachine", cell), TEXT, temperature=0.8, seed=3, max_steps=40)
        sampled = list(stream)
        expect(app.viewer.locator(f"[data-written={cell}] .written-token")).to_have_count(40)
        assert written(app, cell).replace("↵", "\n") == stream.text[len(TEXT) :]
        last = app.viewer.locator(f"[data-written={cell}] .written-token").last
        share = float(last.get_attribute("data-value") or "nan")
        assert abs(share - sampled[-1].probability) < 1e-4
        assert "bits of surprise" in (last.get_attribute("title") or "")

    app.page.keyboard.press("Escape")
    wait_for_phase(app, "closed")
    assert (app.steps, app.step, app.text()) == (steps, shown, TEXT), "the sentence stands as it stood"


def test_a_text_is_taken_over_and_back_undoes_it(visit: Visit) -> None:
    app = visit(f"/?text={TEXT}", reduced_motion="reduce")
    button(app).click()
    wait_for_phase(app, "ended")
    text = TEXT + written(app, "lstm")
    assert len(text) == len(TEXT) + 60, "who wants no motion has it at once"
    assert "↵" in text
    app.viewer.locator("[data-take-over=lstm]").click()
    one_line = re.sub("↵+", " ", text)
    app.wait_for_text(one_line)
    expect(app.page.locator(".st-key-sentence input")).to_have_value(one_line)
    wait_for_phase(app, "closed")
    app.page.go_back()
    app.wait_for_text(TEXT)


def test_what_is_held_stays_held_while_a_text_is_written(visit: Visit) -> None:
    app = visit(f"/?text={TEXT}&hold=lstm.forget_gate@9-:0", reduced_motion="reduce")
    button(app).click()
    wait_for_phase(app, "ended")
    held = {cell: written(app, cell) for cell in CELLS}
    app.viewer.locator(".hold-away").click()
    expect(app.viewer.locator("[data-written=lstm] .written-text")).not_to_have_text(held["lstm"])
    wait_for_phase(app, "ended")
    assert [written(app, cell) == held[cell] for cell in ("rnn", "gru")] == [True, True]
    stream = gateviz.generate(load_pretrained("timemachine", "lstm"), TEXT, temperature=0.8, max_steps=60)
    assert written(app, "lstm").replace("↵", "\n") == "".join(token.text for token in stream)


def test_a_name_becomes_an_acrostic_laid_out_in_couplets(visit: Visit) -> None:
    say = load("zh")
    app = visit("/?task=tang&lang=zh", reduced_motion="reduce", locale="zh-CN")
    button(app).click()
    wait_for_phase(app, "ended")
    first = written(app, "lstm")
    assert first[1:].startswith("韵白日依山尽，"), "it names its rhyme; a whole quatrain gives its first line"
    assert len(first) == 26
    app.viewer.locator("[data-write=begins]").select_option("heads")
    box = app.viewer.locator("[data-write=heads]")
    expect(box).to_be_focused()
    box.fill("a")
    box.press("Enter")
    expect(app.viewer.locator(".write-note")).to_have_text(say("viewer.poem_wrong_heads"))
    assert written(app, "lstm") == first
    box.fill("春江花月夜海棠")
    box.press("Enter")
    expect(app.viewer.locator("[data-written=lstm] .written-token")).to_have_count(50)
    wait_for_phase(app, "ended")
    expect(app.viewer.locator(".write-note")).to_have_text("")
    for cell in CELLS:
        poems = acrostic(load_pretrained("tang", cell), "春江花月夜海棠", 5)
        texts = ["".join(token.text for token in poem) for poem in poems]
        assert written(app, cell) == "".join(f"{text[0]}韵{text[1:]}" for text in texts)
        assert app.viewer.locator(f"[data-written={cell}] .written-break").count() == 4


def test_a_decoder_writes_before_ones_eyes_and_a_class_is_not_written(visit: Visit) -> None:
    app = visit("/?task=dates")
    tokens = app.tokens()
    button(app).click()
    wait_for_phase(app, "ended")
    assert app.tokens() == tokens
    text = "the 3rd of May, 1999"
    assert written(app, "gru") == load_pretrained("dates", "gru").write(text) == "1999-05-03"
    assert app.viewer.locator("[data-take-over]").count() == 0
    app.open("/?task=hometown")
    assert button(app).count() == 0

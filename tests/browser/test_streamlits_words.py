"""Streamlit's own words are in the language of the page, from the first moment; a refused file gets one sentence."""

import re

import pytest
from playwright.sync_api import FilePayload, expect

from gateviz.i18n.translator import load
from tests.browser.app_page import Visit

BIG = FilePayload(name="big.txt", mimeType="text/plain", buffer=b"x" * 2_000_000)
PICTURE = FilePayload(name="a.png", mimeType="image/png", buffer=b"\x89PNG")
GOOD = FilePayload(name="good.txt", mimeType="text/plain", buffer=b"He said so.\nNot a word.")
REFUSED = {"big": (BIG, "streamlit.too_large"), "picture": (PICTURE, "streamlit.wrong_kind")}

# All that the page says outside of our own shadow roots and the figures, to eyes or to a screen reader.
SAID = """
() => {
  const said = [];
  for (const element of document.querySelectorAll("body *:not(script, style, noscript)")) {
    if (element.closest(".js-plotly-plot, [aria-hidden=true]")) continue;
    if (element.closest("[data-testid=stFileUploaderDropzoneInstructions]")) continue; // is not shown
    for (const name of ["aria-label", "title"]) if (element.hasAttribute(name)) said.push(element.getAttribute(name));
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) said.push(node.data.trim());
  }
  return said.filter(Boolean);
}
"""
OURS = {"RNN", "LSTM", "GRU", "EN", "gateviz", "Logo", "Dismiss"}


@pytest.mark.parametrize("path", ["", "/gradients"])
def test_a_chinese_page_says_nothing_in_english(visit: Visit, path: str) -> None:
    app = visit(path, locale="zh-CN")
    english = [text for text in app.page.evaluate(SAID) if re.fullmatch(r"[A-Za-z][A-Za-z .,'’]{2,}", text)]
    assert set(english) <= OURS
    upload = app.page.locator(".st-key-upload button")
    expect(upload).to_have_text(re.compile(load("zh")("streamlit.upload")))
    app.page.locator(".st-key-language button", has_text="EN").click()
    expect(upload).to_have_text(re.compile("Upload"))
    expect(app.page.locator("[data-testid=stSkipToContent]")).to_have_text(load("en")("streamlit.skip"))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_refused_file_gets_one_sentence_and_the_next_takes_its_place(visit: Visit, width: int, height: int) -> None:
    app = visit("/", width, height)
    upload = app.page.locator(".st-key-upload")
    sentence = upload.get_by_role("alert")
    for language in ("en", "zh"):
        app.speak(language)
        for name, (file, key) in REFUSED.items():
            tokens = app.tokens()
            upload.locator("input[type=file]").set_input_files([file])
            expect(sentence).to_have_text(load(language)(key, size="1.0MB"))
            place, picture = sentence.bounding_box(), app.viewer.bounding_box()
            assert place
            assert picture
            assert place["width"] > width / 2, "it is read without a pointer"
            assert place["y"] + place["height"] <= picture["y"]
            assert app.tokens() == tokens
            chip = upload.get_by_test_id("stFileChip").bounding_box()
            assert chip
            assert chip["x"] + chip["width"] <= width
            app.picture(f"refused-{name}-{width}-{language}")
    upload.locator("input[type=file]").set_input_files([GOOD])
    expect(sentence).to_have_count(0)
    app.wait_for_text("He said so.")


def test_what_a_person_typed_stays_as_it_is_where_it_is_one_of_streamlits_words(visit: Visit) -> None:
    app = visit(locale="zh-CN")
    lines = FilePayload(name="x.txt", mimeType="text/plain", buffer=b"Upload\nRemove the lid\nOpen")
    app.page.locator(".st-key-upload input[type=file]").set_input_files([lines])
    app.page.locator(".st-key-line input").first.click()
    expect(app.page.get_by_role("option")).to_have_text(["Upload", "Remove the lid", "Open"])


def test_enter_is_said_beside_the_sentence_and_not_over_it(visit: Visit) -> None:
    app = visit(locale="zh-CN")
    box = app.page.locator(".st-key-sentence input")
    box.click()
    box.press("x")
    hint = app.page.get_by_test_id("InputInstructions")
    expect(hint).to_have_text(load("zh")("streamlit.apply"))
    above, inside = hint.bounding_box(), box.bounding_box()
    assert above
    assert inside
    assert above["y"] + above["height"] <= inside["y"] + 1

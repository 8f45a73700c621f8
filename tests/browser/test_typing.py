"""Whatever a person types, or opens, is shown as it is or refused in one sentence."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.app_page import Visit

REFUSED = {"": "nothing to read", "   ": "nothing to read", "x" * 20_000: "20000 characters", "be\u0007ll": "U+0007"}


def test_an_unknown_character_is_shown_by_itself_and_said_so(visit: Visit) -> None:
    app = visit()
    app.type("caf\u00e9 \u4f60\u597d \U0001f600 \u202e.")
    tokens = app.viewer.locator(".token.unknown")
    assert tokens.all_inner_texts() == ["\u00e9", "\u4f60", "\u597d", "\U0001f600", "U+202E"]
    expect(app.notice).to_have_count(1)
    expect(app.notice).to_contain_text("5 tokens")
    expect(app.notice).to_contain_text("\u597d")


def test_what_is_typed_is_never_markup(visit: Visit) -> None:
    app = visit()
    text = '<img src=x onerror="document.title=1"><b>**a** :red[b] $x$</b>'
    app.type(text)
    assert app.text() == text
    assert app.page.locator("img[src=x]").count() == 0
    assert app.page.title() == "gateviz"


def test_bad_input_gets_one_sentence_and_the_picture_stays(visit: Visit) -> None:
    app = visit()
    for number, (text, says) in enumerate(REFUSED.items()):
        before = app.tokens()
        app.enter(text)
        expect(app.notice).to_contain_text(says)
        expect(app.notice).to_have_count(1)
        app.settle()
        assert app.tokens() == before
        app.type("All is well" + "." * number)
        expect(app.notice).to_have_count(0)


def test_a_file_offers_its_sentences(visit: Visit, tmp_path: Path) -> None:
    app = visit()
    path = tmp_path / "sentences.txt"
    path.write_bytes("First, a line.\r\n\r\n\u7b2c\u4e8c\u884c\r\nThe third one.\r\n".encode("gb18030"))
    app.page.locator(".st-key-upload input[type=file]").set_input_files(path)
    app.wait_for_text("First, a line.")
    app.page.locator(".st-key-line [role=combobox], .st-key-line [data-baseweb=select]").first.click()
    app.page.get_by_role("option", name="The third one.").click()
    app.wait_for_text("The third one.")
    assert app.text() == "The third one."


def test_a_bad_file_gets_one_sentence_and_the_picture_stays(visit: Visit, tmp_path: Path) -> None:
    app = visit()
    before = app.tokens()
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    app.page.locator(".st-key-upload input[type=file]").set_input_files(binary)
    expect(app.page.locator(".st-key-upload_notice_error")).to_contain_text("not a text")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(300_000_000)
    app.page.locator(".st-key-upload input[type=file]").set_input_files(huge)
    expect(app.page.locator(".st-key-upload")).to_contain_text("This file is too large: choose one of 1.0MB or less.")
    app.settle()
    assert app.tokens() == before

"""With GATEVIZ_PLAIN=1 Streamlit serves the app without any of our patches, and the pages work.

And no patch can break a page, should an update of Streamlit change names.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gateviz.app.components.page_style import page_style
from gateviz.app.server.first_page import OUTLINE
from gateviz.i18n.translator import load
from tests.browser.app_page import App
from tests.browser.serving import serving_gateviz


@pytest.fixture(scope="module")
def plain_server() -> Iterator[str]:
    with serving_gateviz(GATEVIZ_PLAIN="1") as address:
        yield address


@pytest.fixture
def app(take: Any, plain_server: str) -> App:
    return App(take().page, plain_server)


def test_the_server_has_none_of_our_patches(app: App) -> None:
    page = app.page.request.get(app.server)
    assert "gateviz" not in page.text()
    assert "content-encoding" not in page.headers


def test_both_pages_come_and_speak_both_languages_and_step(app: App) -> None:
    app.open("/")
    expect(app.page.locator(".heatmaplayer image")).to_have_count(8)
    app.viewer.evaluate("(root) => root.focus()")
    for key, step in (("Home", 0), ("ArrowRight", 1)):
        app.page.keyboard.press(key)
        assert app.step == step
    app.viewer.locator("[data-cell=lstm] [data-valve=forget_gate]").focus()
    app.page.keyboard.press("Home")
    expect(app.viewer.locator("[data-held='lstm.forget_gate']")).to_have_attribute("data-held-value", "0")
    app.page.keyboard.press("Escape")
    app.page.get_by_role("link", name=load("en")("page.gradients")).click()
    expect(app.strips.locator(".chart")).to_be_visible()
    for code, language in (("zh", "中文"), ("en", "EN")):
        app.page.locator(".st-key-language button", has_text=language).click()
        app.page.get_by_role("link", name=load(code)("page.step_through")).click()
        app.page.wait_for_url(lambda url: "/gradients" not in url)
        expect(app.page.locator(".st-key-sentence label")).to_have_text(load(code)("control.sentence"))
        app.settle()
        expect(app.page.locator(".heatmaplayer image")).to_have_count(8)
        app.page.get_by_role("link", name=load(code)("page.gradients")).click()
        expect(app.strips.locator(".chart")).to_contain_text(load(code)("gradients.steps_axis"))


def test_a_long_text_comes_whole(app: App) -> None:
    app.open("/?task=timemachine&text=" + "it%20was%20so%20" * 40 + "&step=300")
    assert (app.step, app.steps) == (300, 400)
    shown = app.viewer.locator("[data-signal][data-value]")
    assert all(
        re.fullmatch(r"-?\d.*", value) for value in shown.evaluate_all("(all) => all.map((one) => one.dataset.value)")
    )


def test_the_outline_goes_by_itself_where_streamlit_has_other_names(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(f"<style>{page_style()}</style><div class='renamed'>the page</div>{OUTLINE}")
    outline = page.locator(".gateviz-shell")
    expect(outline).to_be_visible()
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    expect(outline).to_be_hidden()
    page.close()

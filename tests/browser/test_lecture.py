"""Lecture mode is for the last row: no text on either page is small, and all of it is on a small projector's screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.app_page import App, Visit

SIZES = [(1280, 720), (1920, 1080)]
LEAST = 0.0125  # of the page's width: 16 px of 1280, where a page without the mode has 13
LEAST_RAISED = 0.0095  # of exponents and indices, and of the sign of a blank

# Every text that can be seen, through all shadow roots, with the height of its letters as they are drawn.
TEXTS = """
() => {
  const found = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2) continue;
      const matrix = element.getScreenCTM?.();
      const size = parseFloat(getComputedStyle(element).fontSize) * (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
      const raised = element.matches("sub, sup, .sub, .sign, .ytick tspan");
      found.push({ text: element.textContent.slice(0, 40), name: element.getAttribute("class") ?? "", size, raised });
    }
  };
  look(document);
  return found;
}
"""


def enter(app: App) -> None:
    app.page.keyboard.press("l")
    expect(app.page.locator("[data-testid=stHeader]")).to_be_hidden()
    app.let_frames_pass()


def assert_large(app: App, width: int) -> None:
    texts = app.page.evaluate(TEXTS)
    assert len(texts) > 20
    small = [one for one in texts if one["size"] < width * (LEAST_RAISED if one["raised"] else LEAST)]
    assert small == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_gradients_page_is_large_down_to_its_axes_and_the_names_of_its_curves(
    visit: Visit, width: int, height: int
) -> None:
    app = visit("/gradients", width, height)
    for language in ("en", "zh"):
        app.speak(language)
        enter(app)
        names = app.strips.locator(".curve-name")
        assert names.all_inner_texts() == ["RNN dL/dh", "LSTM dL/dh", "LSTM dL/dc", "GRU dL/dh"]
        assert_large(app, width)
        foot = app.strips.locator(".chart").bounding_box()
        assert foot
        assert foot["y"] + foot["height"] <= height, "all of it is on the screen"
        app.picture(f"lecture-gradients-{width}-{language}")
        app.page.keyboard.press("Escape")


@pytest.mark.parametrize("task", ["timemachine", "sentiment", "sunspots"])
def test_every_text_beside_the_cells_is_large_and_so_is_an_equation(visit: Visit, task: str) -> None:
    app = visit(f"/?task={task}", *SIZES[0])
    enter(app)
    for width, height in SIZES:
        app.resize(width, height)
        app.viewer.locator("svg[data-cell=lstm] .node").first.hover()
        expect(app.viewer.locator(".card")).to_be_visible()
        assert_large(app, width)
        app.picture(f"lecture-{task}-{width}")


def test_the_language_can_be_switched_and_a_card_that_is_not_seen_takes_no_keys(visit: Visit) -> None:
    app = visit("/?lesson=1.1&lang=en")
    enter(app)
    text = app.viewer.get_attribute("data-text")
    for key in ("n", "n", "2"):
        app.page.keyboard.press(key)
    app.page.locator(".st-key-language button", has_text="中文").click()
    expect(app.page.locator("html")).to_have_attribute("lang", "zh")
    expect(app.viewer.locator("[data-panel=rnn]")).to_contain_text("单元")
    assert "lesson=1.1" in app.page.url
    expect(app.viewer).to_have_attribute("data-text", text or "")
    expect(app.page.locator("[data-testid=stHeader]")).to_be_hidden()
    app.picture("lecture-zh-1440")

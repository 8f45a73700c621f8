"""Both pages for those who read with a screen reader, or with the keyboard alone: axe-core finds no serious fault."""

from typing import Any, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.app_page import App, Visit
from tests.browser.axe import faults

SIZES = {"projector": (1440, 900), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
POPOVER = "[data-testid=stPopoverBody]"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["", "gradients"])
def test_axe_finds_no_serious_fault(visit: Visit, page: str, size: str) -> None:
    app = visit(f"/{page}", *SIZES[size])
    for language in ("en", "zh"):
        app.speak(language)
        for scheme in SCHEMES:
            app.page.emulate_media(color_scheme=scheme)
            app.settle()
            assert faults(app) == [], (language, scheme)
            check_popovers(app)


def check_popovers(app: App) -> None:
    buttons = [button for button in app.page.locator("[data-testid=stPopover] button").all() if button.is_visible()]
    assert buttons
    for button in buttons:
        button.click()
        expect(app.page.locator(POPOVER)).to_be_visible()
        assert faults(app, POPOVER) == [], button.inner_text()
        close_popover(app)


def close_popover(app: App) -> None:
    """By Escape; the first one may only close the tooltip of what lies under the pointer."""
    popover = app.page.locator(POPOVER)
    for _ in range(10):
        if popover.count():
            app.page.keyboard.press("Escape")
            app.let_timers_run(200)
    expect(popover).to_have_count(0)


# What has the focus, through all shadow roots; and whether the one before looks otherwise now that it has lost it.
# Streamlit's borders change their colours slowly: what glides is brought to its end.
FOCUS = """
() => {
  const arrive = (root) => root.getAnimations().forEach((one) => one instanceof CSSTransition && one.finish());
  let element = document.activeElement;
  arrive(document);
  while (element?.shadowRoot?.activeElement) {
    arrive(element.shadowRoot);
    element = element.shadowRoot.activeElement;
  }
  const looks = ["outline", "boxShadow", "borderColor", "backgroundColor", "stroke", "strokeWidth"];
  const look = (node) => looks.map((name) => getComputedStyle(node)[name]).join();
  const parent = element.parentElement;
  const around = [element, parent, parent?.parentElement, ...[...element.children].slice(0, 6)].filter(Boolean);
  const before = window.before;
  window.before = { around, looks: around.map(look) };
  const { action, option } = element.dataset;
  const label = action ?? option ?? element.getAttribute("aria-label") ?? element.innerText;
  const host = element.getRootNode().host ?? element;
  const key = element.closest("[class*='st-key-']") ?? (host.closest(".st-key-saliency") || null);
  return {
    name: key?.className.match(/st-key-([\\w-]+)/)?.[1] ?? label ?? "",
    left: element === document.body,
    seen: before ? before.around.some((node, place) => look(node) !== before.looks[place]) : true,
  };
}
"""


def tabbed(app: App, most: int = 80) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page to its end."""
    app.page.evaluate("() => document.activeElement?.blur()")
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        app.page.keyboard.press("Tab")
        stop = app.page.evaluate(FOCUS)
        if stops:
            stops[-1]["seen"] = stop["seen"]
        if stop["left"]:
            return stops
        stops.append(stop)
    raise AssertionError(f"more than {most} stops: {[stop['name'] for stop in stops]}")


def test_tab_reaches_everything_on_the_way_down_and_the_focus_is_seen(visit: Visit) -> None:
    stops = tabbed(visit("/"))
    names = [stop["name"] for stop in stops]
    wanted = ["language", "take_away", "task", "sentence", "cells", "upload"]
    wanted += ["first", "back", "play", "on", "last", "all", "one", "rows"]
    places = [names.index(name) for name in wanted if name in names]
    assert [name for name in wanted if name not in names] == []
    assert places == sorted(places)
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


def test_the_gradients_page_is_a_few_stops_long_and_the_arrows_move_the_loss(visit: Visit) -> None:
    app = visit("/gradients")
    stops = tabbed(app, most=40)
    names = [stop["name"] for stop in stops]
    assert names.count("saliency") == 3  # a stop a network, not one a character
    assert names.index("language") < names.index("part") < names.index("gradient_view") < names.index("saliency")
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    row = app.page.locator(".saliency").nth(1)
    last = int(row.locator(".loss").get_attribute("data-token") or -1)
    row.locator(".loss").focus()
    for step in (last - 1, last - 2):
        app.page.keyboard.press("ArrowLeft")
        expect(row.locator(".loss")).to_have_attribute("data-token", str(step))
        expect(row.locator(".loss")).to_be_focused()

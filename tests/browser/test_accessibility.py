"""Both pages for those who read with a screen reader, or with the keyboard alone: axe-core finds no serious fault."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import App

Visit = Callable[..., App]
SIZES = {"projector": (1440, 900), "phone": (390, 844)}
OPEN = ".stPopover button, [data-testid=stPopover] button"


def faults(app: App) -> list[str]:
    """What axe-core calls serious or critical, with the elements."""
    found: dict[str, Any] = Axe().run(app.page).response
    grave = [fault for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    return [f"{fault['id']}: {[(node['target'], node['html'][:160]) for node in fault['nodes']]}" for fault in grave]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["", "gradients"])
def test_axe_finds_no_serious_fault(visit: Visit, page: str, scheme: str, language: str, size: str) -> None:
    width, height = SIZES[size]
    app = visit(f"/{page}?lang={language}", width, height, color_scheme=scheme)
    assert faults(app) == []
    for place in range(app.page.locator(OPEN).count()):
        button = app.page.locator(OPEN).nth(place)
        if button.is_visible():
            button.click()
            app.page.wait_for_timeout(400)
            assert faults(app) == [], button.inner_text()
            app.page.keyboard.press("Escape")


# What has the focus, through all shadow roots; and whether the one before looks otherwise now that it has lost it.
FOCUS = """
() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
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
        app.page.wait_for_timeout(150)  # Streamlit's borders change their colours slowly
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
    wanted = [
        "task",
        "sentence",
        "cells",
        "upload",
        "language",
        "first",
        "back",
        "play",
        "on",
        "last",
        "all",
        "one",
        "sorted",
    ]
    places = [names.index(name) for name in wanted if name in names]
    assert [name for name in wanted if name not in names] == []
    assert places == sorted(places)
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


def test_the_gradients_page_is_a_few_stops_long_and_the_arrows_move_the_loss(visit: Visit) -> None:
    app = visit("/gradients")
    app.page.locator(".saliency .loss").nth(2).wait_for()
    stops = tabbed(app, most=30)
    names = [stop["name"] for stop in stops]
    assert names.count("saliency") == 3  # a stop a network, not one a character
    assert names.index("language") < names.index("loss_step") < names.index("weights") < names.index("saliency")
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    row = app.page.locator(".saliency").nth(1)
    last = int(row.locator(".loss").get_attribute("data-token") or -1)
    row.locator(".loss").focus()
    for step in (last - 1, last - 2):
        app.page.keyboard.press("ArrowLeft")
        expect(row.locator(".loss")).to_have_attribute("data-token", str(step))
        expect(row.locator(".loss")).to_be_focused()

"""Nothing jumps: whatever comes to be seen stands where it will stay, however slowly the rest of the page comes."""

import numpy as np
import pytest
from playwright.sync_api import BrowserContext

from tests.browser.app_page import App

PIXELS = 2  # a part that moves by less has only had its height rounded
# The server's messages come one at a time, three frames apart: every state in between is drawn, as on a slow machine.
ONE_BY_ONE = """
const waiting = [];
window.delivered = 0;
const deliver = (frames) => {
  if (frames === 0 && waiting.length) window.delivered += 1;
  if (frames === 0) waiting.shift()?.();
  requestAnimationFrame(() => deliver(frames === 0 ? 2 : frames - 1));
};
deliver(2);
window.WebSocket = class extends WebSocket {
  addEventListener(kind, listener, ...rest) {
    const later = (event) => waiting.push(() => listener(event));
    super.addEventListener(kind, kind === "message" ? later : listener, ...rest);
  }
};
"""
# Where each part of the page was in any frame in which it could be seen, by its name.
WATCH = """
window.places = {};
const visible = { opacityProperty: true, visibilityProperty: true };
const note = (name, element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  if (width < 2 || height < 2 || !element.checkVisibility(visible)) return;
  const [before] = (window.places[name] ??= []).slice(-1);
  if (before?.[0] !== x || before?.[1] !== y) window.places[name].push([x, y]);
};
const watch = () => {
  for (const element of document.querySelectorAll(".stMain [class*=st-key-]")) {
    note(element.className.match(/st-key-[\\w-]+/)[0], element);
    const inside = [...element.querySelectorAll("*")].find(({ shadowRoot }) => shadowRoot)?.shadowRoot;
    const parts = [...(inside?.querySelectorAll(".tokens, .transport, [data-panel]") ?? [])];
    parts.forEach((part, index) => note(`${part.className} ${index}`, part));
  }
  requestAnimationFrame(watch);
};
requestAnimationFrame(watch);
"""


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1440, 900), (390, 844)])
@pytest.mark.parametrize("path", ["", "/gradients"])
def test_what_is_seen_stays_in_its_place_while_the_rest_comes_and_while_one_steps(
    newcomer: BrowserContext, server: str, path: str, width: int, height: int
) -> None:
    page = newcomer.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(ONE_BY_ONE)
    page.add_init_script(WATCH)
    app = App(page, server).open(path)
    if not path:
        for key in ("ArrowRight", "ArrowRight", "End", "Home"):
            page.keyboard.press(key)
            app.let_frames_pass()
    assert page.evaluate("window.delivered") > 20, "the messages were held"
    places: dict[str, list[tuple[float, float]]] = page.evaluate("window.places")
    wanted = ("task", "viewer") if not path else ("task", "settings", "saliency")
    assert {f"st-key-{key}" for key in wanted} <= places.keys()
    assert {name: steps for name, steps in places.items() if np.ptp(steps, axis=0).max() > PIXELS} == {}

"""A long text comes in pieces: what has not come waits, is never a wrong number, and is right when it has come."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Route, expect

from gateviz.figures.palette import LIGHT
from gateviz.viewer.packing.picture import SHOWN
from gateviz.viewer.packing.pieces import PIECE
from tests.browser.app_page import App
from tests.browser.equation_card import Card, sums
from tests.browser.expected import layer
from tests.browser.long_passage import LINK, TEXT
from tests.browser.map_colours import colour_of, drawn
from tests.browser.tabs import Tab

UNIT = f"{LINK}&unit=11&diagram=unit&rows=unit"
BEGINNING, MIDDLE = f"{UNIT}&step=20", f"{UNIT}&step=1000"
PIECES = [str(k) for k in range(-(-len(TEXT) // PIECE))]
HAVE_COME = """(count) => count === performance.getEntriesByType("resource").filter(
    ({ name }) => name.includes("/_gateviz/")).length"""
SHOWN_NUMBERS = """root => [...root.querySelectorAll("[data-signal][data-value]")].map(
    ({ dataset }) => [dataset.cell, dataset.signal, dataset.unit ?? null, dataset.value])"""


class Post:
    """Stands between a page and the server, and keeps the pieces back until they are let through."""

    def __init__(self, tab: Tab) -> None:
        self.complaints = tab.complaints
        self.passes: Callable[[str], bool] = lambda _: True
        """Which pieces go through at once."""
        self.lose = 0
        """So many answers are lost."""
        self.asked: list[str] = []
        self.held: list[Route] = []
        tab.page.route("**/_gateviz/**", self._come)

    def _come(self, route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        self.asked.append(name)
        if self.lose:
            self.lose -= 1
            route.abort()
        elif self.passes(name):
            route.continue_()
        else:
            self.held.append(route)

    def let_through(self) -> None:
        self.passes = lambda _: True
        for route in self.held:
            route.continue_()
        self.held.clear()


@pytest.fixture
def kept_back(take: Callable[..., Tab], server: str) -> tuple[App, Post]:
    tab = take()
    return App(tab.page, server), Post(tab)


def check(app: App, step: int) -> None:
    """Every number that is shown is the trace's at this step."""
    assert app.step == step
    found = app.viewer.evaluate(SHOWN_NUMBERS)
    units = set()
    for cell, signal, unit, value in found:
        if unit is not None:
            expected = layer(cell, TEXT)[signal][0, step, int(unit)]
            assert float(value) == pytest.approx(expected, rel=1e-4, abs=1e-6), (cell, signal)
            units.add((cell, signal))
    assert units >= {(cell, signal) for cell, signals in SHOWN.items() for signal in signals}


def test_a_link_into_the_middle_asks_for_what_is_seen_first_and_stands_before_the_rest(
    kept_back: tuple[App, Post],
) -> None:
    app, post = kept_back
    app.open(MIDDLE)
    assert set(post.asked[:2]) == {"5", "6"}, "the window from 920 to 1079"
    check(app, 1000)
    app.page.wait_for_function(HAVE_COME, arg=len(PIECES))
    assert sorted(post.asked, key=int) == PIECES, "each of them once"
    for step in (0, 1999, 345, 1234):
        app.go(step=step)
        check(app, step)
    assert sorted(post.asked, key=int) == PIECES, "and nothing is asked for again"


def test_what_has_not_come_is_a_blank_and_a_dash_and_comes(kept_back: tuple[App, Post]) -> None:
    app, post = kept_back
    post.passes = "0".__eq__
    app.open(BEGINNING)
    app.viewer.evaluate("(root) => root.focus()")
    app.page.keyboard.press("End")
    expect(app.page.locator("[data-gateviz=viewer][data-waiting]")).to_have_count(1)
    assert app.step == 1999
    values = app.viewer.evaluate(SHOWN_NUMBERS)
    assert len(values) > 10
    assert {value for *_, value in values} == {""}, "no number of another step"
    assert set(app.viewer.locator(".curve-value").all_inner_texts()) == {"–"}
    expect(app.viewer.locator("svg[data-cell=lstm]")).to_be_hidden()
    assert app.viewer.locator("[data-guess='0'] .guess-value").first.is_visible(), "what is there is shown"
    app.picture("waiting-1440-light")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Shift+ArrowLeft"):
        app.page.keyboard.press(key)
    assert app.step == 1998
    app.page.keyboard.press("Home")
    check(app, 0)
    expect(app.page.locator("[data-gateviz=viewer][data-waiting]")).to_have_count(0)
    app.page.keyboard.press("End")
    post.let_through()
    expect(app.page.locator("[data-gateviz=viewer][data-waiting]")).to_have_count(0)
    expect(app.page.locator("[data-gateviz=viewer][data-maps-waiting]")).to_have_count(0)
    check(app, 1999)
    for step in (1999, 1845):
        colour = colour_of(LIGHT, "forget_gate", layer("lstm", TEXT)["forget_gate"][0, step, 77], 1.0)
        assert drawn(app, "lstm", "forget_gate", step, 77) == pytest.approx(colour, abs=8)


def test_what_was_lost_on_the_way_is_asked_for_again_and_meanwhile_the_page_stands(
    kept_back: tuple[App, Post],
) -> None:
    app, post = kept_back
    post.lose, post.passes = 4, lambda _: False
    app.page.goto(app.server + MIDDLE)
    expect(app.page.locator("[data-gateviz=viewer][data-waiting][aria-busy=true]")).to_have_count(1)
    assert len(app.tokens()) == len(TEXT)
    post.let_through()
    app.settle()
    expect(app.page.locator("[data-gateviz=viewer][aria-busy=false]")).to_have_count(1)
    check(app, 1000)
    assert len(post.asked) >= 6
    assert post.complaints == ["Failed to load resource: net::ERR_FAILED"] * 4
    post.complaints.clear()


def test_where_a_proxy_lets_no_piece_through_the_whole_picture_comes_by_the_socket(
    take: Callable[..., Tab], server: str
) -> None:
    tab = take()
    tab.page.route("**/_gateviz/**", lambda route: route.fulfill(status=403, body="not here"))
    app = App(tab.page, server).open(MIDDLE)
    check(app, 1000)
    app.viewer.evaluate("(root) => root.focus()")
    app.page.keyboard.press("End")
    check(app, 1999)
    assert not app.page.locator("[data-waiting]").count()
    assert tab.complaints
    assert all("403" in complaint for complaint in tab.complaints)
    tab.complaints.clear()


def test_the_text_takes_the_colours_of_a_unit_as_its_numbers_come(kept_back: tuple[App, Post]) -> None:
    app, _ = kept_back
    app.open(MIDDLE)
    app.viewer.locator("[data-option=colour]").select_option("gru:hidden_state")
    app.page.wait_for_function(
        """() => [...document.querySelectorAll(".st-key-viewer *")].map(({ shadowRoot }) => shadowRoot).find(Boolean)
                 .querySelectorAll(".token.tinted").length === 2000"""
    )
    titles = app.viewer.locator(".token").evaluate_all("(all) => all.map(({ title }) => title)")
    shown = [float(title.split("= ")[1].replace("−", "-")) for title in titles]
    np.testing.assert_allclose(shown, layer("gru", TEXT)["hidden_state"][0, :, 11], atol=0.00051)


def test_an_equation_asks_for_no_more_than_the_weights_of_its_cell(kept_back: tuple[App, Post]) -> None:
    app, post = kept_back
    app.open(MIDDLE)
    card = app.viewer.locator(".card")
    for step, cell, signal in ((1000, "gru", "candidate"), (959, "lstm", "forget_gate"), (960, "lstm", "output_gate")):
        app.go(step=step, unit=11)
        app.page.locator(f"svg[data-cell={cell}] [data-node={signal}]").first.click()
        expect(card.locator(".eq-line")).to_have_count(3)
        shown, part = Card(card), sums(cell, TEXT)[signal]
        for name in ("inputs", "recurrent"):
            assert shown.values[name] == pytest.approx(getattr(part, name)[0, step, 11], rel=1e-4, abs=1e-4)
        assert shown.computed(1) == pytest.approx(shown.values["result"], abs=0.012)
        app.page.keyboard.press("Escape")
    weights = [name for name in post.asked if not name.isdigit()]
    assert sorted(name.split(".")[1] for name in weights) == ["json", "json", "safetensors", "safetensors"]


def test_a_figure_is_saved_whole(kept_back: tuple[App, Post]) -> None:
    app, post = kept_back
    post.passes = "0".__eq__
    app.open(BEGINNING)
    app.viewer.evaluate("(root) => root.focus()")
    app.page.keyboard.press("End")
    with app.page.expect_download() as download:
        app.page.evaluate(
            """() => document.dispatchEvent(new CustomEvent("gateviz:save",
                { detail: { kind: "curves", cell: "lstm", format: "svg" } }))"""
        )
        post.let_through()
    svg = download.value.path().read_text(encoding="utf-8")
    assert svg.count("<rect") > 6 * PIECE
    assert "NaN" not in svg

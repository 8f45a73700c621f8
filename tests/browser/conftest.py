"""One server and one Chromium a test process, and tabs that the tests take in turn."""

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect, sync_playwright

from tests.browser import chromium
from tests.browser.app_page import ARTEFACTS, App, Visit
from tests.browser.exported_page import File, OpenFile
from tests.browser.serving import serving_gateviz
from tests.browser.tabs import TIMEOUT, Tab, Tabs, listen

Take = Callable[..., Tab]
Stand = tuple[str, dict[str, Any] | None]
"""The address, and how the picture stands."""
FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=TIMEOUT)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The app as `gateviz app` starts it."""
    with serving_gateviz() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.find() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has seen nothing: it fetches every file."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(TIMEOUT)
    context.on("page", lambda page: listen(page, complaints))
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def take(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Take]:
    """Tabs.take; what a test has taken is given back after it, and must not have complained."""
    taken: list[Tab] = []

    def take_one(**options: Any) -> Tab:
        taken.append(tabs.take(**options))
        return taken[-1]

    yield take_one
    failed = request.node.stash.get(FAILED, False)
    complaints = [text for tab in taken for text in tab.complaints]
    for number, tab in enumerate(taken):
        if failed:
            _keep_picture(tab, f"failed-{request.node.name}-{number}")
        tabs.give_back(tab, usable=not failed)
    assert not complaints, f"the console of {request.node.name}: {complaints}"


@pytest.fixture
def visit(take: Take, server: str) -> Visit:
    """Opens the app anew: visit(path="/", width=1440, height=900, **options of Tabs.take)."""

    def open_one(path: str = "/", width: int = 1440, height: int = 900, **options: Any) -> App:
        tab = take(width=width, height=height, **options)
        if tab.page.url.startswith(server):
            tab.page.evaluate("() => [localStorage, sessionStorage].forEach((storage) => storage.clear())")
        return App(tab.page, server).open(path)

    return open_one


@pytest.fixture
def look(take: Take, server: str) -> Visit:
    """Like `visit`, for a test that changes nothing but step and unit: it may find a page that another looked at."""

    def open_one(path: str = "/", width: int = 1440, height: int = 900, **options: Any) -> App:
        wanted = (path, width, height, *sorted(options.items()))
        tab = take(width=width, height=height, shows=wanted, **options)
        app = App(tab.page, server)
        if tab.shows is None or not _stands_again(app, tab.stood):
            app.open(path)
            tab.shows, tab.stood = wanted, _how_it_stands(app)
        return app

    return open_one


@pytest.fixture
def open_file(take: Take) -> Iterator[OpenFile]:
    """Opens an exported page, which must ask no network: open_file(path, query="", **options of Tabs.take)."""
    taken: list[Tab] = []

    def open_one(file: Path, query: str = "", **options: Any) -> File:
        taken.append(take(offline=True, **options))
        return File(taken[-1], file.as_uri() + query)

    yield open_one
    assert [url for tab in taken for url in tab.requests if not url.startswith(("file:", "data:"))] == []


def _how_it_stands(app: App) -> Stand:
    view = app.view()  # first, for it brings the address up to date
    return app.page.url, view


def _stands_again(app: App, before: Stand) -> bool:
    """Bring step and unit back; whether nothing else has changed."""
    app.page.keyboard.press("Escape")
    app.page.mouse.move(0, 0)
    app.page.evaluate("() => document.activeElement?.blur()")
    _, view = before
    if view and app.viewer.count():
        for step in (0, app.steps):  # so that a window jumps to the step as it did at first
            app.go(step=step)
        app.go(**view, cell=view["shown"])
    return _how_it_stands(app) == before


def _keep_picture(tab: Tab, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    with contextlib.suppress(Error):
        tab.page.screenshot(path=ARTEFACTS / f"{name.replace('/', '_')}.png")

"""The server starts anew, or has forgotten a page that slept: what a person then does first happens."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, free_port, serving

TEXT = "He said not a word."
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"


class Restarted(App):
    """A browser on a server of its own, which can be started anew under the page."""

    def __init__(self, page: Page, port: int) -> None:
        super().__init__(page, f"http://localhost:{port}")
        self._port = port
        self._running: AbstractContextManager[str] | None = None

    def start(self) -> None:
        command = shutil.which("gateviz", path=str(Path(sys.executable).parent))
        assert command
        self._running = serving([command, "app", "--port", str(self._port), "--no-browser"], self._port)
        self._running.__enter__()

    def stop(self) -> None:
        if self._running:
            self._running.__exit__(None, None, None)
            self._running = None

    def restart(self) -> None:
        """End as soon as the page is connected again: the person acts at once."""
        self.stop()
        self.page.locator(CONNECTED).wait_for(state="detached")
        self.start()
        self.page.locator(CONNECTED).wait_for(timeout=60_000)


@pytest.fixture
def app(browser: Browser) -> Iterator[Restarted]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(30_000)
    app = Restarted(context.new_page(), free_port())
    try:
        app.start()
        app.open(f"/?text={TEXT}")
        app.restart()
        yield app
    finally:
        context.close()
        app.stop()


def types(app: Restarted) -> None:
    app.type("Not a word.")
    app.wait_for_text("Not a word.")


def chooses_a_task(app: Restarted) -> None:
    app.page.locator(".st-key-task [data-baseweb=select], .st-key-task input").first.click()
    app.page.get_by_role("option", name="Sherlock Holmes").click()
    app.page.wait_for_url("**task=sherlock*")
    expect(app.page.locator(".st-key-sentence input")).to_have_value(TEXT)


def opens_the_other_page(app: Restarted) -> None:
    app.page.get_by_role("link", name="Gradients").click()
    app.page.wait_for_url("**/gradients?*")
    expect(app.page.locator(".st-key-sentence input")).to_have_value(TEXT)
    expect(app.page.locator(".st-key-saliency")).to_be_visible()


@pytest.mark.parametrize("act", [types, chooses_a_task, opens_the_other_page])
def test_the_first_action_after_the_server_started_anew_happens(app: Restarted, act: Callable[[Restarted], None]) -> None:
    act(app)
    assert app.notices() == []

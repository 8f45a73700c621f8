"""A real server on a free port, a real Chromium, and a page object that speaks of the viewer as a person would."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.browser.install import find

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
# Plotly has drawn its heatmaps, where the viewer's own had stood.
DRAWN = "() => [...document.querySelectorAll('.gateviz-ground')].every(({ hidden }) => hidden)"
# The numbers that are looked at have come, where a long text comes in pieces.
COME = """() => {
    const hosts = [...document.querySelectorAll(".st-key-viewer *")].filter(({ shadowRoot }) => shadowRoot);
    const roots = [document, ...hosts.map(({ shadowRoot }) => shadowRoot)];
    return !roots.some((root) => root.querySelector("[data-waiting]"));
}"""
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


@contextmanager
def serving(command: list[str], port: int, **variables: str) -> Iterator[str]:
    """The address of an app that this command serves, with these environment variables too, until the block ends."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | variables
    )
    address = f"http://localhost:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        break
            except OSError:
                if process.poll() is not None:
                    raise AssertionError(f"the server stopped: {process.communicate()[0]}") from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The app as `gateviz app` starts it."""
    port = free_port()
    command = shutil.which("gateviz", path=str(Path(sys.executable).parent))
    assert command, "gateviz is not installed beside this Python"
    with serving([command, "app", "--port", str(port), "--no-browser"], port) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium: python tests/browser/install.py gets one")
        pytest.skip("there is no Chromium: python tests/browser/install.py gets one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class App:
    """One student's browser on the app."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str = "/") -> "App":
        """Go to a page; where the path names neither task nor lesson, to that of The Time Machine."""
        if "task=" not in path and "lesson=" not in path:
            path += ("&" if "?" in path else "?") + "task=timemachine"
        self.page.goto(self.server + path)
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the script has run and the picture stands."""
        self.page.wait_for_timeout(60)
        self.page.wait_for_selector(IDLE)
        if "/gradients" not in self.page.url:
            self.viewer.wait_for()
            self.page.locator(".gateviz-cursor").first.wait_for(state="attached")
            self.page.wait_for_function(DRAWN)
            self.page.wait_for_function(COME)

    @property
    def viewer(self) -> Locator:
        return self.page.locator("[data-gateviz=viewer][data-steps]")

    @property
    def step(self) -> int:
        return int(self.viewer.get_attribute("data-step") or -1)

    @property
    def steps(self) -> int:
        return int(self.viewer.get_attribute("data-steps") or -1)

    def type(self, text: str) -> None:
        """Type a sentence and press Enter."""
        box = self.page.locator(".st-key-sentence input")
        box.fill(text)
        box.press("Enter")
        self.page.wait_for_timeout(150)
        self.settle()

    def wait_for_text(self, text: str) -> None:
        """Until the viewer shows this sentence."""
        self.page.wait_for_function(
            "steps => document.querySelector('.st-key-viewer') && [...document.querySelectorAll('.st-key-viewer *')]"
            ".some(host => host.shadowRoot?.querySelector(`[data-steps='${steps}']`))",
            arg=len(text),
        )
        self.settle()

    def tokens(self) -> list[str]:
        return self.viewer.locator(".tokens [data-token]").all_inner_texts()

    def number(self, selector: str) -> float:
        """The exact value behind a number on the page."""
        return float(self.page.locator(selector).first.get_attribute("data-value") or "nan")

    def go(self, **wish: object) -> None:
        """Ask the viewer for a step, a unit, a cell or a highlight, as another part does, and wait for it."""
        self.viewer.evaluate("(root, detail) => root.dispatchEvent(new CustomEvent('gateviz:go', { detail }))", wish)
        self.page.wait_for_function(COME)

    def notices(self) -> list[str]:
        return self.page.locator("[class*=notice_] [data-testid=stText]").all_inner_texts()

    def picture(self, name: str) -> None:
        """Keep a screenshot as an artefact of the run."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@pytest.fixture
def visit(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., App]]:
    """A function that opens a new browser: visit(path="/", width=1440, height=900, **context options)."""
    contexts: list[BrowserContext] = []
    apps: list[App] = []

    def open_one(path: str = "/", width: int = 1440, height: int = 900, **options: Any) -> App:
        options.setdefault("locale", "en-US")
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        contexts[-1].set_default_timeout(20_000)
        apps.append(App(contexts[-1].new_page(), server))
        return apps[-1].open(path)

    yield open_one
    complaints = [text for app in apps for text in app.complaints]
    for context in contexts:
        context.close()
    assert not complaints, f"the console of {request.node.name}: {complaints}"

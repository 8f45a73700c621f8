"""The server starts anew under open pages, as for a laptop that slept: what a visitor then does first happens."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.app_page import App
from tests.browser.serving import free_port, program, serving

TEXT = "He said not a word."
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
PATIENCE = 60_000  # ms: the server imports torch while the pages ask for their pictures


def serve(port: int) -> AbstractContextManager[str]:
    return serving([program("gateviz"), "app", "--port", str(port), "--no-browser"], port)


def types(app: App) -> None:
    box = app.page.locator(".st-key-sentence input")
    box.fill("Not a word.")
    box.press("Enter")
    app.page.wait_for_url("**text=Not+a+word.*")
    app.wait_for_text("Not a word.")


def opens_the_other_page(app: App) -> None:
    app.page.get_by_role("link", name="Gradients").click()
    app.page.wait_for_url("**/gradients?*")
    expect(app.page.locator(".st-key-sentence input")).to_have_value(TEXT, timeout=PATIENCE)
    expect(app.page.locator(".st-key-saliency")).to_be_visible(timeout=PATIENCE)


def chooses_a_task(app: App) -> None:
    app.page.locator(".st-key-task input").click()
    app.page.get_by_role("option", name="Sherlock Holmes").click()
    app.page.wait_for_url("**task=sherlock*")
    expect(app.page.locator(".st-key-sentence input")).to_have_value(TEXT, timeout=PATIENCE)


def uploads(app: App) -> None:
    payload = FilePayload(name="a.txt", mimeType="text/plain", buffer=b"one two\nthree")
    app.page.locator(".st-key-upload input[type=file]").set_input_files(payload)
    app.page.wait_for_url("**text=one+two*")
    app.wait_for_text("one two")


ACTS: list[Callable[[App], None]] = [types, opens_the_other_page, chooses_a_task, uploads]


def test_the_first_action_after_the_server_started_anew_happens(browser: Browser) -> None:
    port = free_port()
    with ExitStack() as stack:
        context = stack.enter_context(browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US"))
        context.set_default_timeout(PATIENCE)
        with serve(port) as server:
            apps = [App(context.new_page(), server).open(f"/?cells=gru&text={TEXT}") for _ in ACTS]
        for app in apps:
            app.page.locator(CONNECTED).wait_for(state="detached")
        stack.enter_context(serve(port))
        for app, act in zip(apps, ACTS, strict=True):
            app.page.locator(CONNECTED).wait_for()
            act(app)  # the first of them as soon as its page is connected
            assert app.notices() == [], act.__name__

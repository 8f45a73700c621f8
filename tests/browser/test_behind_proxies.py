"""Behind a proxy: below a path, in a frame of another site, without a socket; and when the server is gone."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from gateviz.i18n.translator import load
from tests.browser.app_page import ARTEFACTS, App
from tests.browser.long_passage import LINK, TEXT
from tests.browser.proxy import proxy
from tests.browser.serving import free_port, program, serving
from tests.browser.tabs import Tab

FILE = FilePayload(name="a.txt", mimeType="text/plain", buffer=b"one two\nthree")
LONG = TEXT[:400]  # it comes in pieces
SENTENCE = ".st-key-sentence input"
UPLOAD = ".st-key-upload"
OURS = "() => [...document.scripts].some(({ text }) => text.includes('no_connection'))"
PIECE = re.compile(r"/_gateviz/[0-9a-f]{64}/\d+$")
WEIGHTS = re.compile(r"/_gateviz/models/timemachine/lstm/\w+\.safetensors$")
MISSED = re.compile(r"/gradients/_stcore/")
"""Streamlit's page looks for its server below the path of the page first."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US") as context:
        context.set_default_timeout(60_000)
        yield context


@pytest.fixture(scope="module")
def moodle() -> Iterator[str]:
    """Another site, which shows in a frame what its address says."""

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(f"<iframe src='{self.path[1:]}' style='width: 1400px; height: 800px'>".encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("localhost", 0), Course) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}"
        site.shutdown()


def failures(page: Page) -> list[str]:
    """The answers of 400 and more that the page gets from now on."""
    found: list[str] = []
    page.on("response", lambda answer: found.append(answer.url) if answer.status >= 400 else None)
    return found


def works(page: Page, address: str, base: str) -> None:
    """A long text under a hold, an upload and the other page at this address; then the same page loaded anew."""
    app, lost = App(page, ""), failures(page)
    with page.expect_response(WEIGHTS):
        page.goto(f"{address}?task=timemachine&text={LONG}&step=300&hold=lstm.forget_gate@300-:0")
    app.settle()
    expect(page.locator("[data-held='lstm.forget_gate']").first).to_be_visible()
    assert app.step == 300
    assert page.evaluate(OURS), "Streamlit's plain front end"
    page.locator(f"{UPLOAD} input[type=file]").set_input_files([FILE])
    page.wait_for_url("**text=one+two*")
    app.wait_for_text("one two")
    page.get_by_role("link", name="Gradients").click()
    page.wait_for_url("**/gradients?*")
    app.settle()
    page.reload()
    app.settle()
    assert page.evaluate("location.pathname") == f"{base}/gradients"
    assert [url for url in lost if not MISSED.search(url)] == []


def test_a_proxy_that_strips_a_path_which_nobody_told_the_server(context: BrowserContext, server: str) -> None:
    with proxy(server, strip="/campus/gates") as address:
        works(context.new_page(), f"{address}/", "/campus/gates")
        page = context.new_page()
        page.goto(f"{address}?task=timemachine&text=He said so.")  # without the slash
        App(page, "").settle()
        assert page.evaluate("location.pathname") == "/campus/gates/"


def test_a_path_that_the_proxy_keeps_a_frame_of_a_named_site_and_a_server_that_goes(
    context: BrowserContext, moodle: str
) -> None:
    port = free_port()
    options = ["--base-path", "/gates", "--allow-origin", moodle, "--no-browser", "--port", str(port)]
    with ExitStack() as stack:
        server = stack.enter_context(serving([program("gateviz"), "app", *options], port))
        page = context.new_page()
        works(page, f"{server}/gates", "/gates")  # a proxy that keeps the path changes nothing
        framed = context.new_page()
        framed.goto(f"{moodle}/{server.replace('localhost', '127.0.0.1')}/gates/?task=timemachine")
        frame = framed.frame_locator("iframe")
        frame.locator("[data-gateviz=viewer][data-steps]").wait_for()
        frame.locator(f"{UPLOAD} input[type=file]").set_input_files([FILE])
        expect(frame.locator(SENTENCE)).to_have_value("one two", timeout=60_000)
        other = context.new_page()
        other.goto(f"{moodle.replace('localhost', '127.0.0.1')}/{server}/gates/")
        expect(other.frame_locator("iframe").locator("#root")).to_have_count(0)
    dialog = page.get_by_test_id("stDialog")
    expect(dialog).to_contain_text(load("en")("streamlit.still_running"))
    assert "streamlit run" not in dialog.inner_text()


def test_in_a_frame_of_any_other_site_a_file_is_refused_with_the_reason(
    context: BrowserContext, server: str, moodle: str
) -> None:
    page = context.new_page()
    page.goto(f"{moodle}/{server.replace('localhost', '127.0.0.1')}/?task=timemachine&lang=zh")
    frame = page.frame_locator("iframe")
    frame.locator("[data-gateviz=viewer][data-steps]").wait_for()
    frame.locator(f"{UPLOAD} input[type=file]").set_input_files([FILE])
    expect(frame.locator(UPLOAD).get_by_role("alert")).to_have_text(load("zh")("streamlit.upload_forbidden"))


def test_without_a_socket_the_page_says_so_in_its_language(context: BrowserContext, server: str) -> None:
    with proxy(server, upgrade=False) as address:
        pages = {language: context.new_page() for language in ("en", "zh")}
        for language, page in pages.items():
            page.goto(f"{address}/?lang={language}")
        for language, page in pages.items():
            said = page.get_by_role("alert")
            expect(said).to_have_text(load(language)("streamlit.no_connection"), timeout=25_000)
            box = said.bounding_box()
            assert box
            assert box["width"] > 1000
            page.screenshot(path=ARTEFACTS / f"no-connection-{language}.png")


def test_a_piece_that_the_server_does_not_know_causes_one_run_of_the_page(
    take: Callable[..., Tab], server: str
) -> None:
    tab, asked, runs = take(), list[str](), list[bytes]()

    def forgotten(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=404) if len(asked) <= 2 else route.continue_()

    def hear(frame: object) -> None:
        data = frame if isinstance(frame, bytes) else str(frame).encode()
        runs.extend([data] if b'"again"' in data else [])

    tab.page.on("websocket", lambda socket: socket.on("framesent", hear))
    tab.page.route(PIECE, forgotten)
    app = App(tab.page, server).open(f"{LINK}&step=1000")
    assert app.step == 1000
    assert len(runs) == 1
    assert len(asked) >= 4
    assert tab.complaints
    assert all("404" in complaint for complaint in tab.complaints)
    tab.complaints.clear()

"""Streamlit's front end out of memory: the same files in fewer bytes, and everything else as Streamlit answers it."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from gateviz.app.server.first_page import linked
from gateviz.app.server.frontend import Frontend
from gateviz.app.server.lean import lean

FOLDER = Path(st.__file__).with_name("static")
PAGES = ("/", "/gradients")
STYLE = ".token { color: red; }"


class Streamlit:
    """Stands behind the front end and keeps what comes through."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Any, _: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"from Streamlit"})


class Browser:
    """Asks the front end, and reads what it is answered."""

    def __init__(self) -> None:
        self.streamlit = Streamlit()
        self.frontend = Frontend(self.streamlit, FOLDER, PAGES, STYLE)

    def ask(
        self, path: str, *, method: str = "GET", kind: str = "http", **headers: str
    ) -> tuple[dict[str, str], bytes]:
        asked = {"accept_encoding": "gzip, deflate", **headers}
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items() if value]
        sent: list[dict[str, Any]] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        scope = {"type": kind, "path": path, "method": method, "headers": raw}
        with ThreadPoolExecutor(1) as thread:  # where a browser's tests have run before, this one has a loop already
            thread.submit(asyncio.run, self.frontend(scope, None, keep)).result()  # type: ignore[arg-type]
        assert sent[0]["status"] == 200
        return {name.decode(): value.decode() for name, value in sent[0]["headers"]}, sent[1]["body"]


@pytest.fixture(scope="module")
def browser() -> Browser:
    return Browser()


def test_every_file_of_the_first_page_arrives_whole_and_stays_with_the_browser(browser: Browser) -> None:
    page = gzip.decompress(browser.ask("/")[1]).decode()
    files = linked(page)
    assert len(files) > 60
    for path in files:
        headers, body = browser.ask(path)
        packed = headers.get("content-encoding") == "gzip"
        assert (gzip.decompress(body) if packed else body) == (FOLDER / path[1:]).read_bytes()
        assert packed == path.endswith((".js", ".css"))
        assert headers["content-length"] == str(len(body))
        assert "immutable" in headers["cache-control"]
        expected = {"js": "javascript", "css": "text/css", "woff2": "font/woff2"}[path.rsplit(".", 1)[1]]
        assert expected in headers["content-type"]


def test_the_pages_are_asked_for_anew_each_time(browser: Browser) -> None:
    for path in PAGES:
        headers, body = browser.ask(path)
        assert headers["cache-control"] == "no-cache"
        assert headers["content-type"].startswith("text/html")
        page = gzip.decompress(body).decode()
        assert "window.__streamlit" in page
        assert STYLE in page


def test_plotlys_script_lies_behind_a_module_that_waits(browser: Browser) -> None:
    file = next((FOLDER / "static" / "js").glob("PlotlyChart.*.js"))
    headers, body = browser.ask(f"/static/js/{file.name}")
    assert f'import("./late.{file.name}")'.encode() in gzip.decompress(body)
    assert headers["cache-control"] == "no-cache"  # it is ours, its name is not of its content
    headers, body = browser.ask(f"/static/js/late.{file.name}")
    assert gzip.decompress(body).decode() == lean(file.read_text(encoding="utf-8"))
    assert "immutable" in headers["cache-control"]


def test_head_tells_the_size_and_sends_nothing(browser: Browser) -> None:
    headers, body = browser.ask("/", method="HEAD")
    assert (body, int(headers["content-length"])) == (b"", len(browser.ask("/")[1]))


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/", {"accept_encoding": ""}),
        ("/", {"method": "POST"}),
        ("/static/css", {}),
        ("/nowhere", {}),
        ("/favicon.png", {}),
        ("/static/../index.html", {}),
        ("/static/js/../../index.html", {}),
        ("/_stcore/health", {}),
        ("/_stcore/stream", {"kind": "websocket"}),
    ],
)
def test_whatever_is_not_a_file_or_page_that_may_be_packed_is_streamlits(path: str, how: dict[str, str]) -> None:
    browser = Browser()
    assert browser.ask(path, **how)[1] == b"from Streamlit"
    assert browser.streamlit.asked == [path]


def test_a_part_of_a_file_is_streamlits_to_cut(browser: Browser) -> None:
    font = next(path for path in linked(gzip.decompress(browser.ask("/")[1]).decode()) if path.endswith(".woff2"))
    assert browser.ask(font, range="bytes=0-9")[1] == b"from Streamlit"


def test_below_a_base_path_streamlit_answers_all(browser: Browser) -> None:
    before = st.get_option("server.baseUrlPath")
    st.config.set_option("server.baseUrlPath", "school")
    try:
        assert browser.ask("/")[1] == b"from Streamlit"
    finally:
        st.config.set_option("server.baseUrlPath", before)

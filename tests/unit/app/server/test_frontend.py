"""Streamlit's front end out of memory: the same files in fewer bytes, and everything else as Streamlit answers it."""

import asyncio
import gzip
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from gateviz.app.server import plotly_script
from gateviz.app.server.frontend import Frontend
from gateviz.app.server.plotly_script import without_unused

FOLDER = Path(st.__file__).with_name("static")
PAGES = ("/", "/gradients")
STYLE = ".token { color: red; }"
PLOTLY = f"/static/js/{next((FOLDER / 'static' / 'js').glob('PlotlyChart.*.js')).name}"


class Streamlit:
    """Stands behind the front end and keeps the paths that come through."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Any, _: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"from Streamlit"})


class Browser:
    """Asks the front end, and reads its answers."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.streamlit = Streamlit()
        self.frontend = Frontend(self.streamlit, folder, PAGES, STYLE)

    def ask(
        self, path: str, *, method: str = "GET", kind: str = "http", status: int = 200, **headers: str
    ) -> tuple[dict[str, str], bytes]:
        asked = {"accept_encoding": "gzip, deflate", **headers}
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items() if value]
        sent: list[dict[str, Any]] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        scope = {"type": kind, "path": path, "method": method, "headers": raw}
        with ThreadPoolExecutor(1) as thread:  # where a browser's tests have run before, this one has a loop already
            thread.submit(asyncio.run, self.frontend(scope, None, keep)).result()  # type: ignore[arg-type]
        assert sent[0]["status"] == status
        return {name.decode(): value.decode() for name, value in sent[0]["headers"]}, sent[1]["body"]


@pytest.fixture(scope="module")
def browser() -> Browser:
    return Browser()


def linked(page: str) -> list[str]:
    """The paths of the scripts, styles and fonts that a page links to, from the root."""
    return re.findall(r'(?:src|href)="\.(/static/[^"]+)"', page)


def test_every_file_of_the_first_page_arrives_whole_and_stays_with_the_browser(browser: Browser) -> None:
    page = gzip.decompress(browser.ask("/")[1]).decode()
    files = linked(page)
    assert len(files) > 50
    for path in files:
        headers, body = browser.ask(path)
        packed = headers.get("content-encoding") == "gzip"
        assert (gzip.decompress(body) if packed else body) == (FOLDER / path[1:]).read_bytes()
        assert packed == path.endswith((".js", ".css"))
        assert headers["content-length"] == str(len(body))
        assert "immutable" in headers["cache-control"]
        expected = {"js": "javascript", "css": "text/css", "woff2": "font/woff2"}[path.rsplit(".", 1)[1]]
        assert expected in headers["content-type"]


def test_a_browser_asks_for_a_page_again_each_time(browser: Browser) -> None:
    for path in PAGES:
        headers, body = browser.ask(path)
        assert headers["cache-control"] == "no-cache"
        assert headers["content-type"].startswith("text/html")
        assert STYLE in gzip.decompress(body).decode()


def test_a_module_that_waits_stands_in_for_plotlys_script(browser: Browser) -> None:
    headers, body = browser.ask(PLOTLY)
    assert f'import("./late.{Path(PLOTLY).name}?'.encode() in gzip.decompress(body)
    assert headers["cache-control"] == "no-cache", "it is ours: its name does not change with its content"
    headers, body = browser.ask(plotly_script.late_path(PLOTLY))
    assert gzip.decompress(body).decode() == without_unused((FOLDER / PLOTLY[1:]).read_text(encoding="utf-8"))
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("path", ["/", PLOTLY])
def test_a_browser_that_has_the_answer_is_told_so_in_a_few_bytes(browser: Browser, path: str) -> None:
    tag = browser.ask(path)[0]["etag"]
    assert browser.ask(path, status=304, if_none_match=tag)[1] == b""
    assert browser.ask(path, if_none_match='"another"')[1] == browser.ask(path)[1] != b""


def copy(folder: Path) -> Path:
    """A front end as small as one can be, to change at will."""
    for path in ("index.html", PLOTLY[1:]):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FOLDER / path, folder / path)
    return folder


def test_another_plotly_script_is_sent_whole(tmp_path: Path) -> None:
    file = copy(tmp_path) / PLOTLY[1:]
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    headers, body = Browser(tmp_path).ask(PLOTLY)
    assert gzip.decompress(body) == file.read_bytes()
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("broken", ["without_unused", "stand_in"])
def test_a_request_for_a_script_that_cannot_be_prepared_goes_to_streamlit(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(plotly_script, broken, fail)
    browser = Browser(copy(tmp_path))
    assert browser.ask(PLOTLY)[1] == b"from Streamlit", "there is no stand-in for a script that would not come"
    assert browser.ask("/")[1] != b"from Streamlit"


def test_a_request_for_a_file_that_cannot_be_read_goes_to_streamlit(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "index.html").unlink()
    (folder / PLOTLY[1:]).write_bytes(b"\xff is no UTF-8")
    browser = Browser(folder)
    assert [browser.ask(path)[1] for path in ("/", PLOTLY)] == [b"from Streamlit"] * 2


def test_uncompressed_the_files_are_the_same(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", "compression")
    plain = Browser()
    for path in ("/", PLOTLY, linked(plain.ask("/")[1].decode())[-1]):
        headers, body = plain.ask(path)
        assert "content-encoding" not in headers
        assert body == gzip.decompress(browser.ask(path)[1])


@pytest.mark.parametrize(
    ("off", "stands_in", "lean"), [("plotly_lean", True, False), ("plotly_late", False, True), ("1", False, False)]
)
def test_what_is_done_to_plotlys_script_can_be_turned_off(
    off: str, stands_in: bool, lean: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", off)
    browser = Browser()
    body = browser.ask(PLOTLY)[1]
    if stands_in:
        assert b"late.PlotlyChart" in gzip.decompress(body)
        body = browser.ask(plotly_script.late_path(PLOTLY))[1]
    body = body if off == "1" else gzip.decompress(body)
    whole = (FOLDER / PLOTLY[1:]).read_text(encoding="utf-8")
    assert body.decode() == (without_unused(whole) if lean else whole)


def test_a_head_request_gets_the_size_and_no_body(browser: Browser) -> None:
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
def test_every_other_request_goes_to_streamlit(path: str, how: dict[str, Any]) -> None:
    browser = Browser()
    assert browser.ask(path, **how)[1] == b"from Streamlit"
    assert browser.streamlit.asked == [path]


def test_a_request_for_a_part_of_a_file_goes_to_streamlit(browser: Browser) -> None:
    font = next(path for path in linked(gzip.decompress(browser.ask("/")[1]).decode()) if path.endswith(".woff2"))
    assert browser.ask(font, range="bytes=0-9")[1] == b"from Streamlit"


def test_below_a_base_path_every_request_goes_to_streamlit(browser: Browser) -> None:
    before = st.get_option("server.baseUrlPath")
    st.config.set_option("server.baseUrlPath", "school")
    try:
        assert browser.ask("/")[1] == b"from Streamlit"
    finally:
        st.config.set_option("server.baseUrlPath", before)

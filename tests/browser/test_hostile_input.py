"""Any text in a link, a box, a file and its name, in a real browser: nothing of it becomes an element or runs."""

import os
from pathlib import Path
from urllib.parse import urlencode

from hypothesis import given
from playwright.sync_api import FilePayload, Page

from gateviz.app.server.options import LIMIT
from tests.browser.app_page import App, Visit
from tests.browser.serving import megabytes
from tests.fuzz.bad_inputs import ANY_TEXT, MARKUP, as_sent
from tests.fuzz.counted import COUNTED, TIMES, inputs

# What somebody's text has become: elements, attributes and scripts, in the page and in its shadow roots.
MADE = """() => {
    const found = [];
    const look = (root) => {
        for (const one of root.querySelectorAll("*")) {
            const names = one.getAttributeNames();
            const isOurs = !names.some((name) => name === "data-fuzz" || name.startsWith("on"));
            const leads = one.getAttribute("href") ?? one.getAttribute("src") ?? "";
            if (!isOurs || leads === "x" || leads.startsWith("javascript:")) found.push(one.outerHTML.slice(0, 200));
            if (one.shadowRoot) look(one.shadowRoot);
        }
    };
    look(document);
    return found.concat("fuzz" in document.body.dataset ? ["a script has run"] : []);
}"""


def sound(page: Page) -> None:
    """Count the input, and see that nothing was made of it and that the page is no error page."""
    made = page.evaluate(MADE)
    failed = page.locator("[data-testid=stException]").count()
    COUNTED.count("in a browser")
    COUNTED.markup += bool(made)
    COUNTED.exceptions += failed
    assert made == []
    assert not failed


def test_nothing_that_comes_from_outside_becomes_an_element_or_runs(visit: Visit) -> None:
    app = visit("/?task=hometown&cells=lstm")
    everywhere(app, " ".join(MARKUP))

    @inputs(1)
    @given(ANY_TEXT)
    def try_text(text: str) -> None:
        everywhere(app, " ".join(as_sent(text).split("\n")))

    if TIMES > 1:
        try_text()
    COUNTED.server = max(megabytes(pid, "VmHWM") for pid in servers())
    assert COUNTED.server <= LIMIT


def servers() -> list[int]:
    """The processes of the servers that this test process has started."""
    pids = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in pids if b"gateviz" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def everywhere(app: App, text: str) -> None:
    """The text in a link, then in the file and its name, then in each box."""
    page = app.page
    link = {
        "task": "hometown",
        "cells": "lstm",
        "text": f"I grew up {text}"[:600],
        "other": text,
        "hold": text,
        "colour": text,
    }
    page.goto(f"{app.server}/?{urlencode(link)}")
    app.settle()
    sound(page)
    file = FilePayload(name=f"{text[:60]}.txt", mimeType="text/plain", buffer=f"{text}\nFrance".encode())
    page.locator(".st-key-upload input[type=file]").set_input_files([file])
    app.settle()
    sound(page)
    for box in page.locator("input[type=text]:visible, input:not([type]):visible").all():
        box.fill(text)
        box.press("Enter")
        app.settle()
        sound(page)

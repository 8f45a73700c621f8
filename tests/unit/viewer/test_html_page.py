"""An exported page carries its picture and its scripts, fetches nothing, and takes nothing typed for markup."""

import base64
import hashlib
import re
import zlib

from gateviz import viewer
from gateviz.i18n import translator
from gateviz.viewer.html_page import page
from gateviz.viewer.packing.picture import picture
from tests.packed import unpack
from tests.page_reader import Reader
from tests.unit.viewer.packing.small_runs import RUNS, TOKENS

SCRIPT = viewer.JS / "alone" / "exported_page.js"
UNPACK = viewer.JS / "alone" / "unpack_script.js"
HOSTILE = "</script><img src=x onerror=alert(1)><!--]]>{title}&amp;"
ENGLISH = translator.load("en")


def a_page(text: str = "a <b>") -> str:
    return page(picture(RUNS, text, TOKENS, say=ENGLISH), title="A title", subtitle="Where", about=["One", "Two"])


def script_in(found: Reader) -> str:
    return zlib.decompress(base64.b64decode(found.texts["script"])).decode()


def test_the_picture_in_the_page_is_the_picture() -> None:
    data = picture(RUNS, HOSTILE, TOKENS, say=ENGLISH)
    found = base64.b64decode(Reader(page(data, title="x")).texts["picture"], validate=True)
    assert found == data
    assert unpack(found)[0]["text"] == HOSTILE


def test_what_was_typed_stays_text_wherever_it_stands() -> None:
    hostile = page(picture(RUNS, HOSTILE, TOKENS, say=ENGLISH), title=HOSTILE, subtitle=HOSTILE, about=[HOSTILE] * 2)
    plain = Reader(a_page())
    found = Reader(hostile)
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags]
    assert (found.texts["title"], found.texts["h1"]) == (HOSTILE, HOSTILE)
    assert "onerror=alert" not in re.sub("&lt;img src=x onerror=alert", "", hostile)


def test_the_policy_lets_only_the_pages_own_script_and_style_run() -> None:
    found = Reader(a_page())

    def hash_of(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    rules = dict(rule.strip().split(" ", 1) for rule in found.policy().split(";"))
    assert rules["default-src"] == "'none'"
    scripts = (viewer.script(UNPACK), viewer.script(SCRIPT))
    assert rules["script-src"].split() == [hash_of(text) for text in scripts]
    assert f'<script type="module">{scripts[0]}</script>' in a_page()
    assert script_in(found) == scripts[1]
    assert rules["style-src"] == hash_of(found.texts["style"])
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}


def test_the_page_points_at_nothing_outside_itself() -> None:
    text = a_page()
    addresses = set(re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}[\w./-]*", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}, "a name of SVG's, which nobody fetches"
    assert not re.search(r"@import|url\((?!#)", text)
    assert not [a for _, a in Reader(text).tags if {"src", "href", "onload", "style"} & set(a)]


def test_the_page_is_the_same_viewer_and_says_its_language() -> None:
    text = a_page()
    assert "// viewer/viewer.js\n" in script_in(Reader(text))
    assert viewer.styles(*viewer.VIEWER_STYLES) in text
    assert Reader(page(b"", title="x", language="zh")).tags[0] == ("html", {"lang": "zh"})


def test_neither_script_nor_style_ends_its_own_element() -> None:
    for text in (viewer.script(UNPACK), Reader(a_page()).texts["style"]):
        assert len(text) > 300
        assert not re.search(r"</(script|style)|<!--", text, re.IGNORECASE)


def test_the_data_come_last_so_that_a_page_that_was_cut_off_has_its_scripts() -> None:
    text = page(b"numbers", title="x", models={"t/lstm/1.json": b"{}", "t/lstm/1.safetensors": b"weights"})
    found = Reader(text)
    assert [base64.b64decode(data) for data in found.models.values()] == [b"{}", b"weights"]
    assert text.index('type="module"') < text.index('id="picture"') < text.index("data-model")


def test_no_script_makes_markup_of_text_or_a_style_attribute() -> None:
    script = viewer.script(SCRIPT)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script)
    assert 'setAttribute("style"' not in script

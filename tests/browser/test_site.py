"""A site on a plain file server, under a path: it reads any sentence as the library does, without a network too."""

from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

import gateviz
from gateviz.export.site import write_site
from gateviz.i18n.translator import load
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import SHOWN
from tests.browser.app_page import ARTEFACTS
from tests.browser.axe import grave_faults
from tests.browser.exported_page import File
from tests.browser.file_server import serving_files
from tests.browser.tabs import Tab

TEXT = "I was raised in Poland. My friend lives in Italy, and it was late. At home we speak"
SEEN: dict[str, Literal["light", "dark"]] = {"en": "light", "zh": "dark"}
TASKS = ("hometown", "hometown-zh", "adding")
FEET = "all => all.map((one) => one.getBoundingClientRect().bottom)"
VIEWER = "[data-gateviz=viewer][data-steps]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that lies under a path of a server that only hands out files."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder / "classes" / "rnn", TASKS)
    with serving_files(folder) as address:
        yield f"{address}classes/rnn/"


def opened(take: Any, site: str, path: str, **options: Any) -> File:
    return File(take(**options), site + path)


def type_in(page: Page, text: str) -> None:
    page.locator(".st-key-sentence input").fill(text)
    page.keyboard.press("Enter")


def shows(page: Page, text: str) -> None:
    expect(page.locator(f"{VIEWER}[data-text='{text}']")).to_have_count(1)


def assert_numbers(file: File, task: str, text: str, steps: tuple[int, ...], unit: int = 7) -> None:
    for step in steps:
        file.go(step=step, unit=unit)
        for cell in CELLS:
            layer = gateviz.load_pretrained(task, cell).trace(text).layer(0)
            for signal in SHOWN[cell]:
                shown, value = file.number(cell, signal)
                assert shown == unit
                assert value == pytest.approx(layer[signal][0, step, unit], rel=2e-4, abs=2e-5), (cell, signal, step)


def test_any_sentence_is_read_and_every_number_is_the_librarys(take: Any, site: str) -> None:
    file = opened(take, site, "hometown.html")
    shows(file.page, EXAMPLES["hometown"])
    type_in(file.page, TEXT)
    shows(file.page, TEXT)
    assert_numbers(file, "hometown", TEXT, (0, 4, 17))
    for cell in CELLS:
        model = gateviz.load_pretrained("hometown", cell)
        scores = model.logits(TEXT)[-1]
        chance = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
        ending = file.page.locator(f"[data-ending={cell}]")
        expect(ending).to_contain_text(model.outputs[int(scores.argmax())])
        assert float(ending.get_attribute("data-value") or "nan") == pytest.approx(chance.max(), rel=1e-3)
    expect(file.page.locator(".opening-words")).to_contain_text("At the end the RNN says")
    assert file.viewer.evaluate("root => root.matches(':focus')"), "the keys step through what was typed"


def test_a_gate_that_a_link_holds_is_held_as_run_with_holds_it(take: Any, site: str) -> None:
    file = opened(take, site, f"hometown.html?text={quote(TEXT)}&hold=lstm.forget_gate@4-:0&unit=7&diagram=unit")
    expect(file.page.locator("[data-held='lstm.forget_gate']")).to_have_attribute("data-held-value", "0")
    model = gateviz.load_pretrained("hometown", "lstm")
    inputs = model.embed(model.encode(TEXT))
    shut = gateviz.Clamp("forget_gate", 0.0, steps=range(4, len(model.encode(TEXT))))
    layer = gateviz.run_with(model.recurrent, inputs, [shut]).layer(0)
    for step in (3, 4, 12):
        file.go(step=step, unit=7)
        for signal in SHOWN["lstm"]:
            value = file.number("lstm", signal)[1]
            assert value == pytest.approx(layer[signal][0, step, 7], rel=2e-4, abs=2e-5), (signal, step)


def test_an_example_is_one_click_with_the_sentence_that_python_computed(take: Any, site: str) -> None:
    file = opened(take, site, "hometown.html")
    file.page.locator("[data-example='2']").click()
    expect(file.page.locator(".opening-words")).to_contain_text("Greek")
    assert file.page.locator("[data-opening-step]").count() > 0
    expect(file.page.locator("[data-example='2']")).to_have_attribute("aria-pressed", "true")


def test_a_link_opens_the_sentence_step_unit_cells_and_language_that_it_names(take: Any, site: str) -> None:
    query = f"?text={quote(TEXT)}&step=4&unit=11&diagram=unit&cells=lstm,gru&lang=zh"
    file = opened(take, site, "hometown.html" + query)
    shows(file.page, TEXT)
    assert file.step == 4
    assert file.number("lstm", "forget_gate")[0] == 11
    panels = file.page.locator("[data-panel]")
    assert panels.evaluate_all("all => all.map((one) => one.dataset.panel)") == ["lstm", "gru"]
    assert file.page.locator("h1").inner_text() == load("zh").task("hometown")
    expect(file.page.locator(".notice")).to_be_hidden()
    file.view()  # brings the address up to date
    for part in ("step=4", "unit=11", "cells=lstm%2Cgru", "lang=zh", "text=I+was+raised"):
        assert part in file.page.url


def test_what_a_link_names_wrongly_gives_way_and_one_sentence_says_so(take: Any, site: str) -> None:
    file = opened(take, site, "hometown.html?text=I%20speak&step=999&unit=77&cells=mlp&lang=tlh")
    expect(file.page.locator("#notice")).to_have_text(load("en")("notice.link"))
    assert (file.step, file.page.locator("[data-panel]").count()) == (1, 3)
    for wrong in ("hold=lstm.nonsense:3", "other=%20"):
        file = opened(take, site, f"hometown.html?{wrong}")
        expect(file.page.locator("#notice")).to_have_text(load("en")("notice.link"))
    file = opened(take, site, "hometown.html?text=a%00b")
    expect(file.page.locator("#notice")).to_have_text("Character 2 is the control character U+0000; take it out.")
    shows(file.page, EXAMPLES["hometown"])


def test_a_bad_input_gets_one_sentence_and_the_page_stays(take: Any, site: str) -> None:
    file = opened(take, site, "adding.html")
    wrong = {
        " ": load("en")("alone.empty"),
        "x" * 100_000: "The text has 100000 characters; at most 2000 can be shown.",
        "0.5 half": "Word 2, “half”, is not a number. "
        "Type numbers with spaces between them, as in 0.53 0.21* 0.94 0.07*",
    }
    before = file.view()
    for text, sentence in wrong.items():
        type_in(file.page, text)
        expect(file.page.locator("#notice")).to_have_text(sentence)
    shows(file.page, EXAMPLES["adding"])
    assert file.view() == before
    file.page.locator(".notice button").click()
    expect(file.page.locator(".notice")).to_be_hidden()


def test_a_language_is_switched_in_place_and_nothing_is_lost(take: Any, site: str) -> None:
    file = opened(take, site, "hometown.html")
    type_in(file.page, TEXT)
    shows(file.page, TEXT)
    file.go(step=5, unit=3)
    before = file.view()
    file.page.locator("[data-language=zh]").click()
    expect(file.page.locator(".opening-words")).to_contain_text("读完后")
    assert (file.view(), file.page.locator("html").get_attribute("lang")) == (before, "zh")
    assert file.page.locator(".st-key-sentence input").input_value() == TEXT
    file.page.locator("a.home").click()
    expect(file.page.locator("h1")).to_have_text(load("zh")("site.title"))
    assert file.page.locator("[data-task]").first.get_attribute("data-task") == "hometown-zh"


@pytest.fixture
def visitor(newcomer: BrowserContext) -> Page:
    return newcomer.new_page()


def test_what_was_visited_once_works_without_a_network(visitor: Page, newcomer: BrowserContext, site: str) -> None:
    visitor.goto(site)
    visitor.locator("[data-task=hometown] a").click()
    visitor.locator("html[data-kept]").wait_for()
    newcomer.set_offline(True)
    visitor.goto(f"{site}hometown.html?lang=zh&text={quote(TEXT)}")
    shows(visitor, TEXT)
    expect(visitor.locator(".opening-words")).to_contain_text("读完后")
    visitor.locator("a.home").click()
    expect(visitor.locator("h1")).to_have_text(load("zh")("site.title"))
    assert visitor.locator(".mark").evaluate_all("all => all.every((one) => one.naturalWidth > 0)")
    visitor.goto(f"{site}adding.html")
    expect(visitor.locator("main")).to_contain_text(load("en")("site.lost"))
    newcomer.set_offline(False)


@pytest.mark.parametrize("width", [1440, 390])
def test_neither_page_has_a_serious_fault_for_those_who_hear_or_use_keys(take: Any, site: str, width: int) -> None:
    tab: Tab = take(width=width, height=844)
    for path, ready in (("", "[data-task]"), ("hometown.html", VIEWER)):
        for language, scheme in SEEN.items():
            tab.page.emulate_media(color_scheme=scheme)
            tab.page.goto(f"{site}{path}?lang={language}")
            tab.page.locator(ready).first.wait_for()
            assert grave_faults(tab.page) == [], (path, language, scheme)
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
            ARTEFACTS.mkdir(exist_ok=True)
            name = path.removesuffix(".html") or "index"
            tab.page.screenshot(path=ARTEFACTS / f"site-{name}-{width}-{scheme}-{language}.png")


def test_the_first_screen_of_a_page_shows_every_map(take: Any, site: str) -> None:
    for width, height in ((1440, 900), (1280, 720), (1920, 1080)):
        for language in ("en", "zh"):
            file = opened(take, site, f"hometown.html?lang={language}", width=width, height=height)
            expect(file.page.locator("[data-map]")).to_have_count(8)
            feet = file.page.locator("[data-map]").evaluate_all(FEET)
            assert max(feet) <= height, (width, height, language)

"""The folder of a site holds all that its pages name, and nothing that they do not."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.errors import GatevizError
from gateviz.export.folders import LIST
from gateviz.export.site import write_site
from gateviz.i18n.translator import languages, load
from gateviz.pretrained.browser_files import find_file
from gateviz.pretrained.examples import EXAMPLES, examples_of
from gateviz.pretrained.folder import find_card
from tests.packed import unpack
from tests.page_reader import Reader

TASKS = ("counting", "hometown", "tang")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "under" / "path"
    shown: list[tuple[int, int, str]] = []
    count, size = write_site(folder, TASKS, progress=lambda *at: shown.append(at))
    assert shown == [(number, 3, task) for number, task in enumerate(TASKS, start=1)]
    assert count == 3
    assert size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != LIST)
    return folder


def read(site: Path, name: str) -> Reader:
    return Reader((site / name).read_text(encoding="utf-8"))


def data_of(site: Path, task: str) -> Any:
    return json.loads(read(site, f"{task}.html").texts["page"])


def names_in(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_every_file_is_named_by_a_page_or_a_picture_and_every_name_is_there(site: Path) -> None:
    pages = {f"{task}.html" for task in TASKS} | {"index.html", "lost.html"}
    named = {name for page in pages for name in re.findall(r"(?:files|models)/[\w@./-]+\w", (site / page).read_text())}
    assert named | pages | {"service-worker.js", LIST} == names_in(site)
    assert set(json.loads((site / LIST).read_text())) == names_in(site) - {LIST}


def test_a_page_is_kept_whole_for_the_time_without_a_network(site: Path) -> None:
    for task in TASKS:
        data, page = data_of(site, task), read(site, f"{task}.html")
        linked = {str(a.get("src") or a.get("href")) for _, a in page.tags if {"src", "href"} & set(a)}
        models = {name for name in names_in(site) if name.startswith(f"models/{task}/")}
        pictures = [name for own in data["pictures"].values() for name in own.values()]
        needed = {f"{task}.html", "lost.html", *linked, *pictures, *models}
        assert needed <= set(data["files"])
        home = read(site, "index.html")
        images = {str(a.get("src") or a.get("srcset")) for tag, a in home.tags if tag in ("img", "source")}
        assert {"index.html", *images} <= set(json.loads(home.texts["page"])["files"]) <= set(data["files"])
        assert len(models) == 6


def test_the_weights_are_as_they_ship_and_the_picture_names_them(site: Path) -> None:
    for task in TASKS:
        for language in languages():
            header, signals = unpack((site / data_of(site, task)["pictures"][language]["0.forward"]).read_bytes())
            for cell, name in header["models"].items():
                for kind in ("json", "safetensors"):
                    assert (site / "models" / f"{name}.{kind}").read_bytes() == find_file(f"{name}.{kind}")
                trace = gateviz.load_pretrained(task, cell).trace(EXAMPLES[task])
                np.testing.assert_allclose(
                    signals[cell]["hidden_state"], trace.layer(0)["hidden_state"][0], rtol=2.0**-16, atol=1e-5
                )


def test_each_example_has_its_computed_sentence_in_each_language(site: Path) -> None:
    for task in TASKS:
        data = data_of(site, task)
        assert data["examples"] == list(examples_of(find_card(task, "rnn")))
        for language in languages():
            for place, file in data["pictures"][language].items():
                header, _ = unpack((site / file).read_bytes())
                assert data["openings"][language][place][0].items() <= header.items()
                assert f"{header['layer']}.{header['direction']}" == place
                assert all(found["opening"]["parts"] for found in data["openings"][language][place])
            assert data["said"][language]["title"] == load(language).task(task)


def test_each_layer_and_direction_has_a_picture(site: Path) -> None:
    places = {task: list(data_of(site, task)["pictures"]["en"]) for task in TASKS}
    assert places == {"counting": ["0.forward"], "hometown": ["0.forward"], "tang": ["0.forward", "1.forward"]}
    assert data_of(site, "tang")["places"][1] == {"layer": 1, "direction": "forward"}


def test_the_index_shows_each_task_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    write_site(tmp_path / "zh", ("counting", "hometown-zh"), "zh")
    page = read(tmp_path / "zh", "index.html")
    assert ("html", {"lang": "zh"}) in page.tags
    assert [a["data-task"] for tag, a in page.tags if tag == "li"] == ["hometown-zh", "counting"]
    assert page.texts["h1"] == load("zh")("site.title")
    assert json.loads(page.texts["page"])["opens"] == {"zh": "hometown-zh"}


def test_no_page_has_an_address_that_is_not_relative_or_a_script_in_it(site: Path) -> None:
    for path in site.glob("*.html"):
        page = read(site, path.name)
        addresses = [a[name] or "" for _, a in page.tags for name in ("src", "href", "srcset") if name in a]
        assert addresses
        assert not [address for address in addresses if re.match(r"[a-z]+:|/", address)]
        assert not [a for _, a in page.tags if any(name.startswith("on") or name == "style" for name in a)]
        rules = dict(rule.strip().split(" ", 1) for rule in page.policy().split(";"))
        assert (rules["default-src"], rules["script-src"], rules["connect-src"]) == ("'none'", "'self'", "'self'")


def test_a_name_changes_with_its_content_and_the_same_site_is_the_same(site: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "again", TASKS)
    assert names_in(tmp_path / "again") == names_in(site)
    assert all((tmp_path / "again" / name).read_bytes() == (site / name).read_bytes() for name in names_in(site))


def test_what_is_not_there_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    for tasks, language, sentence in ((("no",), "en", "has no task 'no'"), (TASKS, "tlh", "choose one of en, zh")):
        with pytest.raises(GatevizError, match=sentence):
            write_site(tmp_path / "site", tasks, language)
    assert not list(tmp_path.iterdir())

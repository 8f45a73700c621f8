"""Folders of models are deleted while the app runs: one sentence says so, and the nearest task is shown."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gateviz.app.computed.kept import MEMORY
from gateviz.i18n.translator import load
from gateviz.results.trace import CELLS
from tests.app.small_models import TEXT, PutModels
from tests.app.visitor import Page, Visitor

WORDS = load("en")
PAGES: list[Page] = ["step_through", "gradients"]


def gone(task: str) -> str:
    return WORDS("error.no_such_task", task=task)


def check(visitor: Visitor, page: Page, task: str, text: str) -> None:
    """A picture of that task stands."""
    visitor.assert_no_stack_trace()
    assert WORDS("error.unexpected") not in visitor.notices
    assert (visitor.address["task"], visitor.address["text"]) == (task, text)
    assert visitor.at.selectbox(key="task").value == task
    shown = visitor.viewer if page == "step_through" else visitor.strips
    assert "".join(token["text"] for token in shown["tokens"]) == text
    assert visitor.figures or page == "gradients"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("cached", [True, False])
def test_a_task_that_is_chosen_as_it_goes_leaves_the_one_before(
    put_models: PutModels, tmp_path: Path, page: Page, cached: bool
) -> None:
    put_models("book")
    put_models("paper")
    visitor = Visitor({"task": "book", "text": TEXT}).go_to(page).type("the machine")
    shutil.rmtree(tmp_path / "paper")
    if not cached:
        MEMORY.forget()
    visitor.at.selectbox(key="task").set_value("paper").run()
    check(visitor, page, "book", "the machine")
    assert visitor.sentence == "the machine"
    assert visitor.notices == [gone("paper")]
    assert visitor.at.selectbox(key="task").options == ["book"]
    assert visitor.type("the time").notices == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("cached", [True, False])
def test_a_task_that_goes_while_it_is_shown_gives_way_to_the_next(
    put_models: PutModels, tmp_path: Path, page: Page, cached: bool
) -> None:
    put_models("book")
    put_models("paper")
    visitor = Visitor({"task": "paper", "text": TEXT}).go_to(page)
    shutil.rmtree(tmp_path / "paper")
    if not cached:
        MEMORY.forget()
    visitor.type("the machine")
    check(visitor, page, "book", "the machine")
    assert visitor.notices == [gone("paper")]
    put_models("paper")
    visitor.at.run()
    visitor.at.selectbox(key="task").set_value("paper").run()
    check(visitor, page, "paper", "the machine")


@pytest.mark.parametrize("page", PAGES)
def test_an_architecture_that_goes_is_no_longer_shown(put_models: PutModels, tmp_path: Path, page: Page) -> None:
    put_models("book")
    visitor = Visitor({"text": TEXT, "cells": "lstm"}).go_to(page)
    shutil.rmtree(tmp_path / "book" / "lstm")
    visitor.type("the machine")
    check(visitor, page, "book", "the machine")
    assert visitor.address["cells"] == "rnn,gru"


@pytest.mark.parametrize("page", PAGES)
def test_where_all_go_one_sentence_stays_until_there_are_some(
    put_models: PutModels, tmp_path: Path, page: Page
) -> None:
    put_models("book")
    visitor = Visitor({"text": TEXT}).go_to(page)
    shutil.rmtree(tmp_path)
    visitor.type("the machine")
    visitor.assert_no_stack_trace()
    assert visitor.notices == [WORDS("error.no_models")]
    put_models("book")
    visitor.at.run()
    visitor.assert_no_stack_trace()
    assert visitor.address["task"] == "book"
    assert visitor.sent


def delete_weights(folder: Path) -> None:
    for cell in CELLS:
        (folder / cell / "model.safetensors").unlink()


def delete_cards(folder: Path) -> None:
    for cell in CELLS:
        (folder / cell / "card.json").unlink()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("delete", [delete_weights, delete_cards, shutil.rmtree])
def test_files_that_go_after_the_tasks_were_listed_are_one_sentence(
    put_models: PutModels, tmp_path: Path, page: Page, delete: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_models("book")
    put_models("paper")
    visitor = Visitor({"task": "book", "text": TEXT}).go_to(page)
    delete(tmp_path / "paper")
    listed = {"book": CELLS, "paper": CELLS}
    monkeypatch.setattr("gateviz.app.state.available.models", lambda: listed)  # as it was a moment ago
    visitor.at.selectbox(key="task").set_value("paper").run()
    visitor.assert_no_stack_trace()
    assert visitor.notices == [WORDS("error.model")]
    visitor.at.selectbox(key="task").set_value("book").run()
    check(visitor, page, "book", TEXT)


@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_a_task_that_is_gone_opens_the_nearest(put_models: PutModels, page: Page) -> None:
    put_models("book")
    visitor = Visitor({"task": "paper", "text": TEXT}).go_to(page)
    check(visitor, page, "book", TEXT)

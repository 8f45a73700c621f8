"""The page Train, in sessions without a browser: what ships is shown first, and what is chosen is what is trained."""

import io
import time
import zipfile
from collections.abc import Iterator
from functools import partial

import pytest

from gateviz.app.components import papers_table
from gateviz.app.computed import trainings
from gateviz.experiments.pool import Training
from gateviz.experiments.settings import Settings
from gateviz.experiments.table import CONFIGURATIONS, EXPERIMENTS, jobs
from gateviz.i18n.translator import load
from gateviz.results.trace import CELLS
from tests.app.visitor import Visitor


@pytest.fixture(autouse=True, scope="module")
def _one_pool() -> Iterator[None]:
    yield
    trainings.close_pool()


def on_train(**address: str) -> Visitor:
    return Visitor(address, page="train", bare=True)


def started(visitor: Visitor) -> Training:
    visitor.at.button(key="train").click().run()
    training = trainings.pool().find(visitor.film["name"])
    assert training is not None
    return training


def until_it_has_ended(training: Training) -> None:
    began = time.monotonic()
    while training.state != "ended":
        assert time.monotonic() - began < 120
        time.sleep(0.05)


def test_the_page_opens_on_the_film_that_ships() -> None:
    visitor = on_train()
    assert visitor.film["name"] == "shipped-hometown"
    assert not visitor.film["begins"], "it shows its end"
    assert Visitor(page="train", bare=True, locale="zh-CN").film["name"] == "shipped-hometown-zh"
    film = trainings.film("shipped-hometown", 0)
    assert film is not None
    assert set(film["frames"][-1]["cells"]) == set(CELLS)
    assert trainings.film("shipped-tang", 0) is None, "what cannot be trained here has no film"


def test_what_is_chosen_is_trained_and_its_film_is_shown() -> None:
    visitor = on_train(train="counting", length="4", budget="100", bias="default", seed="5", units="4")
    training = started(visitor)
    settings = training.settings
    assert isinstance(settings, Settings)
    assert (settings.task, settings.length, settings.steps) == ("counting", 4, 100)
    assert (settings.forget_bias, settings.seed, settings.units) == (None, 5, 4)
    until_it_has_ended(training)
    film = trainings.film(training.name, 3)
    assert film is not None
    assert (film["state"], film["reason"], film["first"]) == ("ended", "done", 3)
    assert film["frames"][-1]["step"] == 100
    assert visitor.address["train"] == "counting"


def test_a_link_that_holds_nonsense_gives_way_to_the_nearest() -> None:
    visitor = on_train(train="chess", length="9999", units="33", rate="x")
    assert load("en")("notice.link") in visitor.notices
    assert visitor.at.selectbox(key="train_task").value == "hometown"
    assert visitor.at.number_input(key="length").value == 80


def test_another_task_begins_with_its_own_settings() -> None:
    visitor = on_train()
    visitor.at.selectbox(key="train_task").select("temporal-order").run()
    assert visitor.at.number_input(key="length").value == 60
    assert visitor.film["name"] == "shipped-temporal-order"


def test_a_text_that_cannot_be_trained_on_gets_one_sentence_and_nothing_is_lost() -> None:
    visitor = on_train(train="own-text")
    visitor.at.text_area(key="own_text").set_value("too short").run()
    visitor.at.button(key="train").click().run()
    said = load("en")("error.own_text_length", count="9", least="500", most="200,000")
    assert said in visitor.notices
    assert visitor.at.text_area(key="own_text").value == "too short"


def test_what_was_trained_is_there_on_every_other_page_of_this_visitor_and_as_files() -> None:
    visitor = on_train(train="counting", length="3", budget="100")
    training = started(visitor)
    until_it_has_ended(training)
    visitor.at.run()
    with zipfile.ZipFile(io.BytesIO(trainings.zipped(training.name))) as archive:
        assert {f"{training.name}/gru/{name}" for name in ("card.json", "model.safetensors")} <= set(archive.namelist())
    for page in ("step_through", "gradients"):
        visitor.at.query_params.clear()
        visitor.at.query_params.update({"task": training.name, "text": "aaabbb."})
        visitor.at.switch_page(f"gateviz/app/views/{page}.py").run()
        visitor.assert_no_stack_trace()
        assert visitor.at.selectbox(key="task").value == training.name
        assert visitor.sentence == "aaabbb."
    by_link = Visitor({"task": training.name, "text": "aabb."}, bare=True)
    assert by_link.at.selectbox(key="task").value == training.name, "whoever has the link sees it too"
    assert training.name not in Visitor(bare=True).at.selectbox(key="task").options, "and nobody else"
    trainings.close_pool()
    visitor.at.run()
    visitor.assert_no_stack_trace()


def test_a_link_shows_the_film_of_a_training_to_a_whole_class_and_a_reload_loses_nothing() -> None:
    visitor = on_train(train="counting", length="3", budget="100")
    training = started(visitor)
    visitor.at.run()
    again = Visitor(visitor.address, page="train", bare=True)
    assert again.film["name"] == training.name
    assert again.notices == []
    gone = on_train(train="counting", film="counting-trained-0123456789abcdef")
    assert gone.film["name"] == "shipped-counting"
    assert load("en")("notice.link") in gone.notices


def test_a_link_to_a_training_says_all_of_it() -> None:
    visitor = on_train(train="adding", length="11", seed="3")
    visitor.at.query_params.clear()
    visitor.at.query_params.update({"train": "temporal-order", "bias": "default"})
    visitor.at.run()
    assert visitor.at.number_input(key="length").value == 60, "what it does not say is as the task begins"
    assert visitor.at.selectbox(key="bias").value == "default"
    assert visitor.film["name"] == "shipped-temporal-order"


def table_of(visitor: Visitor) -> list[list[str]]:
    """The rows of all experiments."""
    return [row for group in visitor.data_of("table_view")["groups"] for row in group["rows"]]


def table_started(visitor: Visitor) -> Training:
    visitor.at.button(key="table_run").click().run()
    table = trainings.pool().find(visitor.at.session_state["_tables"][-1])
    assert table is not None
    return table


def test_the_papers_table_is_there_at_once_is_stopped_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = on_train()
    assert len(table_of(visitor)) == len(EXPERIMENTS) * len(CONFIGURATIONS)
    assert not any(number != "–" for row in table_of(visitor) for number in row[2:])
    assert "31,390" in str(visitor.data_of("table_view")["groups"][1]["said"]), "what a paper reports stands beside"
    assert visitor.at.button(key="table_stop").disabled

    monkeypatch.setattr(papers_table, "jobs", partial(jobs, ("counting",), 1, 100_000))
    table = table_started(visitor)
    assert trainings.film(table.name, 0) is None, "it has no film"
    visitor.at.button(key="table_stop").click().run()
    until_it_has_ended(table)
    assert table.reason == "stopped"
    visitor.at.run()
    assert load("en")("table.status.stopped") in visitor.data_of("table_view")["status"]

    monkeypatch.setattr(papers_table, "jobs", partial(jobs, ("counting",), 1, 30))
    until_it_has_ended(table_started(visitor))
    visitor.at.run()
    visitor.assert_no_stack_trace()
    rows = trainings.rows(visitor.at.session_state["_tables"])
    filled = [row for row in table_of(visitor) if row[2] != "–"]
    assert len(filled) == len(rows) == len(CONFIGURATIONS)
    shown = [[f"{row.steps}", f"{row.seconds:.1f}", f"{row.figure:.3f}"] for row in rows]
    assert [row[3:] for row in filled] == shown
    assert visitor.at.button(key="table_run").disabled, "nothing is left to be run"

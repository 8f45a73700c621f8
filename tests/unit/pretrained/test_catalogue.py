"""The tables of models."""

import dataclasses
from pathlib import Path

import pytest

from gateviz.i18n.bilingual import Bilingual
from gateviz.pretrained import catalogue
from gateviz.pretrained.files import list_pretrained

CARDS = list_pretrained()


def test_the_plain_table_has_a_line_a_model_with_columns_under_each_other() -> None:
    header, *lines = catalogue.plain(CARDS).splitlines()
    assert len(lines) == len(CARDS)
    column = header.index("held out")
    assert [float(line[column:].split()[0]) for line in lines] == [round(card.metric.value, 3) for card in CARDS]


def test_the_page_says_of_each_model_its_figures_data_and_limits_in_both_languages() -> None:
    page = catalogue.markdown(CARDS)
    for card in CARDS:
        assert "".join(f"| {figure.value:.3f} " for figure in (card.metric, *card.baselines)) in page
        for said in (card.data.author, card.data.licence, card.data.source, card.good_for.en, card.fails_at.zh):
            assert said in page


@pytest.mark.parametrize("file", ["README.md", "README.zh.md"])
def test_the_readme_has_the_figures_of_every_task_as_the_command_prints_them(file: str) -> None:
    table = catalogue.summary(CARDS)
    assert table in (Path(__file__).parents[3] / file).read_text(encoding="utf-8"), "gateviz models --summary"
    for card in CARDS:
        (line,) = (line for line in table.splitlines() if line.startswith(f"| {card.task} |"))
        assert all(f"{figure.value:.3f}" in line for figure in (card.metric, *card.baselines))


def test_what_is_said_of_several_models_stands_once() -> None:
    words = Bilingual("Only this.", "仅此而已。")
    cards = [dataclasses.replace(card, good_for=words, fails_at=words) for card in CARDS[:2]]
    page = catalogue.markdown(cards)
    assert page.count("Only this.") == 2, "once as good for, once as fails at"
    assert f"- {cards[0].cell}, {cards[1].cell}: Only this. 仅此而已。" in page

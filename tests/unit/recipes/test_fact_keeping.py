"""The recipe of a kept fact: what it reads, hides, holds out and measures; on small texts of our own."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from gateviz.data.corpora.hometown import Kind
from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH
from gateviz.errors import DataError
from gateviz.recipes import hometown, hometown_zh
from gateviz.recipes.fact_keeping import FactRun
from gateviz.results.trace import CellName

BOOK = "the old house stood on a green hill, and nobody came. "
END = "rain fell on 'every' roof there. "
EASY = dataclasses.replace(
    hometown.RECIPE,
    plan=dataclasses.replace(
        hometown.RECIPE.plan, steps=80, batch_size=32, learning_rate=1e-2, warmup=5, evaluations=1
    ),
    known=8,
    longest=4,
    distances=(2, 5),
    held_out_texts=6,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a book whose last tenth has other words, and a table of clauses."""
    (tmp_path / "timemachine.txt").write_text(BOOK * 30 + END * 5, encoding="utf-8")
    (tmp_path / hometown_zh.RECIPE.data.file).write_text("1\t今天真好\n0\t烦死了\n1\t哈哈！\n" * 100, encoding="utf-8")
    return tmp_path


def run_of(folder: Path, cell: CellName = "gru", seed: int = 0) -> FactRun:
    return EASY.start(cell, EASY.read(folder), seed=seed)


def test_a_few_steps_teach_it_something(folder: Path) -> None:
    losses = [step.loss for step in run_of(folder).steps()]
    assert np.mean(losses[-10:]) < 0.8 * np.mean(losses[:10])


def test_the_same_seed_gives_the_same_weights_and_another_one_others(folder: Path) -> None:
    weights = []
    for seed in (1, 1, 2):
        run = EASY.start("lstm", EASY.read(folder), seed=seed, steps=3)
        list(run.steps())
        weights.append(run.model.state_dict()["recurrent.weight_hh_l0"])
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_the_gates_begin_where_the_recipe_says(folder: Path) -> None:
    lstm = run_of(folder, "lstm").model.recurrent
    bias = lstm.get_parameter("bias_ih_l0") + lstm.get_parameter("bias_hh_l0")  # i, f, g, o
    assert bias[:64].tolist() == [-3] * 32 + [1] * 32
    gru = run_of(folder, "gru").model.recurrent
    bias = gru.get_parameter("bias_ih_l0") + gru.get_parameter("bias_hh_l0")  # r, z, n
    assert bias[32:64].tolist() == [2] * 32


def test_the_last_tenth_is_drawn_for_the_held_out_texts_alone(folder: Path) -> None:
    run = run_of(folder)
    assert not {"rain", "roof"} & set(run.texts.passages.pieces)
    held = [text.text for text in run.tests.texts]
    assert any("rain" in text for text in held)
    assert not any("hill" in text for text in held)
    assert run.tests == run_of(folder, seed=5).tests, "the same for every run"
    assert list(run.tests.held) == [(kind, words) for kind in Kind for words in (2, 5)]


def test_the_known_words_are_the_commonest_and_those_of_every_sentence(folder: Path) -> None:
    words = run_of(folder).model.tokenizer
    for sentence in (*ENGLISH.sentences, " ".join(ENGLISH.marks)):
        assert all(token.known for token in words.tokenize(sentence)), sentence
    assert [token.known for token in words.tokenize("The nobody zyzzyva")] == [True, False, False]
    characters = hometown_zh.known_characters("今今天", 1)
    assert all(token.known for sentence in CHINESE.sentences for token in characters.tokenize(sentence))
    assert "今" in characters.entries


def test_words_of_the_passages_are_hidden_and_those_of_the_sentences_never(folder: Path) -> None:
    recipe = dataclasses.replace(EASY, unknown_share=1.0, longest=4, known=30)
    run = recipe.start("gru", recipe.read(folder), seed=0)
    batches, unknown = run.batches(torch.Generator().manual_seed(0)), run.model.tokenizer.unknown
    said = {i for text in (*ENGLISH.sentences, " ".join(ENGLISH.marks)) for i in run.model.encode(text)}
    shown = set()
    hidden = 0
    for _ in range(20):
        batch = next(batches)
        assert batch.lengths is not None
        shown |= set(batch.inputs.flatten().tolist())
        hidden += int((batch.inputs == unknown).sum())
    assert hidden > 50
    assert {i for i in said if run.model.tokenizer.entries[i] in ENGLISH.facts[0].lower().split()} <= shown


def test_a_batch_is_cut_as_the_tokenizer_cuts_its_texts(folder: Path) -> None:
    recipe = dataclasses.replace(EASY, unknown_share=0.0)
    run = recipe.start("gru", recipe.read(folder), seed=0)
    generator = np.random.default_rng(3)
    texts = [run.texts.draw(generator, 4) for _ in range(40)]
    batch = run._batch(texts, generator)
    assert batch.lengths is not None
    for text, row, length, target in zip(texts, batch.inputs, batch.lengths, batch.targets, strict=True):
        assert tuple(row[:length].tolist()) == run.model.encode(text.text)
        assert run.model.labels[target] == text.language


def test_the_figures_tell_each_kind_and_distance_beside_the_baselines(folder: Path) -> None:
    run = run_of(folder)
    list(run.steps())
    figures = run.figures()
    assert figures.metric.on == "36 texts with passages of the last 1/10 of the book"
    named = {score.name: score.value for score in figures.baselines}
    assert list(named)[1:] == ["the first country named", "the last country named"]
    assert named["the first country named"] == named["the last country named"] == pytest.approx(2 / 3)
    assert figures.details == run.tests.details(run.model, "word")
    assert figures.sample.value == pytest.approx(EASY.measure(run.model, figures.sample.texts, figures.sample.answers))


def test_only_the_glad_clauses_of_the_table_are_read(folder: Path) -> None:
    books = hometown_zh.RECIPE.read(folder)
    assert set("".join(books.training.pieces)) == set("今天真好，哈！")


def test_a_text_too_short_and_a_missing_one_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="The Time Machine"):
        EASY.read(tmp_path)
    (tmp_path / "timemachine.txt").write_text("too short a book", encoding="utf-8")
    with pytest.raises(DataError, match="hometown needs 5 words in each part, one has"):
        EASY.read(tmp_path)

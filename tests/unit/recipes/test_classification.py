"""A recipe from labelled texts to card, on small texts of our own."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional

from gateviz.data.baselines.naive_bayes import NaiveBayes
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import DataError
from gateviz.pretrained.cards import ModelCard
from gateviz.recipes import intent
from gateviz.recipes.classification import SAMPLE_TEXTS, ClassificationRecipe, ClassificationRun
from gateviz.training.scoring import accuracy, class_scores

FOODS, COLOURS = ("apple", "bread", "cheese", "soup"), ("blue", "green", "red", "white")
NO_NOISE: dict[str, Any] = {"dropout_in": 0.0, "dropout_out": 0.0, "unknown_share": 0.0}
PLAN = dataclasses.replace(
    intent.RECIPE.plan, steps=30, batch_size=8, warmup=2, learning_rate=0.03, evaluations=2, **NO_NOISE
)
RECIPE = dataclasses.replace(
    intent.RECIPE,
    labels={"F": "food", "C": "colour"},
    tokenizer=lambda texts: WordTokenizer.of(texts, least=1),
    split_share=0.0,
    rephrased=None,
    generated=None,
    everyday={},
    typed={},
    hidden_size=8,
    embedding_size=6,
    plan=PLAN,
)


def lines(starts: tuple[str, ...]) -> str:
    """A labelled line for each start and thing."""
    things = [("F", food) for food in FOODS] + [("C", colour) for colour in COLOURS]
    return "".join(f"{label}\t{start} {thing}\n" for start in starts for label, thing in things)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the three files."""
    for name, starts in (
        (RECIPE.data.file, ("i like", "we see", "you want")),
        (RECIPE.development, ("they see",)),
        (RECIPE.test, ("i see", "they like", "you see")),
    ):
        (tmp_path / name).write_text(lines(starts), encoding="utf-8")
    return tmp_path


def trained(folder: Path, recipe: ClassificationRecipe = RECIPE) -> tuple[ClassificationRun, ModelCard]:
    run = recipe.start("gru", recipe.read(folder), seed=1)
    list(run.steps())
    return run, dataclasses.replace(run.card(), sha256="0" * 64)


def test_a_few_steps_teach_it_to_tell_the_classes_apart(folder: Path) -> None:
    run = RECIPE.start("lstm", RECIPE.read(folder), seed=0, steps=80)
    first, *_, last = run.steps()
    assert last.loss < first.loss / 2
    assert run.score() == last.held_out == 1.0


def test_the_card_tells_the_accuracy_of_model_and_naive_bayes_on_the_test_texts_alone(folder: Path) -> None:
    run, card = trained(folder)
    test, model = run.corpus.test, run.model
    right = [
        model.labels[int(model.logits(text)[-1].argmax())] == label
        for text, label in zip(test.texts, test.labels, strict=True)
    ]
    assert card.metric.value == pytest.approx(sum(right) / len(right), abs=1e-4)
    assert card.metric.better == "higher"
    assert "24 texts" in card.metric.on
    of_each = [card.details[label] for label in ("food", "colour")]
    assert sum(of_each) / 2 == pytest.approx(card.metric.value, abs=1e-4), "as many texts of each"
    bayes = NaiveBayes.fit(
        [model.encode(text) for text in run.corpus.training.texts],
        [model.labels.index(label) for label in run.corpus.training.labels],
    )
    texts, labels = map(model.encode, test.texts), map(model.labels.index, test.labels)
    assert card.baselines[0].value == pytest.approx(bayes.accuracy(list(texts), list(labels)))


def test_the_card_quotes_test_texts_by_which_its_weights_can_be_checked(folder: Path) -> None:
    run, card = trained(folder)
    sample = card.sample
    assert len(sample.texts) == SAMPLE_TEXTS
    assert set(sample.texts) <= set(run.corpus.test.texts)
    assert accuracy(run.model, sample.texts, sample.answers) == pytest.approx(sample.value, abs=1e-4)
    assert ModelCard.from_json(card.to_json()) == card
    assert card.recipe["split_share"] == RECIPE.split_share
    assert "embeddings times 0.1" in str(card.recipe["initialisation"])


def test_the_same_seed_gives_the_same_weights(folder: Path) -> None:
    once, again = (trained(folder)[0].model.state_dict() for _ in range(2))
    assert all(torch.equal(once[name], again[name]) for name in once)


def test_an_epoch_reads_every_training_text_once(folder: Path) -> None:
    recipe = RECIPE
    run = recipe.start("gru", recipe.read(folder), seed=0)
    batches = run.batches(torch.Generator().manual_seed(0))
    read = []
    for batch in (next(batches) for _ in range(3)):
        assert batch.lengths is not None
        read += [tuple(ids[:n]) for ids, n in zip(batch.inputs.tolist(), batch.lengths.tolist(), strict=True)]
    assert sorted(read) == sorted(run.model.encode(text) for text in run.corpus.training.texts)


def test_words_are_read_in_pieces_as_often_as_the_recipe_says(folder: Path) -> None:
    recipe = dataclasses.replace(RECIPE, split_share=1.0)
    run = recipe.start("gru", recipe.read(folder), seed=0)
    batch, entries = next(run.batches(torch.Generator().manual_seed(0))), run.model.tokenizer.entries
    assert all(len(entries[i].removeprefix("##")) < 4 for i in batch.inputs.flatten().tolist())


def test_made_texts_stand_in_for_as_many_as_the_recipe_says(folder: Path) -> None:
    recipe = dataclasses.replace(RECIPE, generated=lambda _: ("red soup", "colour"), generated_share=0.25)
    run = recipe.start("gru", recipe.read(folder), seed=0)
    batches = run.batches(torch.Generator().manual_seed(0))
    made, asked = run.model.encode("red soup"), []
    for batch in (next(batches) for _ in range(60)):
        rows = zip(batch.inputs.tolist(), batch.targets.tolist(), strict=True)
        asked += [(tuple(ids[:2]) == made, answer) for ids, answer in rows]
    assert sum(is_made for is_made, _ in asked) / len(asked) == pytest.approx(0.25, abs=0.06)
    assert {answer for is_made, answer in asked if is_made} == {run.model.labels.index("colour")}
    assert run.corpus.training.labels.count("colour") == run.corpus.training.labels.count("food"), "the corpus stays"


def test_the_first_steps_may_read_made_texts_alone(folder: Path) -> None:
    recipe = dataclasses.replace(
        RECIPE, generated=lambda _: ("red soup", "colour"), generated_first=2, generated_share=0.0
    )
    run = recipe.start("gru", recipe.read(folder), seed=0)
    batches, made = run.batches(torch.Generator().manual_seed(0)), run.model.encode("red soup")
    shares = [
        sum(tuple(ids[:2]) == made for ids in batch.inputs.tolist()) / len(batch.inputs)
        for batch in (next(batches) for _ in range(4))
    ]
    assert shares == [1, 1, 0, 0]


def test_texts_of_a_batch_are_about_as_long_if_the_recipe_says_so(folder: Path) -> None:
    long = "".join(f"{line} and much more of it\n" for line in lines(("i like", "we see")).splitlines())
    (folder / RECIPE.data.file).write_text(lines(("i like", "we see")) + long, encoding="utf-8")
    run = dataclasses.replace(RECIPE, by_length=True).start("gru", RECIPE.read(folder), seed=0)
    batches = run.batches(torch.Generator().manual_seed(0))
    for batch in (next(batches) for _ in range(4)):
        assert batch.lengths is not None
        assert batch.lengths.max() - batch.lengths.min() < 3


def test_sentences_of_another_source_are_told_in_the_card(folder: Path) -> None:
    recipe = dataclasses.replace(RECIPE, everyday={"food": ("you like soup",), "colour": ("red", "blue")})
    run, card = trained(folder, recipe)
    figure = card.details["accuracy on 3 sentences of another source"]
    right = accuracy(run.model, ("you like soup", "red", "blue"), ("food", "colour", "colour"))
    assert figure == pytest.approx(right, abs=1e-4)
    assert "naive Bayes on 3 sentences of another source" in card.details
    assert "another source" not in " ".join(trained(folder)[1].details)


def test_the_temperature_is_that_which_makes_the_development_texts_the_most_probable(folder: Path) -> None:
    wrong = lines(("they see",)).replace("F\tthey see soup", "C\tthey see soup")
    (folder / RECIPE.development).write_text(wrong, encoding="utf-8")
    run, _ = trained(folder)
    texts, labels = run.corpus.development.texts, run.corpus.development.labels
    right = torch.tensor([run.model.labels.index(label) for label in labels])
    scores = class_scores(run.model, texts, labels)
    losses = [functional.cross_entropy(scores * factor, right).item() for factor in (0.95, 1.0, 1.05)]
    assert losses[1] == min(losses)


def test_naive_bayes_counts_generated_texts_in_their_share(folder: Path) -> None:
    odd = dataclasses.replace(RECIPE, generated=lambda _: ("blue soup", "colour"), generated_share=0.5)
    test = lines(("a blue",)).splitlines()
    (folder / RECIPE.test).write_text("F\tblue soup\n" + "\n".join(test), encoding="utf-8")
    without, with_them = (
        recipe.start("gru", recipe.read(folder), seed=0).figures().baselines[0].value for recipe in (RECIPE, odd)
    )
    assert with_them != without


def test_a_model_of_two_directions_is_one_too(folder: Path) -> None:
    _, card = trained(folder, dataclasses.replace(RECIPE, bidirectional=True, pooling="mean"))
    assert (card.config.bidirectional, card.config.pooling) == (True, "mean")


@pytest.mark.parametrize("line", ["X\ta text", "F", "F\t "])
def test_a_line_without_a_known_label_and_a_text_is_refused_by_its_number(folder: Path, line: str) -> None:
    (folder / RECIPE.test).write_text(f"F\tsoup\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"{RECIPE.test}, line 2: give one of F, C, a tab and a text"):
        RECIPE.read(folder)


def test_each_of_the_three_files_must_be_there_and_hold_texts(folder: Path) -> None:
    (folder / RECIPE.development).write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="one of the three files has no texts"):
        RECIPE.start("gru", RECIPE.read(folder), seed=0)
    (folder / RECIPE.development).unlink()
    with pytest.raises(DataError, match=RECIPE.development):
        RECIPE.read(folder)

"""A recipe from pairs to card, on pairs of our own; and what the shipped models make of others' sentences."""

import dataclasses
import itertools
import math
import random
import re

import numpy as np
import pytest
import torch

from gateviz.data.corpora.agreement_pairs import VERB_FORMS, Pair, held_out, split
from gateviz.data.corpora.sources import find_data
from gateviz.errors import DataError
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes.agreement import (
    RECIPE,
    STOP,
    AgreementRun,
    is_whole,
    preferences,
    share_right,
    typed_figures,
)
from gateviz.results.trace import CellName
from gateviz.training.scoring import log_probabilities

CARDS = {card.cell: card for card in list_pretrained() if card.task == RECIPE.task}
NOUNS, VERBS = ("author", "pilot", "farmer", "teacher"), (("laughs", "laugh"), ("swims", "swim"), ("smiles", "smile"))
PAIRS = tuple(
    Pair("simple" if not between else "near", "sing_plur", f"the {noun} {between}{one}", f"the {noun} {between}{many}")
    for noun in NOUNS
    for one, many in VERBS
    for between in ("", "near the lake ", "near the lakes ")
)
SMALL = dataclasses.replace(
    RECIPE,
    hidden_size=12,
    embedding_size=8,
    plan=dataclasses.replace(RECIPE.plan, steps=40, batch_size=8, warmup=2, learning_rate=0.03, evaluations=2),
)
OTHERS = [
    "the keys to the cabinet|are|is|on the table",
    "the key to the cabinets|is|are|on the table",
    "the dogs that chase the cat|are|is|happy",
    "the boy near the trees|runs|run|",
    "the pictures of the president|are|is|on the wall",
    "my friend who lives in the city|visits|visit|me often",
    "the cakes that the cook makes|are|is|good",
    "the rose in the vases|has|have|thorns",
    "the toys on the shelf|were|was|broken",
    "the child that the nurses help|plays|play|outside",
]


@pytest.fixture(scope="module")
def run() -> AgreementRun:
    """A small run that is over."""
    torch.set_num_threads(1)
    run = SMALL.start("gru", PAIRS, seed=0)
    list(run.steps())
    return run


def test_a_few_steps_make_it_better_at_predicting_words() -> None:
    first, *_, last = SMALL.start("lstm", PAIRS, seed=0).steps()
    assert last.loss < first.loss - 0.5


def test_no_training_sentence_is_held_out_or_wrong(run: AgreementRun) -> None:
    drawn = list(itertools.islice(run.drawn(random.Random(0)), 400))  # noqa: S311
    assert all(sentence.endswith(STOP) for sentence in drawn)
    assert all(held_out(sentence.removesuffix(STOP)) is None for sentence in drawn)
    assert not {pair.bad + STOP for pair in PAIRS} & set(drawn)
    from_pairs = sum(sentence in run.sentences for sentence in drawn) / len(drawn)
    assert from_pairs == pytest.approx(1 - RECIPE.grammar_share, abs=0.1)


def test_a_batch_asks_for_each_next_word_and_for_nothing_in_the_padding(run: AgreementRun) -> None:
    batch = next(run.batches(torch.Generator().manual_seed(0)))
    unknown = run.model.tokenizer.unknown
    asked = batch.targets[:, :-1] >= 0
    assert torch.equal(batch.inputs[:, 1:][asked], batch.targets[:, :-1][asked])
    assert (batch.targets != unknown).all()
    words = [run.model.tokenizer.entries[i] for i in batch.targets[batch.targets >= 0].tolist()]
    assert sum(word in VERB_FORMS for word in words) > len(words) / 3, "verbs first of all"


def test_a_preference_is_that_of_the_sums_of_the_log_probabilities(run: AgreementRun) -> None:
    model, pair = run.model, PAIRS[4]
    sums = []
    for text in (pair.good + STOP, pair.bad + STOP):
        scores, ids = model.logits(text).astype(float), model.encode(text)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        sums.append(sum(logs[step, i] for step, i in enumerate(ids[1:])))
    assert log_probabilities(model, [pair.good + STOP, pair.bad + STOP]) == pytest.approx(sums, abs=1e-4)
    assert preferences(model, [pair.good], [pair.bad]) == [sums[0] > sums[1]]


def test_padding_changes_no_sum(run: AgreementRun) -> None:
    texts = [pair.good for pair in PAIRS]
    alone = [log_probabilities(run.model, [text])[0] for text in texts]
    assert log_probabilities(run.model, texts) == pytest.approx(alone, abs=1e-4)
    assert all(math.isfinite(value) and value < 0 for value in alone)


def test_the_card_tells_the_share_of_held_out_pairs_for_each_construction(run: AgreementRun) -> None:
    card = dataclasses.replace(run.card(), sha256="0" * 64)
    _, new = split(PAIRS)
    right = preferences(run.model, [pair.good for pair in new], [pair.bad for pair in new])
    assert card.metric.value == pytest.approx(share_right(right), abs=1e-4)
    for construction in ("simple", "near"):
        of_it = [preferred for pair, preferred in zip(new, right, strict=True) if pair.construction == construction]
        assert card.details[construction] == pytest.approx(share_right(of_it), abs=1e-4)
    trigram, coin = card.baselines
    assert coin.value == 0.5
    assert 0 <= trigram.value <= 1
    assert ModelCard.from_json(card.to_json()) == card


def test_pairs_of_which_none_can_be_held_out_are_refused() -> None:
    with pytest.raises(DataError, match="there are 0 pairs: agreement needs some to train on"):
        RECIPE.start("gru", (), seed=0)


def test_the_gated_cells_prefer_the_right_verb_in_95_of_100_held_out_pairs() -> None:
    for cell in ("lstm", "gru"):
        assert CARDS[cell].metric.value >= 0.95 > CARDS[cell].baselines[0].value
        of_pairs = [value for name, value in CARDS[cell].details.items() if not re.search("gate|dL/dh|half-life", name)]
        assert min(of_pairs) > 0.9, "in each construction, and with nouns of both numbers"


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_they_prefer_the_right_verb_in_sentences_of_another_source(cell: CellName) -> None:
    model = load_pretrained(RECIPE.task, cell)
    parts = [line.split("|") for line in OTHERS]
    good, bad = ([f"{start} {verbs[which]} {end}".strip() for start, *verbs, end in parts] for which in (0, 1))
    assert sum(preferences(model, good, bad)) >= 9


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_what_a_class_types_is_followed_by_the_verb_that_agrees(cell: CellName) -> None:
    (share,) = typed_figures(load_pretrained(RECIPE.task, cell)).values()
    assert share >= 0.9
    assert CARDS[cell].details["pairs right on 50 beginnings as a class types them"] == pytest.approx(share, abs=1e-3)


@pytest.mark.parametrize("cell", CARDS)
def test_whole_words_alone_are_guessed_after_words_that_it_does_not_know_too(cell: CellName) -> None:
    model = load_pretrained(RECIPE.task, cell)
    for text in ("The zorbs", "the wug near the blickets", "Mr Xyzzy", "the kitchen", "THE STUDENTS IN THE GYM", "hm?"):
        best = model.logits(text)[-1].argsort()[::-1][:10]
        assert all(is_whole(model.outputs[index]) for index in best), [model.outputs[index] for index in best]


def test_a_word_that_is_spelled_in_training_is_read_in_parts_and_never_asked_for() -> None:
    run = dataclasses.replace(SMALL, spelled_share=1.0, others_share=1.0).start("gru", PAIRS, seed=0)
    batch = next(run.batches(torch.Generator().manual_seed(0)))
    entries = run.model.tokenizer.entries
    read = [entries[i] for i in batch.inputs.flatten().tolist() if i != run.model.tokenizer.unknown]
    letters = sum(len(entry.removeprefix("##")) == 1 for entry in read)
    assert letters > 0.8 * len(read), "the rest are beginnings that are words themselves, as in lake ##s"
    asked = {entries[i] for i in batch.targets.flatten().tolist() if i >= 0}
    assert all(map(is_whole, asked))


@pytest.mark.parametrize("cell", CARDS)
def test_the_figure_in_the_card_is_that_of_the_held_out_pairs(cell: CellName) -> None:
    try:
        find_data(RECIPE.data)
    except DataError:
        pytest.skip("the pairs are not part of the project: set GATEVIZ_DATA")
    _, new = split(RECIPE.read())
    figure = RECIPE.measure(load_pretrained(RECIPE.task, cell), [p.bad for p in new], [p.good for p in new])
    assert figure == pytest.approx(CARDS[cell].metric.value, abs=1e-3)

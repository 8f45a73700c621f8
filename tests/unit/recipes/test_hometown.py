"""I grew up in France. ... I speak fluent: what the shipped models hold, ignore and overwrite, and what gates do it."""

from collections.abc import Iterator

import numpy as np
import pytest

from gateviz.data.corpora.hometown_wordings import CHINESE, ENGLISH, Wordings
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.examples import example_of
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes import hometown, hometown_zh
from gateviz.recipes.fact_keeping import FactRecipe
from gateviz.recipes.fact_tests import languages_named
from gateviz.results.trace import CellName
from tests.unit.recipes import fillers

RECIPES: dict[str, FactRecipe] = {"hometown": hometown.RECIPE, "hometown-zh": hometown_zh.RECIPE}
CARDS = {(card.task, card.cell): card for card in list_pretrained() if card.task in RECIPES}
WORDINGS: dict[str, Wordings] = {"hometown": ENGLISH, "hometown-zh": CHINESE}
FILLERS = {"hometown": fillers.ENGLISH, "hometown-zh": fillers.CHINESE}
LENGTHS = (0, 4, 10, 20, 40, 80)

# The sentences of the issue as they stand there.
SAID = {
    "hometown": {
        "hold": "I grew up in {a}. {x} I speak fluent",
        "ignore": "I grew up in {a}. {x} We once travelled to {b}. {x} I speak fluent",
        "overwrite": "I grew up in {b}. {x} No, I grew up in {a}. {x} I speak fluent",
        "all": "I grew up in {b}. {x} We once travelled to {c}. {x} No, I grew up in {a}. {x} I speak fluent",
    },
    "hometown-zh": {
        "hold": "我在{a}长大。{x}我会说流利的",
        "ignore": "我在{a}长大。{x}我们去过一次{b}。{x}我会说流利的",
        "overwrite": "我在{b}长大。{x}不，我在{a}长大。{x}我会说流利的",
        "all": "我在{b}长大。{x}我们去过一次{c}。{x}不，我在{a}长大。{x}我会说流利的",
    },
}
each_task = pytest.mark.parametrize("task", RECIPES)
gated = pytest.mark.parametrize("cell", ["lstm", "gru"])


def texts(task: str, kind: str) -> Iterator[tuple[str, str]]:
    """Every filler at every length with every country, and its language."""
    languages, space = WORDINGS[task].languages, WORDINGS[task].space
    countries = list(languages)
    for filler in FILLERS[task].values():
        for length in LENGTHS:
            passage = fillers.of_length(filler, length, space)
            for place, country in enumerate(countries):
                b, c = countries[place - 1], countries[place - 5]
                yield SAID[task][kind].format(a=country, b=b, c=c, x=passage), languages[country]


def right(task: str, model: SequenceModel, kind: str) -> float:
    asked, answers = zip(*texts(task, kind), strict=True)
    return RECIPES[task].measure(model, asked, answers)


def last(model: SequenceModel, text: str) -> str:
    return model.outputs[int(model.logits(text)[-1].argmax())]


@each_task
@gated
@pytest.mark.parametrize("kind", ["hold", "ignore", "overwrite", "all"])
def test_the_gated_cells_hold_ignore_and_overwrite_with_any_text_in_between(
    task: str, cell: CellName, kind: str
) -> None:
    assert right(task, load_pretrained(task, cell), kind) >= 0.99


@each_task
@pytest.mark.parametrize("kind", ["hold", "ignore", "overwrite", "all"])
def test_the_plain_rnn_visibly_does_not(task: str, kind: str) -> None:
    assert right(task, load_pretrained(task, "rnn"), kind) < 0.6


@each_task
def test_on_the_apps_opening_sentence_the_gated_cells_are_right_and_the_rnn_is_wrong(task: str) -> None:
    answers = [last(load_pretrained(task, cell), example_of(task)) for cell in ("lstm", "gru", "rnn")]
    first, decoy, corrected = languages_named(example_of(task), WORDINGS[task])
    assert answers[:2] == [corrected, corrected]
    assert answers[2] != corrected
    assert len({first, decoy, corrected}) == 3


@gated
def test_it_is_answered_after_every_word_from_the_full_stop_on(cell: CellName) -> None:
    model = load_pretrained("hometown", cell)
    passage = fillers.of_length(fillers.ENGLISH["a detective"], 40, " ")
    for country, language in ENGLISH.languages.items():
        text = SAID["hometown"]["ignore"].format(a=country, b="Italy" if country != "Italy" else "Spain", x=passage)
        answers = model.logits(text).argmax(axis=1)
        tokens = [token.text for token in model.tokenize(text)]
        assert np.mean([model.outputs[answer] == language for answer in answers[tokens.index(".") :]]) >= 0.98


@gated
@pytest.mark.parametrize(
    "typed",
    [
        *("i grew up in france. {x} i speak fluent", "I GREW UP IN FRANCE! {x} I SPEAK FLUENT"),
        *("I grew up in France {x} I speak fluent", "I grew up in France, and {x}, so I speak fluent"),
        *("Hello, my name is Anna. I grew up in France. {x} I speak", "I grew up in France...{x}... I speak fluent "),
        *("We once travelled to Italy. I grew up in France. {x} At home we speak", "I grew up in France. {x}"),
        *("I spent my childhood in France. {x} My mother tongue is", "“I was raised in France.” {x} I speak fluent"),
    ],
)
def test_capitals_marks_and_wordings_are_as_people_type_them(cell: CellName, typed: str) -> None:
    model = load_pretrained("hometown", cell)
    for filler in fillers.ENGLISH.values():
        assert last(model, typed.format(x=fillers.of_length(filler, 15, " "))) == "French", filler


@gated
@pytest.mark.parametrize(
    "typed", ["我是在法国长大的。{x}所以我会说流利的", "我小时候住在法国，{x}我的母语是", "我在法国长大{x}我会说"]
)
def test_other_wordings_in_chinese_are_understood_too(cell: CellName, typed: str) -> None:
    model = load_pretrained("hometown-zh", cell)
    for filler in fillers.CHINESE.values():
        assert last(model, typed.format(x=fillers.of_length(filler, 15, ""))) == "法语", filler


@each_task
@gated
def test_the_card_says_how_well_each_kind_and_distance_goes_and_all_go_well(task: str, cell: CellName) -> None:
    card, piece = CARDS[task, cell], RECIPES[task].piece
    assert card.metric.value >= 0.995
    for name in ("hold", "ignore", "overwrite", *(f"over {n} {piece}s" for n in (4, 10, 20, 40, 60, 80))):
        assert card.details[name] >= 0.99, name
    assert card.config.hidden_size == 32


@each_task
def test_the_baselines_are_beaten_and_the_rnn_is_told_as_it_is(task: str) -> None:
    card = CARDS[task, "rnn"]
    bayes, first, latest = card.baselines
    assert (first.name, latest.name) == ("the first country named", "the last country named")
    assert first.value == pytest.approx(2 / 3, abs=0.01), "right where it is to be held, and past a decoy"
    assert latest.value == pytest.approx(2 / 3, abs=0.01), "right where it is to be held, and after a correction"
    assert bayes.value < 0.95
    assert card.metric.value < 0.5


@pytest.mark.parametrize(
    ("task", "fails"),
    [
        ("hometown", ["decoy: My mother grew up in", "correction: No, I mean"]),
        ("hometown-zh", ["decoy: 我在…工作", "decoy: 我不是在…长大的", "correction: 不，是"]),
    ],
)
@gated
def test_what_the_card_says_that_it_fails_at_it_fails_at(task: str, fails: list[str], cell: CellName) -> None:
    for name in fails:
        assert CARDS[task, cell].details[f"not trained on: {name}"] < 0.5, name


def test_the_forget_gates_shut_at_grew_and_stay_open_from_the_full_stop_on() -> None:
    model = load_pretrained("hometown", "lstm")
    for filler in fillers.ENGLISH.values():
        text = SAID["hometown"]["overwrite"].format(a="Spain", b="France", x=fillers.of_length(filler, 12, " "))
        tokens = [token.text.strip() for token in model.tokenize(text)]
        forget = model.trace(text).layer(0).forget_gate[0]  # (time, unit)
        again = tokens.index("grew", 2)
        for grew in (1, again):
            assert (forget[grew] < 0.2).mean() > 0.6
        assert (forget[tokens.index(".") : tokens.index("No", 5)] > 0.5).mean() > 0.85
        assert (forget[tokens.index("Spain") + 1 :] > 0.5).mean() > 0.85


@gated
def test_the_gate_that_keeps_shuts_at_a_correction_and_stays_open_over_the_rest(cell: CellName) -> None:
    model, name = load_pretrained("hometown", cell), {"lstm": "forget_gate", "gru": "update_gate"}[cell]
    passage = fillers.of_length(fillers.ENGLISH["a ball"], 12, " ")
    text = SAID["hometown"]["all"].format(a="Spain", b="France", c="Italy", x=passage)
    tokens = [token.text.strip() for token in model.tokenize(text)]
    keep = model.trace(text).layer(0)[name][0]  # (time, unit)
    first, italy, corrected = tokens.index("."), tokens.index("Italy"), tokens.index("No")
    assert (keep[corrected : tokens.index("Spain")].min(axis=0) < 0.2).mean() > 0.6
    assert (keep[first + 1 : corrected] > 0.8).mean() > 0.6
    assert (keep[italy] > 0.5).mean() > 0.7


def test_the_lstms_cell_state_is_wiped_where_the_fact_is_taken_back() -> None:
    model = load_pretrained("hometown", "lstm")
    passage = fillers.of_length(fillers.ENGLISH["school"], 20, " ")
    text = SAID["hometown"]["overwrite"].format(a="Spain", b="France", x=passage)
    tokens = [token.text.strip() for token in model.tokenize(text)]
    length = np.linalg.norm(model.trace(text).layer(0).cell_state[0], axis=1)  # (time,)
    corrected = tokens.index("No")
    assert length[corrected : tokens.index("Spain")].min() < length[corrected - 1] / 2


def test_a_time_lapse_of_hometown_needs_less_than_an_eighth_of_the_time_machines() -> None:
    film = sum(card.timelapse.bytes for card in CARDS.values() if card.timelapse and card.task == "hometown")
    book = sum(card.timelapse.bytes for card in list_pretrained() if card.timelapse and card.task == "timemachine")
    assert 0 < film < book / 8

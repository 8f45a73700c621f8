"""What the lessons say in numbers is what the library computes; what their words claim is true of the models."""

from functools import cache
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.app.computed.lesson_facts import Facts
from gateviz.app.computed.lesson_files import Card, LessonError, Scene, lessons
from gateviz.errors import SignalError
from gateviz.i18n.translator import languages
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.folder import names, pretrained_folder
from gateviz.results.answers import expected_next
from gateviz.results.statistics import curve_half_life, half_life
from gateviz.results.trace import LayerTrace

TEXT = "He said so."
SCENE = Scene("timemachine", TEXT, ("rnn", "lstm", "gru"), step=6, then=7, unit=12, other="She aid so.")


@cache
def model(cell: str) -> SequenceModel:
    return gateviz.load_pretrained("timemachine", cell)


def layer(cell: str, text: str = TEXT) -> LayerTrace:
    return model(cell).trace(text).layer(0)


def expected(cell: str) -> Any:
    return expected_next(model(cell).logits(TEXT), model(cell).outputs, TEXT)


def gradient(cell: str, *, trained: bool = True) -> Any:
    network = (model(cell).clone() if trained else model(cell).untrained(seed=0, forget_bias=0.0)).double()
    inputs, loss = network.loss_at(TEXT, SCENE.step)
    norms = gateviz.gradient_flow(network.recurrent, inputs, loss).norm("hidden_state")
    return norms[0, : SCENE.step + 1]


def difference(step: int) -> float:
    one, other = (layer("gru", text)["hidden_state"][0, step] for text in (TEXT, "She aid so."))
    return float(np.linalg.norm(one - other) / np.linalg.norm(one))


ORACLES: dict[str, Any] = {
    "step": lambda: 6,
    "then - step": lambda: 1,
    "last": lambda: 10,
    "steps": lambda: 11,
    "unit": lambda: 12,
    "-unit + 2 * 3 / 4": lambda: -10.5,
    "abs(step - last)": lambda: 4,
    "token@3": lambda: "s",
    "lstm.forget_gate[3]@4": lambda: layer("lstm")["forget_gate"][0, 4, 3],
    "lstm.cell_state[unit]@(step - 1)": lambda: layer("lstm")["cell_state"][0, 5, 12],
    "2 * lstm.cell_state[unit]@step": lambda: 2 * layer("lstm")["cell_state"][0, 6, 12],
    "gru.update_gate[unit]": lambda: layer("gru")["update_gate"][0, :, 12].mean(),
    "gru.update_gate@step": lambda: layer("gru")["update_gate"][0, 6].mean(),
    "rnn.hidden_state@step": lambda: np.sqrt((layer("rnn")["hidden_state"][0, 6] ** 2).mean()),
    "lstm.units": lambda: 256,
    "lstm.kept@step": lambda: (layer("lstm")["forget_gate"][0, 6] > 0.9).sum(),
    "gru.kept": lambda: (layer("gru")["update_gate"][0] > 0.9).sum() / 11,
    "lstm.forgot@step": lambda: (layer("lstm")["forget_gate"][0, 6] < 0.1).sum(),
    "lstm.wrote@step": lambda: (layer("lstm")["input_gate"][0, 6] > 0.9).sum(),
    "lstm.read@step": lambda: (layer("lstm")["output_gate"][0, 6] > 0.9).sum(),
    "gru.renewed@step": lambda: (layer("gru")["update_gate"][0, 6] < 0.1).sum(),
    "gru.reset@step": lambda: (layer("gru")["reset_gate"][0, 6] < 0.1).sum(),
    "rnn.turned@step": lambda: (np.diff(np.sign(layer("rnn")["hidden_state"][0, 5:7]), axis=0) != 0).sum(),
    "rnn.turned": lambda: (np.diff(np.sign(layer("rnn")["hidden_state"][0]), axis=0) != 0).sum() / 10,
    "lstm.half_life[unit]": lambda: half_life(layer("lstm")["forget_gate"])[12],
    "gru.half_life": lambda: np.median(half_life(layer("gru")["update_gate"])),
    "lstm.guess@step": lambda: expected("lstm").guesses[6][0],
    "lstm.guess_probability@step": lambda: expected("lstm").probabilities[6, 0],
    "lstm.probability@step": lambda: expected("lstm").probability[6],
    "lstm.surprise": lambda: expected("lstm").surprise[:-1].mean(),
    "gru.difference@then": lambda: difference(7),
    "lstm.gradient@(step - 4)": lambda: gradient("lstm")[2] / gradient("lstm")[6],
    "gru.gradient_half_life": lambda: curve_half_life(gradient("gru")).steps,
    "lstm.untrained.gradient_half_life": lambda: curve_half_life(gradient("lstm", trained=False)).steps,
    "gru.metric": lambda: next(
        card.metric.value for card in gateviz.list_pretrained() if (card.task, card.cell) == ("timemachine", "gru")
    ),
}


@pytest.mark.parametrize("fact", ORACLES)
def test_a_fact_is_what_the_library_says(fact: str) -> None:
    found, oracle = Facts(SCENE).value(fact), ORACLES[fact]()
    assert found == oracle if isinstance(oracle, str) else found == pytest.approx(oracle, rel=1e-5)


@pytest.mark.parametrize(
    "fact",
    [
        "__import__('os').system('true')", "().__class__", "lstm.__class__", "lstm.forget_gate.__class__", "open('a')",
        "[1, 2]", "lambda: 1", "lstm", "tpu.kept", "then.kept", "lstm.kept@99", "lstm.kept@-1", "token",
        "token@step + 1", "step if 1 else 2", "rnn.kept", "f'{step}'", "lstm.kept@", "1 +", "unit := 2",
        "abs(1, 2)", "max(1, 2)", "True and 1",
    ],
)  # fmt: skip
def test_what_is_no_fact_is_refused_and_nothing_is_executed(fact: str) -> None:
    with pytest.raises((LessonError, SignalError)):
        Facts(SCENE).value(fact)


def test_a_name_that_the_card_does_not_set_is_refused() -> None:
    with pytest.raises(LessonError, match="'unit' is no name"):
        Facts(Scene("timemachine", TEXT, ("lstm",))).value("lstm.forget_gate[unit]@step")


def test_a_condition_is_a_comparison_or_several() -> None:
    facts = Facts(SCENE)
    assert facts.holds("step < then")
    assert facts.holds("0 < step < 7 and token@step == 'd'")
    assert not facts.holds("step < then and step > then")
    with pytest.raises(LessonError, match="not a comparison"):
        facts.holds("step")


def test_a_text_is_told_in_pieces_with_its_numbers_and_what_they_exactly_are() -> None:
    pieces = Facts(SCENE).in_pieces("The *gate* is {lstm.forget_gate[unit]@step:.2f}, **not** {-step}, {token@step}.")
    exact = float(layer("lstm")["forget_gate"][0, 6, 12])
    assert [piece.get("text") for piece in pieces] == [
        "The ", "gate", " is ", f"{exact:.2f}", ", ", "not", " ", "−6", ", ", None, ".",
    ]  # fmt: skip
    assert [piece["style"] for piece in pieces if "style" in piece] == ["em", "strong"]
    assert pieces[3]["value"] == pytest.approx(exact, rel=1e-5)
    assert pieces[9] == {"token": "d", "fact": "token@step"}


def test_chinese_is_made_strong_where_letters_are_slanted() -> None:
    pieces = Facts(SCENE, "zh").in_pieces("能够*选择*的单元，*h* 和**保留**")
    assert [(piece["text"], piece["style"]) for piece in pieces if "style" in piece] == [
        ("选择", "strong"), ("h", "em"), ("保留", "strong"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "shown"), [("0 - 1 / 1000:.2f", "0.00"), ("3 / 100000000:.0e", "3·10⁻⁸"), ("1 / 8:.0%", "12%")]
)
def test_a_number_is_printed_as_one_writes_it_by_hand(fact: str, shown: str) -> None:
    assert [piece["text"] for piece in Facts(SCENE).in_pieces("{" + fact + "}")] == [shown]


THERE = set(names(pretrained_folder()))
CARDS = [
    (language, card)
    for language in languages()
    for lesson in lessons(language)
    for card in lesson.cards
    if {(card.scene.task, cell) for cell in card.scene.cells} <= THERE
]
EVERY = pytest.mark.parametrize(("language", "card"), CARDS, ids=[f"{language}-{card.id}" for language, card in CARDS])


def test_there_are_cards_whose_models_ship() -> None:
    assert len(CARDS) >= 2 * 20


@EVERY
def test_every_place_for_a_number_in_every_card_can_be_filled(language: str, card: Card) -> None:
    facts = Facts(card.scene, language)
    texts = [*card.paragraphs]
    if card.question:
        texts += [card.question.text, *(say for _, say in card.question.choices), card.question.answer]
    for piece in (piece for text in texts for piece in facts.in_pieces(text) if "value" in piece):
        assert np.isfinite(piece["value"]), (language, piece)


@EVERY
def test_what_a_card_claims_in_words_is_true_of_the_models(language: str, card: Card) -> None:
    if language == "en":  # the others have the same conditions
        facts = Facts(card.scene)
        assert [claim for claim in card.holds if not facts.holds(claim)] == []


@EVERY
def test_exactly_one_answer_to_a_question_is_right(language: str, card: Card) -> None:
    if language == "en" and card.question:
        facts = Facts(card.scene)
        assert sum(facts.holds(condition) for condition, _ in card.question.choices) == 1


@EVERY
def test_a_card_points_at_something_that_its_picture_has(language: str, card: Card) -> None:
    if language == "en":
        scene = card.scene
        steps = len(Facts(scene).tokens)
        assert 0 <= scene.step < steps
        assert scene.then is None or 0 <= scene.then < steps
        traced = [gateviz.load_pretrained(scene.task, cell).trace(scene.text) for cell in scene.cells]
        found = {trace.cell: trace.layer(scene.layer, scene.direction) for trace in traced}
        assert scene.unit is None or scene.unit < min(each["hidden_state"].shape[2] for each in found.values())
        if scene.point:
            assert scene.point[1] in found[scene.point[0]].signals

"""The Gradients page: every curve and every shade is what the library computes for that loss."""

import numpy as np
import pytest
from numpy.typing import NDArray

import gateviz
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.statistics import curve_half_life
from gateviz.results.trace import CELLS
from tests.app.sentences import INVALID, VALID, WORDS
from tests.app.visitor import Visitor, numbers

EXAMPLE = EXAMPLES["timemachine"]

TEXT = "He said not a word."


def curves(visitor: Visitor) -> dict[str, NDArray[np.float64]]:
    return {line["name"]: numbers(line["y"]) for line in visitor.figures["gradient_curves"]["data"]}


def norms(cell: str, text: str, step: int, forget_bias: float | None = None) -> dict[str, NDArray[np.float64]]:
    """Of the trained network, or of one drawn anew with that forget bias."""
    model = gateviz.load_pretrained("timemachine", cell)
    if forget_bias is not None:
        model = model.untrained(seed=0, forget_bias=forget_bias if cell == "lstm" else None)
    model = model.clone().double()
    flow = gateviz.gradient_flow(model.recurrent, *model.loss_at(text, step))
    signals = ("hidden_state", "cell_state") if cell == "lstm" else ("hidden_state",)
    return {name: flow.norm(name)[0] for name in (*signals, "inputs")}


def label(cell: str, signal: str) -> str:
    return WORDS("gradients.label", cell=WORDS(f"cell.{cell}"), gradient=WORDS(f"gradient.{signal}"))


def check_page(visitor: Visitor, text: str, step: int) -> None:
    """The three trained networks, for a loss at that step."""
    visitor.assert_no_stack_trace()
    found, strips = curves(visitor), visitor.strips
    assert [token["text"] for token in strips["tokens"]] == list(text)
    assert strips["step"] == step
    assert list(found) == [label("rnn", "hidden_state"), label("lstm", "hidden_state"), label("lstm", "cell_state"),
                           label("gru", "hidden_state")]  # fmt: skip
    for network in strips["networks"]:
        expected = norms(network["cell"], text, step)
        np.testing.assert_allclose(network["inputs"], expected.pop("inputs"), rtol=1e-9)
        for signal, values in expected.items():
            np.testing.assert_allclose(found[label(network["cell"], signal)], values[: step + 1], rtol=1e-9)
        for half_life in network["half_lives"]:
            steps = curve_half_life(expected[half_life["signal"]][: step + 1]).steps
            assert half_life["steps"] == (pytest.approx(steps) if np.isfinite(steps) else None)
            for left in half_life["left"]:
                values = expected[half_life["signal"]]
                share = values[step - left["after"]] / values[step] if left["after"] <= step else None
                assert left["share"] == (None if share is None else pytest.approx(share))
    shown = {cell: norms(cell, text, step)["hidden_state"] for cell in CELLS}
    back = max((distance for distance in (10, 20, 50) if distance <= step), default=step)
    if step:
        order = sorted(CELLS, key=lambda cell: -shown[cell][step - back] / shown[cell][step])
        assert f"{back} step" in visitor.line
        assert [word for word in visitor.line.replace(":", ",").split() if word.lower() in CELLS][:3] == [
            WORDS(f"cell.{cell}") for cell in order
        ]


@pytest.fixture(scope="module")
def shared() -> Visitor:
    return Visitor().go_to("gradients")


def test_the_page_opens_with_the_loss_at_the_last_step_already_computed() -> None:
    visitor = Visitor().go_to("gradients")
    check_page(visitor, EXAMPLE, len(EXAMPLE) - 1)
    assert visitor.figures["gradient_curves"]["layout"]["yaxis"]["type"] == "log"


@pytest.mark.parametrize("name", VALID)
def test_a_sentence_that_can_be_run_is_shown(shared: Visitor, name: str) -> None:
    text = VALID[name]
    shared.type(text)
    shared.assert_no_stack_trace()
    assert [token["text"] for token in shared.strips["tokens"]] == list(text)
    assert shared.strips["step"] == len(text) - 1
    if len(text) < 100:
        check_page(shared, text, len(text) - 1)


def test_a_sentence_of_one_character_has_no_slider_for_the_loss() -> None:
    visitor = Visitor().type("T").go_to("gradients")
    visitor.assert_no_stack_trace()
    assert [slider.key for slider in visitor.at.slider] == ["forget_bias"]
    visitor.type(TEXT)
    assert visitor.at.slider(key="loss_step").value == len(TEXT)


@pytest.mark.parametrize("name", INVALID)
def test_a_sentence_that_cannot_be_run_gets_one_sentence_and_the_curves_stay(shared: Visitor, name: str) -> None:
    text, sentence = INVALID[name]
    shared.type(TEXT)
    before = (shared.figures, shared.strips, shared.address)
    shared.type(text)
    shared.assert_no_stack_trace()
    assert shared.notices == [sentence]
    assert (shared.figures, shared.strips, shared.address) == before


@pytest.mark.parametrize("step", [0, 1, 7, len(TEXT) - 2])
def test_the_loss_moves_to_the_step_of_the_slider(shared: Visitor, step: int) -> None:
    shared.type(TEXT).slide("loss_step", step + 1)
    check_page(shared, TEXT, step)
    (caption,) = (caption.value for caption in shared.at.caption)
    assert caption == WORDS("gradients.caption", step=step + 1)


def test_another_sentence_puts_the_loss_back_to_its_last_step(shared: Visitor) -> None:
    shared.type(TEXT).slide("loss_step", 3).type("He said so.")
    assert shared.strips["step"] == len("He said so.") - 1
    assert shared.at.caption[0].value == WORDS("gradients.caption_guess", step=len("He said so."))


def test_where_an_unknown_character_came_the_loss_is_of_the_first_guess(shared: Visitor) -> None:
    shared.type("He ☃ so.").slide("loss_step", 3)
    assert shared.at.caption[0].value == WORDS("gradients.caption_guess", step=3)
    check_page(shared, "He ☃ so.", 2)


def test_untrained_networks_stand_beside_the_trained() -> None:
    visitor = Visitor().type(TEXT).go_to("gradients").choose("weights", ["trained", "untrained"])
    visitor.assert_no_stack_trace()
    found = curves(visitor)
    assert len(found) == 8
    for cell in CELLS:
        expected = norms(cell, TEXT, len(TEXT) - 1, forget_bias=0.0)["hidden_state"]
        name = f"{label(cell, 'hidden_state')} ({WORDS('gradients.untrained')})"
        np.testing.assert_allclose(found[name], expected, rtol=1e-9)
    visitor.choose("weights", [])
    assert list(curves(visitor)) == list(curves(Visitor().type(TEXT).go_to("gradients"))), "none chosen: the trained"


@pytest.mark.parametrize("bias", [-1.0, 3.0])
def test_the_forget_bias_moves_the_untrained_lstm_and_no_other(bias: float) -> None:
    visitor = Visitor().type(TEXT).go_to("gradients").choose("weights", ["untrained"])
    before = curves(visitor)
    assert not visitor.at.slider(key="forget_bias").disabled
    visitor.slide("forget_bias", bias)
    after = curves(visitor)
    expected = norms("lstm", TEXT, len(TEXT) - 1, forget_bias=bias)
    for signal in ("hidden_state", "cell_state"):
        np.testing.assert_allclose(after[label("lstm", signal)], expected[signal], rtol=1e-9)
        assert not np.allclose(after[label("lstm", signal)][:-1], before[label("lstm", signal)][:-1], rtol=1e-2)
    for cell in ("rnn", "gru"):
        np.testing.assert_array_equal(after[label(cell, "hidden_state")], before[label(cell, "hidden_state")])


def test_the_forget_bias_cannot_be_moved_while_only_trained_networks_are_shown(shared: Visitor) -> None:
    shared.choose("weights", ["trained"])
    assert shared.at.slider(key="forget_bias").disabled


def test_relative_norms_end_at_one_and_are_otherwise_the_same_curve() -> None:
    visitor = Visitor().type(TEXT).go_to("gradients")
    absolute = curves(visitor)
    relative = curves(visitor.choose("norms", "relative"))
    for name, values in relative.items():
        assert values[-1] == pytest.approx(1.0)
        np.testing.assert_allclose(values * absolute[name][-1], absolute[name], rtol=1e-9)


@pytest.mark.parametrize("chosen", [["lstm"], ["rnn", "gru"]])
def test_only_the_chosen_architectures_are_drawn(shared: Visitor, chosen: list[str]) -> None:
    shared.choose("cells", chosen)
    assert [network["cell"] for network in shared.strips["networks"]] == chosen
    assert len(curves(shared)) == 2, "the LSTM has two states"
    shared.choose("cells", list(CELLS))


def test_what_is_typed_is_escaped_where_plotly_reads_markup() -> None:
    visitor = Visitor().type("<b>&").go_to("gradients")
    ticks = visitor.figures["gradient_curves"]["layout"]["xaxis"]["ticktext"]
    assert ticks == ["&lt;", "b", "&gt;", "&amp;"]


def test_a_click_on_a_token_puts_the_loss_there(shared: Visitor) -> None:
    shared.type(TEXT)
    shared.at.session_state["loss_step"] = 5  # what the component's callback does with a click on the fifth token
    shared.at.run()
    check_page(shared, TEXT, 4)


def test_a_fresh_visit_that_goes_straight_to_the_gradients_brings_the_sentence_along() -> None:
    visitor = Visitor().go_to("gradients")
    assert (visitor.notices, visitor.sentence) == ([], EXAMPLE)


def test_what_was_set_stays_when_one_goes_and_comes_back() -> None:
    visitor = Visitor().go_to("gradients").slide("loss_step", 5).choose("weights", ["untrained"])
    visitor = visitor.choose("norms", "relative").slide("forget_bias", 2.0).go_to("step_through").go_to("gradients")
    assert visitor.strips["step"] == 4
    assert {network["weights"] for network in visitor.strips["networks"]} == {"untrained"}
    assert visitor.at.session_state["norms"] == "relative"
    assert visitor.at.session_state["forget_bias"] == 2.0


def test_another_sentence_of_the_same_length_puts_the_loss_at_its_last_step() -> None:
    visitor = Visitor({"text": "One."}).go_to("gradients").slide("loss_step", 2).type("Two.")
    assert visitor.strips["step"] == 3


def test_the_same_sentence_read_in_fewer_tokens_puts_the_loss_at_its_last_step_and_back() -> None:
    visitor = Visitor().go_to("gradients").type("The film is not good and not bad at all.")
    for task in ("sentiment", "timemachine"):
        visitor.at.selectbox(key="task").set_value(task).run()
        visitor.assert_no_stack_trace()
        assert visitor.notices == []
        assert visitor.strips["step"] == len(visitor.strips["tokens"]) - 1, task


def test_a_link_that_has_another_model_read_a_cards_text_shows_its_gradients() -> None:
    visitor = Visitor({"lesson": "8.2", "task": "sentiment"})
    visitor.assert_no_stack_trace()
    assert visitor.notices == []
    assert visitor.strips["step"] == len(visitor.strips["tokens"]) - 1

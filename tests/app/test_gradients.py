"""The Gradients page: every curve and every shade is what the library computes for that loss."""

import numpy as np
import pytest
from numpy.typing import NDArray

import gateviz
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.trace import CELLS
from tests.app.sentences import INVALID, VALID, WORDS
from tests.app.visitor import Visitor

EXAMPLE = EXAMPLES["timemachine"]

TEXT = "He said not a word."


def curves(visitor: Visitor) -> dict[str, NDArray[np.float64]]:
    return {
        label(network["cell"], state["signal"]): np.array(state["norms"])
        for network in visitor.strips["networks"]
        for state in network["states"]
    }


def norms(cell: str, text: str, step: int) -> dict[str, NDArray[np.float64]]:
    model = gateviz.load_pretrained("timemachine", cell).clone().double()
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


@pytest.mark.parametrize("name", VALID)
def test_a_sentence_that_can_be_run_is_shown(shared: Visitor, name: str) -> None:
    text = VALID[name]
    shared.type(text)
    shared.assert_no_stack_trace()
    assert [token["text"] for token in shared.strips["tokens"]] == list(text)
    assert shared.strips["step"] == len(text) - 1
    if len(text) < 100:
        check_page(shared, text, len(text) - 1)


@pytest.mark.parametrize("name", INVALID)
def test_a_sentence_that_cannot_be_run_gets_one_sentence_and_the_curves_stay(shared: Visitor, name: str) -> None:
    text, sentence = INVALID[name]
    shared.type(TEXT)
    before = (shared.strips, shared.address)
    shared.type(text)
    shared.assert_no_stack_trace()
    assert shared.notices == [sentence]
    assert (shared.strips, shared.address) == before


@pytest.mark.parametrize("step", [0, 1, 7, len(TEXT) - 2])
def test_the_loss_moves_to_the_token_that_is_clicked_and_a_link_opens_it_there(shared: Visitor, step: int) -> None:
    shared.type(TEXT).trigger("saliency", "loss_step", step)
    check_page(shared, TEXT, step)
    assert shared.strips["caption"].startswith(WORDS("gradients.caption", step=step + 1))
    check_page(Visitor(shared.address, page="gradients"), TEXT, step)


@pytest.mark.parametrize(("asked", "step"), [("0", 0), ("999", len(TEXT) - 1), ("last", len(TEXT) - 1)])
def test_a_link_to_a_loss_that_is_not_there_shows_the_nearest_and_says_so(asked: str, step: int) -> None:
    visitor = Visitor({"text": TEXT, "loss": asked}, page="gradients")
    assert visitor.strips["step"] == step
    assert visitor.notices == [WORDS("notice.link")]


def test_another_sentence_puts_the_loss_back_to_its_last_step(shared: Visitor) -> None:
    shared.type(TEXT).trigger("saliency", "loss_step", 2).type("He said so.")
    assert shared.strips["step"] == len("He said so.") - 1
    assert shared.strips["caption"].startswith(WORDS("gradients.caption_guess", step=len("He said so.")))


def test_where_an_unknown_character_came_the_loss_is_of_the_first_guess(shared: Visitor) -> None:
    shared.type("He ☃ so.").trigger("saliency", "loss_step", 2)
    assert shared.strips["caption"].startswith(WORDS("gradients.caption_guess", step=3))
    check_page(shared, "He ☃ so.", 2)


def test_each_look_has_its_figures_and_says_which_gradient_it_shows() -> None:
    visitor = Visitor(
        {"task": "hometown", "text": "I grew up in France. I speak fluent", "show": "jacobians"}, page="gradients"
    )
    assert set(visitor.figures) == {f"gradient_maps_{cell}" for cell in CELLS}
    assert visitor.strips["caption"] == WORDS("gradients.about_jacobians")
    visitor.choose("gradient_view", "every_step")
    assert set(visitor.figures) == {f"gradient_maps_{cell}" for cell in CELLS}
    visitor.choose("gradient_view", "paths")
    assert visitor.figures == {}
    assert set(visitor.strips["paths"]) == set(CELLS)
    assert visitor.address["show"] == "paths"
    visitor.at.selectbox(key="task").set_value("timemachine").run()
    assert visitor.notices[-1] == WORDS("gradients.too_large")
    assert visitor.strips["networks"]


@pytest.mark.parametrize("chosen", [["lstm"], ["rnn", "gru"]])
def test_only_the_chosen_architectures_are_drawn(shared: Visitor, chosen: list[str]) -> None:
    shared.choose("cells", chosen)
    assert [network["cell"] for network in shared.strips["networks"]] == chosen
    assert len(curves(shared)) == 2, "the LSTM has two states"
    shared.choose("cells", list(CELLS))


def test_what_is_typed_is_escaped_where_plotly_reads_markup() -> None:
    visitor = Visitor({"task": "hometown", "text": "I <b>&", "show": "jacobians"}, page="gradients")
    ticks = visitor.figures["gradient_maps_gru"]["layout"]["xaxis"]["ticktext"]
    assert "<" not in "".join(ticks)


def test_a_click_on_a_token_puts_the_loss_there(shared: Visitor) -> None:
    shared.type(TEXT)
    shared.at.session_state["loss_step"] = 5  # what the component's callback does with a click on the fifth token
    shared.at.run()
    check_page(shared, TEXT, 4)


def test_a_fresh_visit_that_goes_straight_to_the_gradients_brings_the_sentence_along() -> None:
    visitor = Visitor().go_to("gradients")
    assert (visitor.notices, visitor.sentence) == ([], EXAMPLE)


def test_what_was_set_stays_when_one_goes_and_comes_back() -> None:
    visitor = Visitor().go_to("gradients").choose("norms", "absolute").trigger("saliency", "loss_step", 4)
    visitor = visitor.go_to("step_through").go_to("gradients")
    assert visitor.strips["step"] == 4
    assert not visitor.strips["relative"]


def test_another_sentence_of_the_same_length_puts_the_loss_at_its_last_step() -> None:
    visitor = Visitor({"text": "One."}).go_to("gradients").trigger("saliency", "loss_step", 1).type("Two.")
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


def test_the_lab_stands_in_a_part_of_its_own_which_a_link_opens() -> None:
    visitor = Visitor().go_to("gradients").choose("part", "lab")
    visitor.assert_no_stack_trace()
    assert visitor.data_of("lab")["said"] is None, "the browser reads the address"
    assert visitor.address["part"] == "lab"
    assert "text" not in visitor.address
    linked = Visitor({"part": "lab", "lab": "forget:3"}, page="gradients")
    assert linked.address["lab"] == "forget:3", "what the browser wrote stays"
    assert linked.choose("part", "sentence").strips["networks"]
    assert "lab" not in linked.address


def test_a_link_to_a_part_that_is_not_there_shows_a_sentence_and_says_so() -> None:
    visitor = Visitor({"part": "cellar"}, page="gradients")
    assert visitor.strips["networks"]
    assert visitor.notices == [WORDS("notice.link")]


def test_explosion_and_clipping_is_a_part_whose_settings_a_link_keeps() -> None:
    visitor = Visitor({"part": "clipping", "clip": "activation:relu"}, page="gradients")
    visitor.assert_no_stack_trace()
    assert visitor.address["clip"] == "activation:relu"
    assert set(visitor.data_of("clipping")["texts"]["remedies"]) == {"orthogonal", "relu", "gated"}
    visitor.choose("part", "lab")
    assert "clip" not in visitor.address

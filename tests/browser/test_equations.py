"""The card of an equation: the numbers in it are the library's for that unit and step, and they add up."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Route, expect

import gateviz
from gateviz.models.encoder_decoder import EncoderDecoder
from tests.browser.app_page import App, Visit
from tests.browser.equation_card import Card, sums
from tests.browser.expected import EXAMPLE, layer, model
from tests.browser.tabs import Tab

NODES = {
    "rnn": ("hidden_state",),
    "lstm": ("forget_gate", "input_gate", "candidate", "output_gate", "cell_state", "hidden_state"),
    "gru": ("update_gate", "reset_gate", "candidate", "hidden_state"),
}
ORDER = {  # of the rows of PyTorch's weights
    "rnn": ("hidden_state",),
    "lstm": ("input_gate", "forget_gate", "candidate", "output_gate"),
    "gru": ("reset_gate", "update_gate", "candidate"),
}
SENTENCES = ("Shall I tell you what he said?", "it was 1895, and the fog came down. Quite so.")


def check_card(app: App, cell: str, signal: str, text: str, unit: int) -> None:
    app.page.locator(f"svg[data-cell={cell}] [data-node={signal}]").first.hover()
    element = app.viewer.locator(".card")
    expect(element).to_be_visible()
    expect(element.locator(".card-title")).to_contain_text(f"unit {unit} at step {app.step + 1}")
    card, step, signals = Card(element), app.step, layer(cell, text)
    expected = signals[signal][0, step, unit]
    assert card.values["result"] == pytest.approx(expected, rel=1e-4, abs=1e-6)
    assert float(card.lines[-1].split("= ")[-1].replace("−", "-")) == pytest.approx(expected, abs=0.00051)
    assert 2 <= len(card.lines) <= 3
    for line in range(1, len(card.lines)):
        assert card.computed(line) == pytest.approx(expected, abs=0.012), card.lines
    for name in ("kept", "written", "renewed", "squashed", "inputs", "recurrent", "bias", "total", "recurrent_bias"):
        if name in card.values:
            assert card.values[name] == pytest.approx(oracle(name, cell, signal, text, step, unit), abs=0.012)
    for name, state in (("previous_cell_state", "cell_state"), ("previous_hidden_state", "hidden_state")):
        if name in card.values:
            before = signals[state][0, step - 1, unit] if step else 0.0
            assert card.values[name] == pytest.approx(before, rel=1e-4, abs=1e-6)


def oracle(name: str, cell: str, signal: str, text: str, step: int, unit: int) -> float:
    at = {key: layer(cell, text)[key][0] for key in layer(cell, text).signals}
    now = {key: values[step, unit] for key, values in at.items()}
    before = {key: values[step - 1, unit] if step else 0.0 for key, values in at.items()}
    if name == "kept":
        gate, state = ("forget_gate", "cell_state") if cell == "lstm" else ("update_gate", "hidden_state")
        return float(now[gate] * before[state])
    if name == "written":
        return float(now["input_gate"] * now["candidate"])
    if name == "renewed":
        return float((1 - now["update_gate"]) * now["candidate"])
    if name == "squashed":
        return float(np.tanh(now["cell_state"]))
    part = sums(cell, text)[signal]
    bias = part.recurrent_bias
    found = {"inputs": part.inputs[0, step, unit], "recurrent": part.recurrent[0, step, unit], "bias": part.bias[unit]}
    if bias is None:
        found["total"] = sum(found.values())
    else:
        found["recurrent_bias"] = bias[unit]
        found["total"] = found["inputs"] + found["bias"] + now["reset_gate"] * (found["recurrent"] + bias[unit])
    return float(found[name])


def test_every_nodes_equation_has_this_units_numbers_and_adds_up(visit: Visit) -> None:
    app = visit()
    for text in SENTENCES:
        app.type(text)
        draw = random.Random(len(text))  # noqa: S311
        for cell, signals in NODES.items():
            for signal in signals:
                step, unit = draw.randrange(len(text)), draw.randrange(256)
                app.go(step=step, unit=unit)
                check_card(app, cell, signal, text, unit)
        app.go(step=0)
        check_card(app, "lstm", "cell_state", text, unit)


def sums_by_hand(cell: str, text: str) -> dict[str, dict[str, np.ndarray]]:
    """Of a model that translates: each part (time, unit), from the weights of the encoder and of the decoder."""
    both, last = (gateviz.load_pretrained("dates", name) for name in (cell, "gru"))
    assert isinstance(both, EncoderDecoder)
    assert isinstance(last, EncoderDecoder)
    wrote = both.write(text, len(last.write(text)))
    trace = both.trace(text, len(wrote)).layer(0)
    states = np.concatenate((np.zeros_like(trace["hidden_state"][0, :1]), trace["hidden_state"][0, :-1]))
    end = len(both.outputs) - 1  # it stands for the mark that the decoder begins with
    ids = [torch.tensor(both.encode(text)), torch.tensor([end, *map(both.outputs.index, wrote)])]
    stretches: list[tuple[Any, torch.Tensor, np.ndarray]] = [
        (both.recurrent, both.read(ids[0]), states[: len(text)]),
        (both.decoder, both.written(ids[1]), states[len(text) :]),
    ]
    units = states.shape[1]
    found: dict[str, dict[str, list[np.ndarray]]] = {}
    for module, x, h in stretches:
        w_ih, w_hh, b_ih, b_hh = (weight.detach().numpy() for weight in module.all_weights[0])
        for number, signal in enumerate(ORDER[cell]):
            own = slice(number * units, (number + 1) * units)
            apart = (cell, signal) == ("gru", "candidate")
            parts = {
                "inputs": x.detach().numpy() @ w_ih[own].T,
                "recurrent": h @ w_hh[own].T,
                "bias": np.tile(b_ih[own] if apart else b_ih[own] + b_hh[own], (len(h), 1)),
                "recurrent_bias": np.tile(b_hh[own], (len(h), 1)) if apart else np.zeros_like(h),
            }
            for name, values in parts.items():
                found.setdefault(signal, {}).setdefault(name, []).append(values)
    joined = {signal: {name: np.concatenate(v) for name, v in parts.items()} for signal, parts in found.items()}
    for signal, parts in joined.items():
        reset = trace["reset_gate"][0] if (cell, signal) == ("gru", "candidate") else 1
        parts["total"] = parts["inputs"] + parts["bias"] + reset * (parts["recurrent"] + parts["recurrent_bias"])
    return joined


@pytest.mark.parametrize("cell", NODES)
def test_where_a_decoder_writes_every_equation_has_the_weights_of_the_half_that_it_is_in(
    look: Visit, cell: str
) -> None:
    app = look("/?task=dates")
    text = app.page.locator(".st-key-sentence input").input_value()
    units = gateviz.load_pretrained("dates", cell).config.hidden_size
    draw = random.Random(7)  # noqa: S311
    card, seen = app.viewer.locator(".card"), 0
    for signal, parts in sums_by_hand(cell, text).items():
        app.go(step=0, unit=draw.randrange(units))
        app.page.locator(f"svg[data-cell={cell}] [data-node={signal}]").first.click()
        for step in range(app.steps):
            unit = draw.randrange(units)
            app.go(step=step, unit=unit)
            shown = Card(card)
            assert len(shown.lines) == 3, shown.lines
            for name in ("inputs", "recurrent", "bias", "total"):
                assert shown.values[name] == pytest.approx(parts[name][step, unit], abs=0.012), (signal, step, name)
            for line in (1, 2):
                assert shown.computed(line) == pytest.approx(shown.values["result"], abs=0.012), shown.lines
            seen += step >= len(text)
    assert seen > 8, "the decoder's steps too"
    app.picture(f"equation-dates-{cell}-1440-light")


@pytest.mark.parametrize(("cell", "signal"), [("lstm", "forget_gate"), ("gru", "candidate"), ("rnn", "hidden_state")])
def test_a_pinned_card_tells_the_largest_products_of_the_sum(visit: Visit, cell: str, signal: str) -> None:
    app = visit("/?step=20&unit=7&diagram=unit")
    network = model(cell)
    parts = gateviz.contributions(network.recurrent, network.embed(network.encode(EXAMPLE))).layer(0)
    app.page.locator(f"svg[data-cell={cell}] [data-node={signal}]").first.click()
    table = app.viewer.locator(".card .products")
    for step in (20, 21):
        app.go(step=step)
        expect(app.viewer.locator(".card .card-title")).to_contain_text(f"step {step + 1}")
        expect(table.locator("[data-product]")).to_have_count(5)
        products = parts.products("preactivation" if cell == "rnn" else signal, step, 7)
        found = {row.get_attribute("data-product"): row for row in table.locator("[data-product]").all()}
        assert list(found) == [f"{one.source}{one.component}" for one in products.largest(5)]
        for one in products.largest(5):
            row = found[f"{one.source}{one.component}"]
            assert float(row.get_attribute("data-exact") or "nan") == pytest.approx(one.product, rel=1e-3, abs=1e-5)
        *shown, total = (float(text.replace("−", "-")) for text in table.locator(".product").all_inner_texts())
        assert sum(shown) == pytest.approx(total, abs=1e-9), "they add up as they stand there"
        assert total == pytest.approx(products.total, abs=0.012)


def test_until_the_weights_come_the_card_says_so_and_then_fills_in_without_moving(
    take: Callable[..., Tab], server: str
) -> None:
    tab = take()
    held: list[Route] = []
    tab.page.route("**/*.safetensors", lambda route: held.append(route))
    app = App(tab.page, server).open("/?step=20&unit=7&diagram=unit")
    app.page.locator("svg[data-cell=lstm] [data-node=forget_gate]").first.click()
    card = app.viewer.locator(".card")
    expect(card.locator(".eq-line").nth(1)).to_have_text("The model's weights are on their way")
    result, caption = card.locator(".eq-result"), card.locator(".products caption")
    value, places = result.inner_text(), [one.bounding_box() for one in (card, result, caption)]
    for route in held:
        route.continue_()
    expect(caption).to_contain_text("products")
    assert result.inner_text() == value
    assert Card(card).computed(1) == pytest.approx(float(value), abs=0.012)
    for one, before in zip((card, result, caption), places, strict=True):
        after = one.bounding_box()
        assert before
        assert after
        for side in ("x", "y", "height"):
            assert after[side] == pytest.approx(before[side], abs=8 if one is result and side == "x" else 1), side


def test_weights_that_do_not_come_cost_the_sums_alone(take: Callable[..., Tab], server: str) -> None:
    tab = take()
    tab.page.route("**/*.safetensors", lambda route: route.abort())
    app = App(tab.page, server).open("/?step=20&unit=7&diagram=unit&lang=zh")
    app.page.locator("svg[data-cell=gru] [data-node=candidate]").first.click()
    card = app.viewer.locator(".card")
    expect(card.locator(".eq-line").nth(1)).to_have_text("没有读到这个模型的权重")
    shown = float(card.locator(".eq-result").inner_text().replace("−", "-"))
    assert shown == pytest.approx(layer("gru")["candidate"][0, 20, 7], abs=0.00051)
    tab.page.unroute("**/*.safetensors")
    app.page.keyboard.press("ArrowRight")
    expect(card.locator(".products [data-product]")).to_have_count(5)
    assert tab.complaints
    assert all("ERR_FAILED" in complaint for complaint in tab.complaints)
    tab.complaints.clear()


def test_of_all_units_the_card_shows_how_their_values_are_spread_before_the_equation(look: Visit) -> None:
    app = look()
    z = layer("gru")["update_gate"][0, app.step]
    for selector, values in (("[data-valve=update_gate]", z), ("[data-inverse]", 1 - z)):
        app.page.locator(f"svg[data-cell=gru] {selector}").first.hover()
        card = app.viewer.locator(".card")
        expect(card.locator(".distribution-words")).to_have_text(
            f"{(values < 0.1).sum()} shut · {((values >= 0.1) & (values <= 0.9)).sum()} half · "
            f"{(values > 0.9).sum()} open · mean {values.mean():.2f}"
        )
        bars = [
            int(count) for count in card.locator(".bar").evaluate_all("bars => bars.map((bar) => bar.dataset.count)")
        ]
        assert bars == np.histogram(values, bins=20, range=(0, 1))[0].tolist()
        titles = card.locator(".card-title").all_inner_texts()
        assert ["all units" in title for title in titles] == [True, False]
    expect(app.viewer.locator(".card .eq-line").last).to_contain_text("1 − z")


def test_a_click_pins_the_card_it_follows_the_step_and_escape_closes_it(look: Visit) -> None:
    app = look()
    node = app.page.locator("svg[data-cell=lstm] [data-node=cell_state]").first
    card = app.viewer.locator(".card")
    node.click()
    before = card.inner_text()
    app.page.mouse.move(5, 400)
    app.page.keyboard.press("ArrowRight")
    expect(card).not_to_have_text(before)
    expect(card).to_be_visible()
    diagram, place = app.page.locator("svg[data-cell=lstm]").bounding_box(), card.bounding_box()
    assert diagram
    assert place
    assert place["y"] >= diagram["y"] + diagram["height"], "the diagram stays in sight"
    app.picture("equation-1440-light")
    app.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    node.click()
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()


def test_the_tab_key_reaches_each_signal_and_opens_its_card(look: Visit) -> None:
    app = look("/?cells=lstm")
    app.viewer.locator("svg[data-cell=lstm] [tabindex]").first.focus()
    seen = []
    for number in range(9):
        if number:
            app.page.keyboard.press("Tab")
        focused = app.viewer.evaluate("root => ({ ...root.getRootNode().activeElement.dataset })")
        if "valve" in focused:
            continue  # a slider, whose keys move it: a card would lie over what they change
        expect(app.viewer.locator(".card")).to_be_visible()
        seen.append(focused["node"])
    assert sorted(seen) == sorted(NODES["lstm"])
    step = app.step
    app.page.keyboard.press("ArrowLeft")
    assert app.step == step - 1, "the keys still step"
    app.page.keyboard.press("Enter")
    expect(app.viewer.locator(".card.pinned")).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(app.viewer.locator(".card")).to_be_hidden()


def test_on_a_phone_a_tap_opens_the_card_inside_the_screen(look: Visit) -> None:
    app = look(width=390, height=844, has_touch=True)
    for signal in NODES["lstm"]:
        app.page.locator(f"svg[data-cell=lstm] [data-node={signal}]").first.tap()
        place = app.viewer.locator(".card").bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
        assert place["y"] + place["height"] <= 844 - 96, "above the transport"
    app.picture("equation-390-light")

"""What the page says above the tokens is true: its numbers are computed here once more, from the models themselves."""

import re
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

import gateviz
from gateviz.i18n.translator import load
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.trace import CELLS
from tests.app.visitor import Visitor

WORDS = load("en")


class Line:
    """The opening of a task's example, as the browser gets it."""

    def __init__(self, task: str, text: str | None = None, **address: str) -> None:
        asked = {"task": task, **({"text": text} if text else {}), **address}
        self.header = Visitor(asked).viewer
        self.told: dict[str, Any] = self.header["opening"]
        self.tokens = [token["text"] for token in self.header["tokens"]]

    @property
    def said(self) -> str:
        return "".join(part["text"] for part in self.told["parts"])

    @property
    def marked(self) -> list[int]:
        """The steps of the tokens in the sentence."""
        return [part["step"] for part in self.told["parts"] if "step" in part]

    @property
    def numbers(self) -> list[float]:
        return [part["value"] for part in self.told["parts"] if "value" in part]

    def ending(self, cell: str) -> str:
        return str(self.told["endings"][cell]["answer"])


def shares(task: str, cell: str, text: str | None = None) -> NDArray[np.float64]:
    """(time, outputs) by torch's own softmax."""
    logits = gateviz.load_pretrained(task, cell).logits(text or EXAMPLES[task])
    return torch.as_tensor(logits).double().softmax(dim=1).numpy()


def outputs(task: str) -> tuple[str, ...]:
    return tuple(gateviz.load_pretrained(task, "lstm").outputs)


def best(task: str, cell: str) -> list[str]:
    """The likeliest output after each step."""
    return [outputs(task)[index] for index in shares(task, cell).argmax(axis=1)]


@pytest.mark.parametrize("task", EXAMPLES)
def test_the_picture_opens_at_the_step_and_unit_of_its_sentence(task: str) -> None:
    if f"task.{task}" not in WORDS.catalogue:
        pytest.skip("its models are not there")
    line = Line(task)
    assert (line.header["step"], line.header["unit"]) == (line.told["step"], line.told["unit"])
    assert line.told["unit"] < min(line.header["units"].values())
    assert set(line.told["endings"]) == set(CELLS)
    assert line.marked, "a token to click at"


def test_the_next_letter_that_surprised_most_and_the_stretch_that_was_known() -> None:
    line, text = Line("timemachine"), EXAMPLES["timemachine"]
    chances = shares("timemachine", "lstm")
    column = {output: index for index, output in enumerate(outputs("timemachine"))}
    bits = np.array([-np.log2(chances[step, column[came]]) for step, came in enumerate(text[1:])])
    worst = int(bits.argmax())
    assert line.told["step"] == worst
    known = bits < 0.1
    first, last = line.marked[2] + np.array([0, len(re.findall(r"raveller", text)[0]) - 1])
    assert known[first - 1 : last].all()
    assert not known[first - 2]
    assert line.numbers == pytest.approx(
        [chances[worst].max(), bits[worst], last - first + 1, bits[first - 1 : last].sum()], rel=1e-4
    )
    for cell in CELLS:
        each = shares("timemachine", cell)
        mean = np.mean([-np.log2(each[step, column[came]]) for step, came in enumerate(text[1:])])
        assert line.ending(cell) == f"{mean:.2f}"


def test_the_word_that_turned_the_answer() -> None:
    for task in ("sentiment", "intent"):
        line, likeliest = Line(task), best(task, "lstm")
        turn = max(step for step, answer in enumerate(likeliest) if answer != likeliest[-1]) + 1
        assert line.told["step"] == turn
        assert line.marked[:2] == [turn - 1, turn]
        chances = shares(task, "lstm")
        assert line.numbers[:2] == pytest.approx([chances[turn - 1].max(), chances[-1].max()], rel=1e-4)
        assert line.ending("lstm") == WORDS.label(task, likeliest[-1])
    trace = gateviz.load_pretrained("intent", "lstm").trace(EXAMPLES["intent"]).layer(0)
    gates = [(trace[f"{name}_gate"][0] > 0.9).sum(axis=1) for name in ("input", "forget", "output")]
    opened = max(gates, key=lambda opened: abs(opened[turn] - opened[turn - 1]))
    assert line.numbers[2:] == [opened[turn - 1], opened[turn], trace["input_gate"].shape[2]]


def test_a_fact_that_is_taken_back_is_wiped_out_and_the_next_one_is_kept() -> None:
    line, text = Line("hometown"), EXAMPLES["hometown"]
    chances, likeliest = shares("hometown", "lstm"), best("hometown", "lstm")
    gate = gateviz.load_pretrained("hometown", "lstm").trace(text).layer(0)["forget_gate"][0]
    shut = (gate < 0.1).sum(axis=1)
    words = [token.strip() for token in line.tokens]
    wiped = line.told["step"]
    assert words[wiped] == "grew"
    assert wiped > words.index("No")
    assert shut[wiped] >= gate.shape[1] / 2 > shut[wiped + 1 :].max()
    italy, spain = words.index("Italy"), words.index("Spain")
    assert line.marked == [italy, wiped, spain]
    assert likeliest[italy - 1] == likeliest[italy] == "French"
    assert set(likeliest[spain:]) == {"Spanish"} == {line.ending("lstm")}
    assert chances[wiped, outputs("hometown").index("French")] < 0.5
    rnn = shares("hometown", "rnn")[-1].max()
    assert line.numbers == pytest.approx(
        [chances[italy].max(), shut[wiped], gate.shape[1], len(words) - 1 - spain, chances[-1].max(), rnn], rel=1e-4
    )


@pytest.mark.parametrize(
    ("task", "text", "country"),
    [
        ("hometown", "I grew up in France. The lamp was out and a man came in. I speak fluent", "France"),
        ("hometown-zh", "我在法国长大。今天天气很好。我会说流利的", "法国"),
    ],
)
def test_a_fact_that_nobody_takes_back_is_kept_over_any_text(task: str, text: str, country: str) -> None:
    line = Line(task, text)
    gate = gateviz.load_pretrained(task, "lstm").trace(text).layer(0)["forget_gate"][0]
    kept = line.told["step"]
    open_ = (gate > 0.9).sum(axis=1)
    assert next(part["text"] for part in line.told["parts"] if "step" in part) == country
    assert line.numbers[:3] == [open_[kept], gate.shape[1], len(line.tokens) - 1 - kept]
    assert open_[kept] >= gate.shape[1] / 2
    assert line.ending("lstm") == {"France": "French", "法国": "法语"}[country]


def test_two_signals_in_their_order_and_who_knows_it() -> None:
    line, text = Line("temporal-order"), EXAMPLES["temporal-order"]
    assert line.marked[:2] == [text.index("X"), text.index("Y")]
    assert line.ending("lstm") == best("temporal-order", "lstm")[-1] == "XY"
    assert line.ending("rnn") == best("temporal-order", "rnn")[-1]
    assert line.numbers[0] == len(text) - 1 - text.index("Y")
    assert line.numbers[1] == pytest.approx(shares("temporal-order", "lstm")[-1].max(), rel=1e-4)


def test_counting_says_after_how_many_each_expects_the_end() -> None:
    line, n = Line("counting"), EXAMPLES["counting"].count("a")
    for cell in CELLS:
        ends = [step - n + 1 for step, guess in enumerate(best("counting", cell)) if step >= n and guess == "."]
        assert line.ending(cell) == f"{ends[0]} b"
    assert line.ending("lstm") == f"{n} b" != line.ending("rnn"), "worth seeing: only one of them counts so far"
    state = gateviz.load_pretrained("counting", "lstm").trace(EXAMPLES["counting"]).layer(0)["cell_state"][0]
    unit = line.told["unit"]
    assert unit == np.abs(state[n - 1] - state[0]).argmax()
    wanted = [state[0, unit], state[n - 1, unit], state[2 * n - 1, unit]]
    assert [line.numbers[at] for at in (2, 3, 5)] == pytest.approx(wanted, rel=1e-4)


def test_a_copy_is_compared_letter_by_letter() -> None:
    line, text = Line("copy"), EXAMPLES["copy"]
    arrow = text.index(">")
    assert line.told["step"] == arrow
    first = text.split(".")[0]
    for cell in CELLS:
        assert line.ending(cell) == "".join(best("copy", cell)[arrow : arrow + len(first)])
    gate = gateviz.load_pretrained("copy", "lstm").trace(text).layer(0)["forget_gate"][0]
    assert line.numbers[-2:] == [min((row > 0.9).sum() for row in gate[len(first) : arrow]), gate.shape[1]]


def test_brackets_say_where_the_wrong_one_is_likeliest() -> None:
    line, text = Line("brackets"), EXAMPLES["brackets"]
    column = {bracket: index for index, bracket in enumerate(outputs("brackets"))}
    opened: list[str] = []
    wrong = np.zeros((len(CELLS), len(text)))
    for step, bracket in enumerate(text):
        if bracket in "([":
            opened.append(bracket)
        else:
            opened.pop()
        if opened:
            other = {"(": "]", "[": ")"}[opened[-1]]
            wrong[:, step] = [shares("brackets", cell)[step, column[other]] for cell in CELLS]
    assert line.told["step"] == wrong.max(axis=0).argmax()
    assert line.numbers[:3] == pytest.approx(wrong[:, line.told["step"]], rel=1e-4)


def test_agreement_compares_the_two_forms_of_the_verb_and_says_that_the_plain_rnn_is_right_too() -> None:
    line = Line("agreement")
    step, column = line.told["step"], {output: index for index, output in enumerate(outputs("agreement"))}
    assert line.tokens[step + 1].strip() == "are"
    pairs = [shares("agreement", cell)[step, [column["are"], column["is"]]] for cell in CELLS]
    assert line.numbers[:6] == pytest.approx(np.concatenate(pairs), rel=1e-4)
    assert pairs[0][0] > pairs[0][1]
    assert "plain RNN is right too" in line.said
    kept = gateviz.load_pretrained("agreement", "lstm").trace(EXAMPLES["agreement"]).layer(0)["forget_gate"][0]
    lives = np.log(0.5) / np.log(kept.astype(np.float64).mean(axis=0))
    assert line.numbers[6] == pytest.approx(np.median(lives), rel=1e-4)


def test_a_date_is_what_each_decoder_writes_and_they_part_where_they_differ() -> None:
    line, text = Line("dates"), EXAMPLES["dates"]
    written = {cell: gateviz.load_pretrained("dates", cell).write(text) for cell in CELLS}
    assert {cell: line.ending(cell) for cell in CELLS} == written
    differs = [at for at, letters in enumerate(zip(*written.values(), strict=True)) if len(set(letters)) > 1]
    assert line.told["step"] == len(text) + differs[0]


def test_marked_numbers_are_added_by_hand() -> None:
    line, text = Line("adding"), EXAMPLES["adding"]
    marked = [float(word.rstrip("*")) for word in text.split() if word.endswith("*")]
    answers = {cell: gateviz.load_pretrained("adding", cell).logits(text)[:, 0] for cell in CELLS}
    assert line.numbers[0] == pytest.approx(sum(marked))
    assert line.numbers[1] == pytest.approx(answers["lstm"][-1], rel=1e-4)
    first, second = line.marked[:2]
    held = answers["lstm"][first + 1 : second]
    assert line.numbers[-3:] == pytest.approx([answers["lstm"][first - 1], held.min(), held.max()], rel=1e-4)


def test_sunspots_show_more_than_one_cycle_and_each_error_is_a_root_mean_square() -> None:
    line = Line("sunspots")
    values = np.array([float(word) for word in EXAMPLES["sunspots"].split()])
    assert len(values) >= 22 * 12
    off = {}
    for cell in CELLS:
        answers = gateviz.load_pretrained("sunspots", cell).logits(EXAMPLES["sunspots"])[:, 0]
        off[cell] = np.sqrt(np.mean((answers[12:-1] - values[13:]) ** 2))
        assert line.ending(cell) == f"{off[cell]:.1f}"
    same = np.sqrt(np.mean((values[12:-1] - values[13:]) ** 2))
    assert line.numbers[2:6] == pytest.approx([same, *off.values()], rel=1e-4)
    first, second = line.marked[:2]
    assert line.numbers[1] == second - first > 100, "a cycle has some eleven years"
    for top in (first, second):
        assert values[top] == values[top - 48 : top + 49].max()


def test_the_sentence_is_of_the_text_that_a_visitor_types_and_of_the_cells_that_are_chosen() -> None:
    line = Line("timemachine", "A machine!", cells="gru")
    assert "GRU" in line.said
    assert set(line.told["endings"]) == {"gru"}
    chinese = Visitor({"task": "timemachine", "text": "A machine!", "cells": "gru", "lang": "zh"}).viewer["opening"]
    assert [part.get("value") for part in chinese["parts"] if "value" in part] == line.numbers
    assert chinese["step"] == line.told["step"]


def test_a_link_that_names_a_step_opens_there() -> None:
    visitor = Visitor({"task": "timemachine", "step": "3", "bet": "1"})
    assert visitor.notices == []
    assert (visitor.address["step"], visitor.address["bet"]) == ("3", "1")
    assert Visitor({"task": "timemachine", "bet": "yes"}).notices == [WORDS("notice.link")]

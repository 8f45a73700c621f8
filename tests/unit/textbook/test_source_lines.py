from typing import get_args

import pytest

from gateviz.results.signals import SIGNALS
from gateviz.results.trace import CELLS, CellName
from gateviz.textbook.source_lines import PASSES, Pass, source_lines


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("part", PASSES)
def test_every_equation_has_a_line_of_the_source(cell: CellName, part: Pass) -> None:
    lines = source_lines(cell, part)
    of_lines = {signal for line in lines for signal in line.signals}
    assert of_lines == set(SIGNALS[cell]) - {"preactivation"}
    assert lines[0].text.startswith(f"def {part}(")
    assert lines[-1].text.strip().startswith("return")


def test_a_line_is_of_what_it_gives_a_value_to() -> None:
    found = {line.text.split("=")[0].strip(): line.signals for line in source_lines("lstm", "forward")}
    assert found["c_t"] == ("cell_state",)
    assert found["i, f, o"] == ("input_gate", "forget_gate", "output_gate")
    assert found["a_t"] == ("input_gate", "forget_gate", "candidate", "output_gate")
    back = {line.text.split("=")[0].strip(): line.signals for line in source_lines("gru", "backward")}
    assert back["d_a_n"] == ("candidate",)
    assert back["from_later"] == back["d_h_t"] == ("hidden_state",)
    assert back['d["W_h"] +'] == ("reset_gate", "update_gate", "candidate")


def test_the_passes_are_all_that_there_are() -> None:
    assert get_args(Pass) == PASSES

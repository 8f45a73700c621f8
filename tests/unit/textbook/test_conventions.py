import pytest

from gateviz.results.signals import SUMMED
from gateviz.textbook.conventions import FORMS, Form, form


@pytest.mark.parametrize("known", FORMS, ids=lambda known: f"{known.cell}-{known.name}")
def test_every_form_names_each_gate_and_ends_in_its_hidden_state(known: Form) -> None:
    assert sorted(known.gates) == sorted(SUMMED[known.cell])
    assert known.equations[-1].startswith(f"{known.state} = ")
    assert form(known.cell, known.name) is known


def test_pytorchs_forms_are_those_that_the_recorder_speaks() -> None:
    for cell, gates in SUMMED.items():
        assert tuple(form(cell, "pytorch").gates) == gates


def test_the_sources_disagree_on_z_and_on_r() -> None:
    names = ("pytorch", "keras", "keras_reset_before", "cudnn", "d2l", "cho", "chung")
    assert [form("gru", name).update for name in names] == ["keeps"] * 6 + ["replaces"]
    assert [form("gru", name).reset for name in names] == [
        "after",
        "after",
        "before",
        "after",
        "before",
        "before",
        "before",
    ]

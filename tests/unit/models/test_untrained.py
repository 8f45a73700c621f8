"""Untrained modules: drawn by seed alone, each initialisation as in its paper, and what is refused in one sentence."""

import math
from typing import Any

import pytest
import torch
from torch import Tensor

from gateviz.errors import InputError
from gateviz.models.untrained import INPUT_SIZE, UntrainedSettings, draw
from gateviz.results.trace import CELLS


def blocks(settings: UntrainedSettings) -> tuple[Tensor, ...]:
    """The recurrent matrix of each gate."""
    recurrent = draw(settings).module.get_parameter("weight_hh_l0").detach()
    return recurrent.chunk(len(recurrent) // settings.hidden_size)


def bias(settings: UntrainedSettings, gate: int) -> Tensor:
    module = draw(settings).module
    total = (module.get_parameter("bias_ih_l0") + module.get_parameter("bias_hh_l0")).detach()
    return total.chunk(len(total) // settings.hidden_size)[gate]


@pytest.mark.parametrize("cell", CELLS)
def test_the_same_seed_draws_the_same_and_the_global_generator_stays(cell: Any) -> None:
    before = torch.get_rng_state()
    one, same, other = (draw(UntrainedSettings(cell, steps=30, seed=seed)) for seed in (3, 3, 4))
    assert torch.equal(torch.get_rng_state(), before)
    for name, parameter in one.module.named_parameters():
        assert parameter.abs().max() <= 64**-0.5
        assert torch.equal(parameter, same.module.get_parameter(name))
        assert not torch.equal(parameter, other.module.get_parameter(name))
    assert torch.equal(one.inputs, same.inputs)
    assert one.inputs.shape == (30, 1, INPUT_SIZE)


def test_the_inputs_are_standard_normal() -> None:
    inputs = draw(UntrainedSettings("rnn", steps=1000)).inputs
    assert abs(float(inputs.mean())) < 0.03
    assert float(inputs.std()) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("cell", CELLS)
def test_each_recurrent_block_is_what_the_initialisation_says(cell: Any) -> None:
    eye = torch.eye(20, dtype=torch.float64)
    for block in blocks(UntrainedSettings(cell, hidden_size=20, initialisation="orthogonal")):
        torch.testing.assert_close(block @ block.T, eye)
    for block in blocks(UntrainedSettings(cell, hidden_size=20, initialisation="identity")):
        assert torch.equal(block, eye)
    for block in blocks(UntrainedSettings(cell, hidden_size=20, spectral_radius=1.2)):
        assert float(torch.linalg.eigvals(block).abs().max()) == pytest.approx(1.2)


def test_chrono_spreads_what_the_gates_keep_up_to_the_length() -> None:
    forget = bias(UntrainedSettings("lstm", steps=200, initialisation="chrono"), 1)
    assert 0 <= float(forget.min()) < float(forget.max()) <= math.log(199)
    torch.testing.assert_close(bias(UntrainedSettings("lstm", steps=200, initialisation="chrono"), 0), -forget)
    update = bias(UntrainedSettings("gru", steps=200, initialisation="chrono"), 1)
    assert float(update.max()) > 4


def test_a_bias_is_the_sum_of_the_two_that_pytorch_adds() -> None:
    assert set(bias(UntrainedSettings("lstm", forget_bias=1.5), 1).tolist()) == {1.5}
    assert set(bias(UntrainedSettings("gru", update_bias=-2.0), 1).tolist()) == {-2.0}


@pytest.mark.parametrize(
    "wrong",
    [{"cell": "tree"}, {"steps": 1}, {"steps": 1001}, {"hidden_size": 0}, {"hidden_size": 129}, {"spectral_radius": 0},
     {"spectral_radius": 3.5}, {"spectral_radius": math.nan}, {"initialisation": "xavier"}, {"nonlinearity": "gelu"},
     {"forget_bias": 1.0}, {"update_bias": 1.0}, {"cell": "lstm", "forget_bias": math.inf}, {"seed": -1}],
)  # fmt: skip
def test_what_cannot_be_drawn_is_one_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        draw(UntrainedSettings(**{"cell": "rnn", **wrong}))

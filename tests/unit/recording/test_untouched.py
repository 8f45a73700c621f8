"""Whatever happens to a module inside, it is as it was afterwards."""

import random
from typing import Any

import pytest
import torch
from torch import nn

from gateviz.recording.untouched import untouched


class Odd(nn.LSTM):
    """A module with more in it than weights."""

    def __init__(self) -> None:
        super().__init__(2, 3)
        self.inner = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm1d(2))
        self.inner[0].eval()
        self.register_buffer("count", torch.zeros(2))
        self.register_buffer("empty", None)
        self.notes, self.settings, self.kept = [1], {"a": 1}, torch.ones(2)
        self.register_forward_pre_hook(lambda *_: None)
        self.register_forward_hook(lambda *_: None)


def everything(module: nn.Module) -> dict[str, Any]:
    """All that is on a module: objects by their identity, numbers by their values."""
    found: dict[str, Any] = {}
    for name, part in module.named_modules():
        for key, value in vars(part).items():
            found[f"{name}.{key}"] = id(value)
            for at, entry in (
                value.items() if isinstance(value, dict) else enumerate(value if type(value) is list else ())
            ):
                found[f"{name}.{key}.{at}"] = id(entry)
                if isinstance(entry, torch.Tensor):
                    grad = None if entry.grad is None else entry.grad.tolist()
                    found[f"{name}.{key}.{at} numbers"] = (entry.tolist(), entry.requires_grad, id(entry.grad), grad)
        found[f"{name} kept"] = getattr(part, "kept", torch.zeros(1)).tolist()
    return found


def change(module: Any) -> None:
    """Everything that code of a module's own could do to it."""
    module.train()
    module(torch.randn(3, 2))[0].sum().backward()
    module.inner(torch.randn(4, 2))
    module.count += 1
    module.kept.mul_(3)
    module.notes.append(2)
    module.settings.update(a=2, b=3)
    module.new, module.inner.new = torch.ones(1), nn.Linear(1, 1)
    module.hidden_size = 7
    del module.inner[0]
    module.register_parameter("extra", nn.Parameter(torch.ones(1)))
    module.weight_ih_l0.data.zero_()
    module.weight_hh_l0.requires_grad_(True)
    module.bias_ih_l0 = nn.Parameter(torch.zeros(12))
    del module.bias_hh_l0
    module.bias_hh_l0 = torch.zeros(12)
    module._flat_weights[0] = None
    module._forward_hooks.clear()
    module.register_forward_pre_hook(lambda *_: None)
    module.__class__.__call__  # noqa: B018
    torch.rand(3)


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("grads", [False, True])
def test_all_that_a_module_can_do_to_itself_is_undone(fails: bool, grads: bool) -> None:
    module: Any = Odd()
    if grads:
        module(torch.randn(3, 2))[0].sum().backward()
    before, random_state = everything(module), torch.get_rng_state()
    try:
        with untouched(module):
            assert not any(part.training for part in module.modules())
            change(module)
            assert everything(module) != before
            if fails:
                raise KeyError("no")
    except KeyError:
        assert fails
    assert everything(module) == before
    assert torch.equal(torch.get_rng_state(), random_state)
    assert [part.training for part in module.modules()] == [True, True, False, True]
    module(torch.randn(3, 2))


def test_numbers_are_put_back_into_the_same_memory() -> None:
    module = nn.GRU(2, 3)
    views = {name: (weight.data_ptr(), weight._version) for name, weight in module.named_parameters()}
    with untouched(module), torch.no_grad():
        for weight in module.parameters():
            weight.data.fill_(random.random())  # noqa: S311
    assert {name: (weight.data_ptr(), weight._version) for name, weight in module.named_parameters()} == views


@pytest.mark.parametrize("context", [torch.no_grad, torch.inference_mode, torch.enable_grad])
def test_it_works_within_any_autograd_context(context: Any) -> None:
    module: Any = nn.GRU(2, 3)
    before = everything(module)
    with context(), untouched(module):
        module.weight_ih_l0.data.zero_()
    assert everything(module) == before

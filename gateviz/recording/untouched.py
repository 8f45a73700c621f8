"""Run a module's own code and leave no trace: afterwards everything on the module is as it was.

What cannot be undone is what a module's own code does elsewhere, such as a hook that appends to a list of its own.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

_CONTAINERS = (dict, OrderedDict, list, set)


@contextmanager
def untouched(module: nn.Module) -> Iterator[None]:
    """Put every part of the module in evaluation mode; at the end undo all changes on it, also after an error.

    That covers attributes, hooks, weights, buffers, grads and torch's random state. It costs a copy of all weights.
    """
    attributes = [(part.__dict__, dict(part.__dict__)) for part in module.modules()]
    contents = [
        (container, container.copy())
        for _, before in attributes
        for container in before.values()
        if type(container) in _CONTAINERS
    ]
    with torch.inference_mode(False), torch.no_grad():
        numbers = [(tensor, tensor.detach().clone()) for tensor in _tensors(attributes, contents)]
    grads = [(tensor, tensor.grad) for tensor, _ in numbers if tensor.is_leaf]
    devices = {tensor.device for tensor, _ in numbers if tensor.is_cuda}
    with torch.random.fork_rng(devices):
        for part in module.modules():
            part.training = False
        try:
            yield
        finally:
            for container, before in contents:
                _put_back(container, before)
            for dictionary, before in attributes:
                for name in dictionary.keys() - before.keys():
                    del dictionary[name]
                dictionary.update(before)
            with torch.inference_mode(False), torch.no_grad():
                for tensor, saved in numbers:
                    if not torch.equal(tensor.detach(), saved):
                        tensor.data.copy_(saved)
            for tensor, grad in grads:
                tensor.grad = grad


def _tensors(attributes: list[tuple[dict[str, Any], dict[str, Any]]], contents: list[tuple[Any, Any]]) -> list[Tensor]:
    """Every tensor with numbers in those dictionaries and containers, and its grad, each once."""
    found: dict[int, Tensor] = {}
    for container in [*(before for _, before in attributes), *(before for _, before in contents)]:
        for value in container.values() if isinstance(container, dict) else container:
            if isinstance(value, Tensor) and not value.is_meta:
                found[id(value)] = value
                if value.is_leaf and value.grad is not None:
                    found[id(value.grad)] = value.grad
    return list(found.values())


def _put_back(container: Any, before: Any) -> None:
    container.clear()
    if isinstance(container, list):
        container.extend(before)
    else:
        container.update(before)

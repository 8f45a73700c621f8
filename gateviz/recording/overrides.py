"""What module(inputs) runs beside the forward of torch: a forward of a subclass, or hooks."""

from torch import nn
from torch.nn.modules import module as torch_calls
from torch.nn.utils.prune import BasePruningMethod

from gateviz.results.trace import CellName

CELL_OF: dict[type[nn.Module], CellName] = {
    nn.RNN: "rnn",
    nn.LSTM: "lstm",
    nn.GRU: "gru",
    nn.RNNCell: "rnn",
    nn.LSTMCell: "lstm",
    nn.GRUCell: "gru",
}
"""The modules of torch that are read, and which cell each of them is."""

_CALL = ("__call__", "_call_impl", "forward", "permute_hidden", "_update_flat_weights")  # what module(inputs) runs


def overrides_call(module: nn.Module) -> bool:
    """Whether a subclass, or the module itself, has a forward of its own."""
    if not module.__dict__.keys().isdisjoint(_CALL):
        return True
    kind, own = next(kind for kind in CELL_OF if isinstance(module, kind)), type(module)
    return own is not kind and any(getattr(own, name, None) is not getattr(kind, name, None) for name in _CALL)


def has_hooks(module: nn.Module) -> bool:
    """Whether module(inputs) runs hooks other than those by which torch computes a weight."""
    registered = (
        torch_calls._global_forward_pre_hooks,
        torch_calls._global_forward_hooks,
        module._forward_pre_hooks,
        module._forward_hooks,
    )
    return any(registered) and not all(computes_a_weight(hook) for hooks in registered for hook in hooks.values())


def computes_a_weight(hook: object) -> bool:
    """Whether this is one of torch's own hooks that compute a weight before each forward."""
    kind = type(hook)
    old_style = kind.__module__ in ("torch.nn.utils.weight_norm", "torch.nn.utils.spectral_norm")
    return old_style or isinstance(hook, BasePruningMethod)

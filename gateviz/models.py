"""SequenceModel: characters -> embedding -> nn.RNN, nn.LSTM or nn.GRU -> head, with the words that the app needs.

    model = SequenceModel(ModelConfig("lstm", embedding_size=64, hidden_size=256), vocabulary, seed=0)
    model.logits("them").shape                                    # (4, len(model.outputs))
    gateviz.gradient_flow(model.recurrent, model.embed(ids), model.next_token_loss(ids, step=-1))

Nothing here draws from torch's global random state, and there is no dropout in the model (training applies its own), so
a model answers the same in any mode. All texts go through `model.tokenize`: one token per code point, nothing dropped.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from gateviz.data.vocabulary import Token, Vocabulary
from gateviz.errors import InputError
from gateviz.recorder import record
from gateviz.trace import CELLS, CellName, Trace

State = Tensor | tuple[Tensor, Tensor] | None
"""What is carried from one stretch of text to the next: h, or the LSTM's (h, c), each (layers, batch, unit)."""

_Module = TypeVar("_Module", bound=nn.Module)
_MODULES: dict[CellName, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The shape of a model, the vocabulary aside."""

    cell: CellName
    embedding_size: int
    """Width of what goes into the recurrent module."""
    hidden_size: int
    num_layers: int = 1

    def __post_init__(self) -> None:
        """Refuse what no module could have.

        Raises:
            InputError: an unknown cell, or a size below 1.
        """
        if self.cell not in CELLS:
            raise InputError(f"cell must be one of {', '.join(CELLS)}, got {self.cell!r}")
        for name in ("embedding_size", "hidden_size", "num_layers"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, got {getattr(self, name)}")


class SequenceModel(nn.Module):
    """A character model whose recurrent module is the plain torch one, `model.recurrent`, batch first."""

    def __init__(
        self, config: ModelConfig, vocabulary: Vocabulary, *, seed: int, forget_bias: float | None = None
    ) -> None:
        """Draw the weights from `seed` by PyTorch's own defaults, without touching its global random state.

        Args:
            config: the shape.
            vocabulary: the characters; its unknown gets an embedding, and no output.
            seed: the same one gives the same weights.
            forget_bias: the SUM of the LSTM's two forget biases in every layer, or None to leave them as drawn.

        Raises:
            InputError: a forget bias for a cell that has no forget gate.
        """
        super().__init__()
        self.config = config
        self.vocabulary = vocabulary
        width, hidden = config.embedding_size, config.hidden_size
        self.embedding = _undrawn(nn.Embedding, len(vocabulary), width)
        self.recurrent = _undrawn(_MODULES[config.cell], width, hidden, num_layers=config.num_layers, batch_first=True)
        self.head = _undrawn(nn.Linear, hidden, len(vocabulary.characters))
        _initialise(self, torch.Generator().manual_seed(seed))
        if forget_bias is not None:
            _set_forget_bias(self.recurrent, forget_bias)

    @property
    def cell(self) -> CellName:
        """The architecture: rnn, lstm or gru."""
        return self.config.cell

    @property
    def outputs(self) -> tuple[str, ...]:
        """What the columns of the logits are: the characters of the vocabulary; the unknown is never predicted."""
        return self.vocabulary.characters

    def forward(self, ids: Tensor, state: State = None) -> tuple[Tensor, State]:
        """Logits and final state. ids (batch, time) -> (batch, time, outputs)."""
        output, state = self.recurrent(self.embedding(ids), state)  # (batch, time, hidden)
        return self.head(output), state

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """One token for each code point of `text`, unknown ones included."""
        return self.vocabulary.tokenize(text)

    def encode(self, text: str) -> tuple[int, ...]:
        """The id of each code point of `text`."""
        return self.vocabulary.encode(text)

    def embed(self, ids: Sequence[int]) -> Tensor:
        """What goes into the recurrent module, (1, time, embedding_size), cut off from the embedding's gradient."""
        weight = self.embedding.weight
        embedded: Tensor = self.embedding(torch.tensor([list(ids)], dtype=torch.long, device=weight.device))
        return embedded.detach()

    def trace(self, text: str) -> Trace:
        """Every gate at every character of `text`; `trace.tokens` are the characters as typed."""
        tokens = self.tokenize(text)
        trace = record(self.recurrent, self.embed([token.id for token in tokens]))
        return replace(trace, tokens=tuple(token.text for token in tokens))

    def logits(self, text: str) -> NDArray[np.floating]:
        """Scores of the next character after each one of `text`, (time, outputs)."""
        return self._scores(self.recurrent(self.embed(self.encode(text)))[0][0])

    def logits_of(self, trace: Trace) -> NDArray[np.floating]:
        """The same from a trace of this model, without running it again, (time, outputs)."""
        return self._scores(torch.as_tensor(trace.output[0]))

    def _scores(self, output: Tensor) -> NDArray[np.floating]:
        """The head on (time, hidden)."""
        with torch.no_grad():
            scores: Tensor = self.head(output.to(self.head.weight.device))
        return scores.cpu().numpy()

    def next_token_loss(self, text: str | Sequence[int], step: int) -> Callable[[Tensor], Tensor]:
        """A loss at one step, for `gateviz.gradient_flow`: -log p (nats) of the token that came next.

        At the last step, and where the next character is an unknown one, nothing came that the model could have
        predicted: there it is -log p of the model's own first guess.

        Args:
            text: what was typed, or its ids.
            step: 0-based; negative counts from the end.

        Returns:
            A function of the recurrent module's output, (1, time, hidden) or (time, hidden), to a scalar.

        Raises:
            InputError: a step that the text does not have.
        """
        ids = self.encode(text) if isinstance(text, str) else tuple(text)
        if not -len(ids) <= step < len(ids):
            raise InputError(f"step must lie in 0..{len(ids) - 1}, got {step}")
        step %= len(ids)
        came = ids[step + 1] if step + 1 < len(ids) else self.vocabulary.unknown

        def loss(output: Tensor) -> Tensor:
            scores = self.head(output[..., step, :]).reshape(-1)  # (outputs,)
            target = scores.argmax() if came == self.vocabulary.unknown else scores.new_tensor(came, dtype=torch.long)
            return functional.cross_entropy(scores, target)

        return loss

    def untrained(self, seed: int, forget_bias: float | None = None) -> "SequenceModel":
        """A model of the same shape and vocabulary as PyTorch would start it, drawn from `seed` alone.

        `forget_bias` is the SUM of the LSTM's two forget biases; other cells have none and raise InputError.
        """
        model = SequenceModel(self.config, self.vocabulary, seed=seed, forget_bias=forget_bias)
        return model.to(self.head.weight)

    def clone(self) -> "SequenceModel":
        """A copy whose weights can be changed, or cast with `.double()`, without changing this one."""
        return copy.deepcopy(self)


def _undrawn(kind: type[_Module], *sizes: int, **options: Any) -> _Module:
    """A plain `kind(*sizes)` whose weights are yet to be set: its constructor would draw from the global generator.

    torch's own skip_init goes by way of the meta device, whose first use in a process imports for a second.
    """
    blank: type[_Module] = type(kind.__name__, (kind,), {"reset_parameters": lambda _: None})
    module = blank(*sizes, **options)
    module.__class__ = kind
    return module


def _initialise(model: SequenceModel, generator: torch.Generator) -> None:
    """PyTorch's own default distributions, in the order in which its constructors draw them."""
    with torch.no_grad():
        model.embedding.weight.normal_(generator=generator)
        for module, fan_in in ((model.recurrent, model.config.hidden_size), (model.head, model.config.hidden_size)):
            for parameter in module.parameters():
                parameter.uniform_(-(fan_in**-0.5), fan_in**-0.5, generator=generator)


def _set_forget_bias(recurrent: nn.RNNBase, total: float) -> None:
    """Give the LSTM's two forget biases the sum `total` in every layer: all of it in one, zero in the other."""
    if not isinstance(recurrent, nn.LSTM):
        raise InputError(f"only an LSTM has a forget bias, this is an {type(recurrent).__name__}")
    forget = slice(recurrent.hidden_size, 2 * recurrent.hidden_size)  # PyTorch's order: i, f, g, o
    with torch.no_grad():
        for name, parameter in recurrent.named_parameters():
            if name.startswith("bias_ih"):
                parameter[forget] = total
            elif name.startswith("bias_hh"):
                parameter[forget] = 0.0

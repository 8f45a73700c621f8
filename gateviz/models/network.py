"""RecurrentNetwork: the tensors of a model. It takes batches of ids or numbers, and gives scores.

    ids -> embedding or one-hot rows, or numbers -> nn.RNN, nn.LSTM or nn.GRU -> head

Nothing here draws from torch's global random state. The network has no dropout (training applies its own), so it gives
the same scores in training and in evaluation mode.
"""

import copy
from collections.abc import Sequence
from typing import Any, Self

import torch
from torch import Tensor, nn
from torch.nn import functional

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.errors import InputError, ShapeError, as_given
from gateviz.models.config import ModelConfig
from gateviz.models.initialisation import generator_of, initialise, set_forget_bias, undrawn
from gateviz.results.trace import CellName

State = Tensor | tuple[Tensor, Tensor] | None
"""The state after a batch, with which the next batch may begin: h, or the LSTM's (h, c), each (layers, batch, unit)."""

MODULES: dict[CellName, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class RecurrentNetwork(nn.Module):
    """A network whose recurrent module is the plain torch one, `network.recurrent`, batch first."""

    def __init__(
        self,
        config: ModelConfig,
        tokenizer: Tokenizer,
        labels: Sequence[str] = (),
        *,
        seed: int,
        forget_bias: float | None = None,
    ) -> None:
        """Draw the weights from `seed` by PyTorch's own defaults, without touching its global random state.

        Args:
            config: the shape.
            tokenizer: cuts texts into tokens. Its unknown token can be read, and is never predicted.
            labels: names of the classes, or of the value; none for a model that answers with the next token.
            seed: the same one gives the same weights.
            forget_bias: the SUM of the LSTM's two forget biases in every layer, or None to leave them as drawn.

        Raises:
            InputError: a forget bias for a cell that has no forget gate, labels that do not suit the answers, an
                embedding size that does not suit the tokenizer, or an argument of another type.
        """
        super().__init__()
        _check_parts(config, tokenizer, labels)
        self.config = config
        self.tokenizer = tokenizer
        self.labels = tuple(labels)
        width, hidden = config.embedding_size, config.hidden_size
        self.embedding = undrawn(nn.Embedding, len(tokenizer), width) if config.inputs == "embedding" else None
        self.recurrent = undrawn(
            MODULES[config.cell],
            width,
            hidden,
            num_layers=config.num_layers,
            bidirectional=config.bidirectional,
            batch_first=True,
        )
        self.head = undrawn(nn.Linear, hidden * config.num_directions, len(self.outputs))
        initialise(self.embedding, self.recurrent, self.head, generator_of(seed))
        if forget_bias is not None:
            set_forget_bias(self.recurrent, forget_bias)

    @property
    def cell(self) -> CellName:
        """The architecture: rnn, lstm or gru."""
        return self.config.cell

    @property
    def outputs(self) -> tuple[str, ...]:
        """The meaning of each column of the logits: an entry of the tokenizer, a class, or the name of the value."""
        return self.tokenizer.entries if self.config.answers == "next" else self.labels

    def forward(self, inputs: Tensor, state: State = None, lengths: Tensor | None = None) -> tuple[Tensor, State]:
        """Scores and final state of a batch.

        Args:
            inputs: (batch, time) ids, or (batch, time, features) numbers.
            state: the state after the batch before, or None.
            lengths: (batch,) how many of the steps are text, if some are padding.

        Returns:
            (batch, time, outputs), or for classes (batch, outputs); and the state.

        Raises:
            ShapeError: inputs of another type or number of axes.
        """
        self._check_batch(inputs)
        output, state = self.recurrent_output(self.read(inputs), state, lengths)
        return self.scores(output, lengths), state

    def _check_batch(self, inputs: Tensor) -> None:
        axes = 3 if self.config.inputs == "numbers" else 2
        if not isinstance(inputs, Tensor) or inputs.dim() != axes:
            wanted = "numbers, (batch, time, features)" if axes == 3 else "ids, (batch, time)"
            given = f"of shape {tuple(inputs.shape)}" if isinstance(inputs, Tensor) else as_given(inputs)
            raise ShapeError(f"the inputs are {given}: give a Tensor of {wanted}, or ask model.logits(text).")

    def read(self, inputs: Tensor) -> Tensor:
        """(batch, time) ids, or (batch, time, features) numbers, as the recurrent module reads them, (.., width)."""
        if self.embedding is not None:
            embedded: Tensor = self.embedding(inputs)
            return embedded
        if self.config.inputs == "one-hot":
            return functional.one_hot(inputs, len(self.tokenizer)).to(self.head.weight)
        numbers = inputs.to(self.head.weight)
        return torch.cat((numbers[..., :1] / self.config.scale, numbers[..., 1:]), dim=-1)  # marks are not scaled

    def recurrent_output(
        self, embedded: Tensor, state: State = None, lengths: Tensor | None = None, written: Tensor | None = None
    ) -> tuple[Tensor, State]:
        """The recurrent module on (batch, time, width): (batch, time, feature), zero in the padding, and the state.

        Padding stands after the text, so a model of one direction never reads it before its answer: only a model of
        two directions needs the lengths. `written` is for a model with a decoder, which this one does not have.
        """
        if written is not None:
            raise no_decoder(self.config)
        if lengths is None or not self.config.bidirectional:
            output, state = self.recurrent(embedded, state)
            return output, state
        return self._packed_output(embedded, state, lengths)

    def _packed_output(self, embedded: Tensor, state: State, lengths: Tensor) -> tuple[Tensor, State]:
        """The same with packed sequences, so that no padding is read."""
        packed = nn.utils.rnn.pack_padded_sequence(embedded, lengths.cpu(), batch_first=True, enforce_sorted=False)
        output, state = self.recurrent(packed, state)
        unpacked = nn.utils.rnn.pad_packed_sequence(output, batch_first=True, total_length=embedded.shape[1])
        return unpacked[0], state

    def scores(self, output: Tensor, lengths: Tensor | None = None) -> Tensor:
        """The scores from the module's output: at each step, or of classes once for each text."""
        pooled = self._pooled(output, lengths) if self.config.answers == "class" else output
        scores: Tensor = self.head(pooled)
        return scores * self.config.scale if self.config.answers == "value" else scores

    def _pooled(self, output: Tensor, lengths: Tensor | None) -> Tensor:
        """(batch, time, feature) -> (batch, feature)."""
        batch, time, _ = output.shape
        if lengths is None:
            lengths = torch.full((batch,), time)
        lengths = lengths.to(output.device)
        if self.config.pooling == "mean":
            text = torch.arange(time, device=output.device) < lengths[:, None]  # (batch, time)
            return (output * text[..., None]).sum(dim=1) / lengths[:, None]
        last: Tensor = output[torch.arange(batch, device=output.device), lengths - 1]
        if not self.config.bidirectional:
            return last
        hidden = self.config.hidden_size  # the reverse direction ends at the first token
        return torch.cat((last[:, :hidden], output[:, 0, hidden:]), dim=-1)

    def embed(self, ids: Sequence[Any]) -> Tensor:
        """What the recurrent module reads of one text, (1, time, width), cut off from the embedding's gradient.

        Args:
            ids: what `encode` gives for one text.

        Raises:
            InputError: anything else.
        """
        wrong = InputError(f"the ids are {as_given(ids)}: give what model.encode(text) returns.")
        is_number = self.config.inputs == "numbers"
        try:
            rows = torch.tensor([list(ids)], dtype=self.head.weight.dtype if is_number else None)
        except (TypeError, ValueError, RuntimeError, OverflowError):
            raise wrong from None
        if rows.shape[1] == 0 or rows.shape[2:] != ((len(self.tokenizer),) if is_number else ()):
            raise wrong
        if not is_number and not (
            rows.dtype == torch.long and bool(0 <= rows.min() <= rows.max() < len(self.tokenizer))
        ):
            raise wrong
        return self.read(rows.to(self.head.weight.device)).detach()

    def untrained(self, seed: int, forget_bias: float | None = None) -> Self:
        """A model with the same shape and tokenizer, and with PyTorch's default weights drawn from `seed` alone.

        `forget_bias` is the SUM of the LSTM's two forget biases; other cells have none and raise InputError.
        """
        model = type(self)(self.config, self.tokenizer, self.labels, seed=seed, forget_bias=forget_bias)
        return model.to(self.head.weight)

    def clone(self) -> Self:
        """A copy whose weights can be changed, or cast with `.double()`, without changing this one."""
        return copy.deepcopy(self)


def no_decoder(config: ModelConfig) -> InputError:
    """What a model without a decoder says when it is asked to write a text."""
    return InputError(
        f"this model answers with a {config.answers!r}: only a model that answers with a text writes one."
    )


def _check_parts(config: ModelConfig, tokenizer: Tokenizer, labels: Sequence[str]) -> None:
    """Refuse arguments of another type, and a tokenizer or labels that do not go with the config."""
    if not isinstance(config, ModelConfig):
        raise InputError(f"the config is {as_given(config)}: give a ModelConfig.")
    if not isinstance(tokenizer, Tokenizer):
        raise InputError(f"the tokenizer is {as_given(tokenizer)}: give one such as CharacterTokenizer.")
    if not isinstance(labels, (list, tuple)) or not all(isinstance(label, str) for label in labels):
        raise InputError(f"the labels are {as_given(labels)}: give a list or tuple of names.")
    if (config.answers == "next") == bool(labels) or len(set(labels)) != len(labels):
        raise InputError(
            f"the labels are {as_given(labels)}: give distinct names of what the model answers, and none if it answers "
            "with the next token."
        )
    if (config.inputs == "numbers") != (tokenizer.kind == "numbers"):
        raise InputError(f"the tokenizer reads {tokenizer.kind}: it does not go with inputs {config.inputs!r}.")
    if config.inputs != "embedding" and config.embedding_size != len(tokenizer):
        raise InputError(
            f"embedding_size is {config.embedding_size}: it must be {len(tokenizer)}, as many ids as the tokenizer has."
        )

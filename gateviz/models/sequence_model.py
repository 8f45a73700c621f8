"""SequenceModel: tokens -> embedding, one-hot rows or numbers -> nn.RNN, nn.LSTM or nn.GRU -> head.

    model = SequenceModel(ModelConfig("lstm", hidden_size=256, embedding_size=64), vocabulary, seed=0)
    model.logits("them").shape                                    # (4, len(model.outputs))
    gateviz.gradient_flow(model.recurrent, *model.loss_at("them", step=-1))

A model answers after each token: with the next token, with a class, or with a number (`ModelConfig.answers`). A class
is always that of what was read so far: after token t it is the model's answer to the text up to t, so that the last
row of the logits is its answer to the whole. Nothing here draws from torch's global random state, and there is no
dropout in the model (training applies its own), so a model answers the same in any mode.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from gateviz.data.tokenizing.tokens import Token, Tokenizer
from gateviz.errors import InputError
from gateviz.gradients.flow import gradient_flow
from gateviz.models.config import ModelConfig
from gateviz.models.initialisation import initialise, set_forget_bias, undrawn
from gateviz.recording.gate_sums import Contributions, contributions
from gateviz.recording.recorder import record
from gateviz.results.trace import CellName, GradientTrace, Trace

State = Tensor | tuple[Tensor, Tensor] | None
"""What is carried from one stretch of text to the next: h, or the LSTM's (h, c), each (layers, batch, unit)."""

PREFIXES_AT_ONCE = 32
"""How many beginnings of a text a bidirectional model reads in one batch: bounds memory, changes no figure."""

MODULES: dict[CellName, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class StepLoss(NamedTuple):
    """A loss at one step, in the order in which `gateviz.gradient_flow` takes its parts after the module."""

    inputs: Tensor
    """(1, time, width) what the recurrent module reads."""
    loss: Callable[[Tensor], Tensor]
    """Its output, (1, time, feature) or (time, feature), to a scalar."""


class SequenceModel(nn.Module):
    """A model whose recurrent module is the plain torch one, `model.recurrent`, batch first."""

    def __init__(
        self,
        config: ModelConfig,
        vocabulary: Tokenizer,
        labels: Sequence[str] = (),
        *,
        seed: int,
        forget_bias: float | None = None,
    ) -> None:
        """Draw the weights from `seed` by PyTorch's own defaults, without touching its global random state.

        Args:
            config: the shape.
            vocabulary: the tokenizer; its unknown can be read, and is never predicted.
            labels: names of the classes, or of the value; none for a model that answers with the next token.
            seed: the same one gives the same weights.
            forget_bias: the SUM of the LSTM's two forget biases in every layer, or None to leave them as drawn.

        Raises:
            InputError: a forget bias for a cell that has no forget gate, labels that do not suit the answers, or an
                embedding size that does not suit the vocabulary.
        """
        super().__init__()
        self.config = config
        self.vocabulary = vocabulary
        self.labels = tuple(labels)
        _check_parts(config, vocabulary, self.labels)
        width, hidden = config.embedding_size, config.hidden_size
        self.embedding = undrawn(nn.Embedding, len(vocabulary), width) if config.inputs == "embedding" else None
        self.recurrent = undrawn(
            MODULES[config.cell],
            width,
            hidden,
            num_layers=config.num_layers,
            bidirectional=config.bidirectional,
            batch_first=True,
        )
        self.head = undrawn(nn.Linear, hidden * config.num_directions, len(self.outputs))
        initialise(self.embedding, self.recurrent, self.head, torch.Generator().manual_seed(seed))
        if forget_bias is not None:
            set_forget_bias(self.recurrent, forget_bias)

    @property
    def cell(self) -> CellName:
        """The architecture: rnn, lstm or gru."""
        return self.config.cell

    @property
    def outputs(self) -> tuple[str, ...]:
        """What the columns of the logits are: tokens of the vocabulary, class names, or the name of the value."""
        return self.vocabulary.entries if self.config.answers == "next" else self.labels

    def forward(self, inputs: Tensor, state: State = None, lengths: Tensor | None = None) -> tuple[Tensor, State]:
        """Scores and final state of a batch.

        Args:
            inputs: (batch, time) ids, or (batch, time, features) numbers.
            state: of the batch before, or None.
            lengths: (batch,) how many of the steps are text, where some are padding.

        Returns:
            (batch, time, outputs), or for classes (batch, outputs); and the state.
        """
        output, state = self.run(self.read(inputs), state, lengths)
        return self.scores(output, lengths), state

    def read(self, inputs: Tensor) -> Tensor:
        """Ids (batch, time) or numbers (batch, time, features) as the recurrent module takes them, (.., width)."""
        if self.embedding is not None:
            embedded: Tensor = self.embedding(inputs)
            return embedded
        if self.config.inputs == "one-hot":
            return functional.one_hot(inputs, len(self.vocabulary)).to(self.head.weight)
        numbers = inputs.to(self.head.weight)
        return torch.cat((numbers[..., :1] / self.config.scale, numbers[..., 1:]), dim=-1)  # the marks have no unit

    def run(
        self, embedded: Tensor, state: State = None, lengths: Tensor | None = None, written: Tensor | None = None
    ) -> tuple[Tensor, State]:
        """The recurrent module on (batch, time, width): (batch, time, feature), zero where there is padding, and state.

        Padding stands after the text, so a model of one direction never reads it before its answer: only a model of
        two directions needs the lengths. `written` is for a model with a decoder, which this one does not have.
        """
        if written is not None:
            raise _no_decoder(self.config)
        if lengths is None or not self.config.bidirectional:
            output, state = self.recurrent(embedded, state)
            return output, state
        packed = nn.utils.rnn.pack_padded_sequence(embedded, lengths.cpu(), batch_first=True, enforce_sorted=False)
        output, state = self.recurrent(packed, state)
        padded = nn.utils.rnn.pad_packed_sequence(output, batch_first=True, total_length=embedded.shape[1])
        return padded[0], state

    def scores(self, output: Tensor, lengths: Tensor | None = None) -> Tensor:
        """The head on the module's output: of each step, or for classes on what each text is pooled to."""
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
        hidden = self.config.hidden_size  # the reverse direction's last step is the first token
        return torch.cat((last[:, :hidden], output[:, 0, hidden:]), dim=-1)

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of `text`, unknown ones included; their texts joined are `text`."""
        return self.vocabulary.tokenize(text)

    def encode(self, text: str) -> tuple[Any, ...]:
        """The id of each token of `text`; of numbers, the features of each."""
        return self.vocabulary.encode(text)

    def embed(self, ids: Sequence[Any]) -> Tensor:
        """What goes into the recurrent module, (1, time, width), cut off from the embedding's gradient.

        Args:
            ids: what `encode` gives.
        """
        kind = self.head.weight.dtype if self.config.inputs == "numbers" else torch.long
        return self.read(torch.tensor([list(ids)], dtype=kind, device=self.head.weight.device)).detach()

    def answer_length(self, text: str) -> int:  # noqa: ARG002
        """How many characters the model writes after `text`: 0, because it has no decoder."""
        return 0

    def write_all(self, texts: Sequence[str], answer_length: int | None = None) -> list[str]:  # noqa: ARG002
        """What the decoder writes for each text.

        Raises:
            InputError: always, because this model has no decoder.
        """
        raise _no_decoder(self.config)

    def write(self, text: str, answer_length: int | None = None) -> str:
        """What the decoder writes for the text; otherwise as `write_all`."""
        return self.write_all([text], answer_length)[0]

    def trace(self, text: str, answer_length: int | None = None) -> Trace:
        """Every gate at every token of `text`; `trace.tokens` are the tokens as typed.

        Args:
            text: what was typed.
            answer_length: how many characters a decoder writes; leave it out for a model without one (InputError).
        """
        self._check_answer_length(answer_length)
        tokens = tuple(token.text for token in self.tokenize(text))
        return replace(record(self.recurrent, self.embed(self.encode(text))), tokens=tokens)

    def contributions(self, text: str, answer_length: int | None = None) -> tuple[Contributions, ...]:
        """What each gate sums up at the steps of `trace`: once for each group of steps that share their weights."""
        self._check_answer_length(answer_length)
        return (contributions(self.recurrent, self.embed(self.encode(text))),)

    def _check_answer_length(self, answer_length: int | None) -> None:
        if answer_length:
            raise _no_decoder(self.config)

    def logits(self, text: str) -> NDArray[np.floating]:
        """What it answers after each token of `text`, (time, outputs): scores of tokens or classes, or values."""
        with torch.no_grad():
            embedded = self.embed(self.encode(text))
            if self.config.bidirectional:
                return self._prefix_scores(embedded)
            return self._step_scores(self.recurrent(embedded)[0])

    def logits_of(self, trace: Trace) -> NDArray[np.floating]:
        """The same from a trace of this model, without running it again where one run has all answers."""
        if self.config.bidirectional:
            return self.logits("".join(trace.tokens or ()))
        with torch.no_grad():
            return self._step_scores(torch.as_tensor(trace.output).to(self.head.weight.device))

    def _step_scores(self, output: Tensor) -> NDArray[np.floating]:
        """One direction: what is read up to a step does not depend on what follows. (1, time, feature)."""
        if self.config.answers == "class" and self.config.pooling == "mean":
            steps = torch.arange(1, output.shape[1] + 1, device=output.device)
            output = output.cumsum(dim=1) / steps[:, None]
        scores: Tensor = self.head(output[0])
        return (scores * self.config.scale if self.config.answers == "value" else scores).cpu().numpy()

    def _prefix_scores(self, embedded: Tensor) -> NDArray[np.floating]:
        """Two directions: each beginning of the text is a text of its own. (1, time, width)."""
        time = embedded.shape[1]
        rows = []
        for start in range(0, time, PREFIXES_AT_ONCE):
            lengths = torch.arange(start + 1, min(start + PREFIXES_AT_ONCE, time) + 1)
            beginnings = embedded[:, : int(lengths[-1])].expand(len(lengths), -1, -1)
            rows.append(self.scores(self.run(beginnings, None, lengths)[0], lengths))
        return torch.cat(rows).cpu().numpy()

    def loss_at(self, text: str, step: int) -> StepLoss:
        """A loss at one step, for `gateviz.gradient_flow(model.recurrent, *model.loss_at(text, step))`.

        Next token: -log p (nats) of the token that came next. Class: -log p of the model's own first guess, for nobody
        says what would be right; a model of two directions then reads the text up to `step` alone. Value: half the
        squared error, in the units the model works in. Where nothing came that could have been predicted (at the last
        step, before an unknown token) it is the loss of the model's own first guess, and of a value the value itself.

        Args:
            text: what was typed.
            step: 0-based; negative counts from the end.

        Raises:
            InputError: a step that the text does not have.
        """
        encoded = self.encode(text)
        if not -len(encoded) <= step < len(encoded):
            raise InputError(f"step must lie in 0..{len(encoded) - 1}, got {step}")
        step %= len(encoded)
        if self.config.answers == "class":
            return StepLoss(
                self.embed(encoded[: step + 1] if self.config.bidirectional else encoded), self._class_loss(step)
            )
        came = encoded[step + 1] if step + 1 < len(encoded) else None
        return StepLoss(
            self.embed(encoded),
            self._value_loss(step, came) if self.config.answers == "value" else self._token_loss(step, came),
        )

    def _token_loss(self, step: int, came: int | None) -> Callable[[Tensor], Tensor]:
        def loss(output: Tensor) -> Tensor:
            scores = self.head(output[..., step, :]).reshape(-1)  # (outputs,)
            nothing = came is None or came == self.vocabulary.unknown
            target = scores.argmax() if nothing else scores.new_tensor(came, dtype=torch.long)
            return functional.cross_entropy(scores, target)

        return loss

    def _class_loss(self, step: int) -> Callable[[Tensor], Tensor]:
        def loss(output: Tensor) -> Tensor:
            read = output.reshape(1, -1, output.shape[-1])[:, : step + 1]
            scores = self.scores(read)[0]  # (classes,)
            return functional.cross_entropy(scores, scores.argmax())

        return loss

    def _value_loss(self, step: int, came: Sequence[float] | None) -> Callable[[Tensor], Tensor]:
        series = len(self.vocabulary) == 1  # of several features the next one's value is not what was asked for

        def loss(output: Tensor) -> Tensor:
            value: Tensor = self.head(output[..., step, :]).reshape(())
            return value if came is None or not series else (value - came[0] / self.config.scale).square() / 2

        return loss

    def gradients(self, text: str, step: int, answer_length: int | None = None) -> GradientTrace:
        """How the loss of `loss_at` answers to every state and input, with the tokens as typed.

        Args:
            text: what was typed.
            step: 0-based among the steps of `trace`; negative counts from the end.
            answer_length: as for `trace`.
        """
        self._check_answer_length(answer_length)
        tokens = tuple(token.text for token in self.tokenize(text))
        parts = self.loss_at(text, step)
        read = parts.inputs.shape[1]  # fewer where a model of two directions reads a beginning only
        return replace(gradient_flow(self.recurrent, *parts), tokens=tokens[:read])

    def untrained(self, seed: int, forget_bias: float | None = None) -> Self:
        """A model of the same shape and vocabulary as PyTorch would start it, drawn from `seed` alone.

        `forget_bias` is the SUM of the LSTM's two forget biases; other cells have none and raise InputError.
        """
        model = type(self)(self.config, self.vocabulary, self.labels, seed=seed, forget_bias=forget_bias)
        return model.to(self.head.weight)

    def clone(self) -> Self:
        """A copy whose weights can be changed, or cast with `.double()`, without changing this one."""
        return copy.deepcopy(self)


def _no_decoder(config: ModelConfig) -> InputError:
    return InputError(f"only a model that answers with a text writes one; this model's answers are {config.answers!r}")


def _check_parts(config: ModelConfig, vocabulary: Tokenizer, labels: tuple[str, ...]) -> None:
    """Refuse a vocabulary or labels that do not go with the config."""
    if (config.answers == "next") == bool(labels) or len(set(labels)) != len(labels):
        raise InputError(
            "labels must be distinct names of what the model answers; one that answers with the next token has none"
        )
    if (config.inputs == "numbers") != (vocabulary.kind == "numbers"):
        raise InputError(f"a vocabulary of {vocabulary.kind} does not go with inputs of the kind {config.inputs!r}")
    if config.inputs != "embedding" and config.embedding_size != len(vocabulary):
        raise InputError(
            f"embedding_size must be {len(vocabulary)}, as the vocabulary has it, got {config.embedding_size}"
        )

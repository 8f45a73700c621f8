"""SequenceModel: a network that reads a text and answers after each token.

    model = SequenceModel(ModelConfig("lstm", hidden_size=256, embedding_size=64), tokenizer, seed=0)
    model.logits("them").shape                                    # (4, len(model.outputs))
    model.trace(["them", "us"]).lengths                           # [4, 2]: a list of texts is read as a batch
    gateviz.gradient_flow(model.recurrent, *model.loss_at("them", step=-1))

The answer is the next token, a class, or a number (`ModelConfig.answers`). A class is always that of the text so far:
after token t it is the answer to the text up to t, so the last row of the logits is the answer to the whole text.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, overload

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gateviz.data.tokenizing.tokens import Token
from gateviz.data.tokenizing.typed_text import check_text, check_texts
from gateviz.errors import InputError, TextError
from gateviz.gradients.flow import gradient_flow
from gateviz.models.batches import batch_of, padded
from gateviz.models.network import RecurrentNetwork, no_decoder
from gateviz.models.step_losses import StepLoss, step_loss
from gateviz.recording.gate_sums import GateSums, contributions
from gateviz.recording.interventions import Clamp, checked_clamps, clamps_within, run_with
from gateviz.results.arguments import whole_number
from gateviz.results.trace import GradientTrace, Trace

Texts = list[str] | tuple[str, ...]

PREFIXES_AT_ONCE = 32
"""How many beginnings of a text a bidirectional model reads in one batch: it bounds memory and changes no figure."""


class SequenceModel(RecurrentNetwork):
    """A network with the texts that it reads: `trace`, `logits` and `gradients` take a text."""

    @overload
    def tokenize(self, text: str) -> tuple[Token, ...]: ...
    @overload
    def tokenize(self, text: Texts) -> tuple[tuple[Token, ...], ...]: ...
    def tokenize(self, text: str | Texts) -> tuple[Token, ...] | tuple[tuple[Token, ...], ...]:
        """The tokens of a text, including unknown ones; for a list of texts, those of each.

        The texts of the tokens joined are the text.

        Raises:
            TextError: neither a str nor a list of them, or a word that should be a number and is none.
        """
        if isinstance(text, str):
            return self.tokenizer.tokenize(text)
        return tuple(map(self.tokenizer.tokenize, check_texts(text)))

    @overload
    def encode(self, text: str) -> tuple[Any, ...]: ...
    @overload
    def encode(self, text: Texts) -> tuple[tuple[Any, ...], ...]: ...
    def encode(self, text: str | Texts) -> tuple[Any, ...]:
        """The id of each token of a text, or the features of each number; for a list of texts, those of each.

        Raises:
            TextError: as `tokenize`.
        """
        if isinstance(text, str):
            return self.tokenizer.encode(text)
        return tuple(map(self.tokenizer.encode, check_texts(text)))

    def _embedded(self, text: str) -> Tensor:
        """What the recurrent module reads of one text that is not empty, (1, time, width)."""
        return self.embed(self._ids(text))

    def _token_texts(self, text: str) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokenizer.tokenize(text))

    def _ids(self, text: str) -> tuple[Any, ...]:
        ids = self.tokenizer.encode(text)
        if not ids:
            raise TextError("the text is empty: give at least one character.", code="error.empty")
        return ids

    def answer_length(self, text: str) -> int:
        """How many characters the model writes after `text`: 0, because it has no decoder."""
        check_text(text)
        return 0

    def write_all(self, texts: Sequence[str], answer_length: int | None = None) -> list[str]:  # noqa: ARG002
        """What the decoder writes for each text.

        Raises:
            InputError: always, because this model has no decoder.
        """
        raise no_decoder(self.config)

    def write(self, text: str, answer_length: int | None = None) -> str:
        """What the decoder writes for one text; otherwise as `write_all`."""
        return self.write_all([check_text(text)], answer_length)[0]

    def trace(self, text: str | Texts, answer_length: int | None = None, clamps: Sequence[Clamp] = ()) -> Trace:
        """Every gate at every token of a text, or of each text of a list.

        Args:
            text: a text; or a list or tuple of texts, which is read as a batch, one after another.
            answer_length: how many characters a decoder writes; leave it out for a model without one.
            clamps: which signals are held, as in `gateviz.run_with`. Their steps are those of the trace, from 0: a step
                before a decoder's first holds the encoder, a later one the decoder, which then writes something else.

        Returns:
            A Trace with arrays (1, time, unit) and the tokens as typed. For a list the arrays are (batch, time, unit)
            with NaN after the end of each text, `lengths` has the number of tokens of each, and `tokens` is a tuple
            of tuples.

        Raises:
            TextError: an empty text, or something that is no text.
            InputError: an answer length for a model without a decoder, or no list of clamps.
            SignalError, ShapeError: as `gateviz.run_with`.
        """
        clamps = checked_clamps(clamps)
        if isinstance(text, str):
            return self._trace(text, answer_length, clamps)
        return batch_of([self._trace(each, answer_length, clamps) for each in check_texts(text)])

    def _trace(self, text: str, answer_length: int | None, clamps: Sequence[Clamp]) -> Trace:
        self._check_answer_length(answer_length)
        return replace(run_with(self.recurrent, self._embedded(text), clamps), tokens=self._token_texts(text))

    def contributions(
        self, text: str, answer_length: int | None = None, clamps: Sequence[Clamp] = ()
    ) -> tuple[GateSums, ...]:
        """What each gate sums up at the steps of `trace`: one item for each group of steps with the same weights."""
        self._check_answer_length(answer_length)
        return (contributions(self.recurrent, self._embedded(text), clamps=clamps),)

    def _check_answer_length(self, answer_length: int | None) -> None:
        if answer_length is not None and whole_number("answer_length", answer_length, least=0):
            raise no_decoder(self.config)

    def logits(self, text: str | Texts) -> NDArray[np.floating]:
        """What the model answers after each token: scores of tokens or classes, or values.

        Args:
            text: as for `trace`.

        Returns:
            (time, outputs); for a list of texts (batch, time, outputs) with NaN after the end of each text.

        Raises:
            TextError: as `trace`.
        """
        if isinstance(text, str):
            return self._logits(text)
        return padded([self._logits(each) for each in check_texts(text)])

    def _logits(self, text: str) -> NDArray[np.floating]:
        with torch.no_grad():
            embedded = self._embedded(text)
            if self.config.bidirectional:
                return self._prefix_scores(embedded, ())
            return self._step_scores(self.recurrent(embedded)[0])

    def logits_of(self, trace: Trace, clamps: Sequence[Clamp] = ()) -> NDArray[np.floating]:
        """The logits from a trace of one text by this model; only a model of two directions reads the text again.

        Args:
            trace: what `trace` gave for one text.
            clamps: those with which it was given. They also hold what a model of two directions reads of each beginning
                of the text.
        """
        if len(trace.lengths) != 1:
            raise InputError(f"the trace is of {len(trace.lengths)} texts: give the trace of one.")
        with torch.no_grad():
            if self.config.bidirectional:
                return self._prefix_scores(self._embedded("".join(trace.tokens_of(0))), clamps)
            return self._step_scores(torch.as_tensor(trace.output).to(self.head.weight))

    def _step_scores(self, output: Tensor) -> NDArray[np.floating]:
        """For one direction, whose output at a step does not depend on what follows: (1, time, feature) -> logits."""
        if self.config.answers == "class" and self.config.pooling == "mean":
            steps = torch.arange(1, output.shape[1] + 1, device=output.device)
            output = output.cumsum(dim=1) / steps[:, None]
        scores: Tensor = self.head(output[0])
        return (scores * self.config.scale if self.config.answers == "value" else scores).cpu().numpy()

    def _prefix_scores(self, embedded: Tensor, clamps: Sequence[Clamp]) -> NDArray[np.floating]:
        """For two directions, which read each beginning of the text by itself: (1, time, width) -> logits."""
        time = embedded.shape[1]
        rows = []
        for start in range(0, time, PREFIXES_AT_ONCE):
            lengths = torch.arange(start + 1, min(start + PREFIXES_AT_ONCE, time) + 1)
            beginnings = embedded[:, : int(lengths[-1])].expand(len(lengths), -1, -1)
            if clamps:
                output = self._held_output(beginnings, lengths, clamps_within(clamps, 0, int(lengths[-1]), time))
            else:
                output = self.recurrent_output(beginnings, None, lengths)[0]
            rows.append(self.scores(output, lengths))
        return torch.cat(rows).cpu().numpy()

    def _held_output(self, embedded: Tensor, lengths: Tensor, clamps: Sequence[Clamp]) -> Tensor:
        """`recurrent_output` with signals that are held."""
        packed = nn.utils.rnn.pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
        output = run_with(self.recurrent, packed, clamps).output  # NaN in the padding
        return torch.as_tensor(np.nan_to_num(output)).to(embedded)

    def loss_at(self, text: str, step: int) -> StepLoss:
        """A loss at one step, for `gateviz.gradient_flow(model.recurrent, *model.loss_at(text, step))`.

        Next token: -log p (nats) of the token that came next. Class: -log p of the model's own first guess, because
        nobody says what would be right; a model of two directions then reads only the text up to `step`. Value: half
        the squared error, in the units in which the model works. At the last step and before an unknown token nothing
        came that could be predicted: the loss is then that of the model's own first guess, or the value itself.

        Args:
            text: what was typed.
            step: 0-based; negative counts from the end.

        Raises:
            TextError: an empty text, or something that is not one text.
            InputError: a step that the text does not have.
        """
        ids = self._ids(check_text(text))
        return step_loss(self, ids, checked_step(step, len(ids)))

    def gradients(self, text: str, step: int, answer_length: int | None = None) -> GradientTrace:
        """How the loss of `loss_at` depends on every state and input, with the tokens as typed.

        Args:
            text: what was typed.
            step: 0-based among the steps of `trace`; negative counts from the end.
            answer_length: as for `trace`.

        Raises:
            TextError, InputError: as `loss_at` and `trace`.
        """
        self._check_answer_length(answer_length)
        parts = self.loss_at(text, step)
        read = parts.inputs.shape[1]  # a model of two directions reads only the beginning
        return replace(gradient_flow(self.recurrent, *parts), tokens=self._token_texts(text)[:read])


def checked_step(step: int, steps: int) -> int:
    """A step as a number from 0; a negative one counts from the end.

    Raises:
        InputError: a step outside -steps .. steps - 1.
    """
    return whole_number("step", step, -steps, steps - 1) % steps

"""EncoderDecoder: an encoder that reads a text and a decoder that writes another, without attention.

    model = EncoderDecoder(config, tokenizer, labels, seed=0)
    model.write("15 March 2021")                                  # "2021-03-15", once it is trained
    model.trace("15 March 2021").tokens                           # ('1', '5', ..., '→', '2', '0', ..., '5')

The decoder knows the text only by the encoder's last state. It first reads the mark START, then each character that it
has written itself, always the likeliest one, until it writes the mark END. A trace has the steps of both: those of the
encoder over the typed characters, then those of the decoder over what it read.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.data.tokenizing.typed_text import check_texts
from gateviz.errors import InputError, as_given
from gateviz.gradients.chains import Chain
from gateviz.models.config import ModelConfig
from gateviz.models.initialisation import generator_of, initialise, set_forget_bias, undrawn
from gateviz.models.network import MODULES, State
from gateviz.models.sequence_model import SequenceModel, checked_step
from gateviz.models.step_losses import StepLoss, guess_loss
from gateviz.recording.gate_sums import GateSums
from gateviz.recording.interventions import Clamp, clamps_within, run_with
from gateviz.results.arguments import whole_number
from gateviz.results.trace import Array, GradientTrace, LayerGradient, Trace

START = "→"
"""The token of the decoder's first step, at which it reads the embedding of END."""

END = "¶"
"""The last label, which the decoder writes at the end."""

DECODER_SEED = 2**32

LONGEST = 32
"""The decoder writes at most so many characters."""


class EncoderDecoder(SequenceModel):
    """A SequenceModel whose `recurrent` is the encoder and whose answers come from a second module, `decoder`."""

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
            config: the shape of both the encoder and the decoder; it answers with a text.
            tokenizer: cuts the text that the encoder reads.
            labels: the characters that the decoder can write; the last of them is END.
            seed: the same one gives the same weights.
            forget_bias: the SUM of the LSTMs' two forget biases in every layer, or None to leave them as drawn.

        Raises:
            InputError: a config of another kind, labels without END, or a forget bias for a cell that has none.
        """
        super().__init__(config, tokenizer, labels, seed=seed, forget_bias=forget_bias)
        if config.answers != "text" or config.inputs != "embedding":
            raise InputError(
                f"the config has inputs {config.inputs!r} and answers {config.answers!r}: a model with a decoder needs "
                "inputs 'embedding' and answers 'text'."
            )
        if self.labels[-1] != END or any(len(label) != 1 or label == START for label in self.labels):
            raise InputError(
                f"the labels are {as_given(labels)}: give the single characters that can be written, {END!r} the last."
            )
        width, hidden = config.embedding_size, config.hidden_size
        self.written = undrawn(nn.Embedding, len(self.labels), width)
        self.decoder = undrawn(MODULES[config.cell], width, hidden, num_layers=config.num_layers, batch_first=True)
        own = generator_of(seed, DECODER_SEED)  # `seed` itself would draw the encoder's weights again
        initialise(self.written, self.decoder, self.head, own)
        if forget_bias is not None:
            set_forget_bias(self.decoder, forget_bias)

    def recurrent_output(
        self, embedded: Tensor, state: State = None, lengths: Tensor | None = None, written: Tensor | None = None
    ) -> tuple[Tensor, State]:
        """The encoder on (batch, time, width): its output, zero in the padding, and its last state.

        With `written`, ids of labels (batch, time), the decoder then reads them, and the output and state are the
        decoder's.
        """
        if lengths is None:
            output, state = super().recurrent_output(embedded, state)
        else:
            output, state = self._packed_output(embedded, state, lengths)
        return (output, state) if written is None else self.decode(written, state)

    def decode(self, written: Tensor, state: State) -> tuple[Tensor, State]:
        """The decoder on ids of labels (batch, time), from the encoder's last state: (batch, time, hidden) and state.

        The first id of each text is that of END, whose embedding is also that of START.
        """
        output, state = self.decoder(self.written(written), state)
        return output, state

    def forward(self, inputs: Tensor, state: State = None, lengths: Tensor | None = None) -> tuple[Tensor, State]:
        """Scores of what the decoder would write first, (batch, outputs), and the encoder's last state.

        Args:
            inputs: (batch, time) ids.
            state: of the encoder before, or None.
            lengths: (batch,) how many of the steps are text, if some are padding.
        """
        self._check_batch(inputs)
        _, state = self.recurrent_output(self.read(inputs), state, lengths)
        return self._first_scores(state), state

    def answer_length(self, text: str) -> int:
        """How many characters the decoder writes for `text` before its END."""
        return len(self.write(text))

    def write_all(self, texts: Sequence[str], answer_length: int | None = None) -> list[str]:
        """What the decoder writes for each text, in one batch.

        Args:
            texts: what is read; each has a character at least.
            answer_length: write exactly so many characters, END included; None: write up to END, and leave it out.

        Raises:
            TextError: an empty text, or something that is no list of texts.
            InputError: an answer length that is no whole number from 0 to LONGEST.
        """
        if answer_length is not None:
            answer_length = whole_number("answer_length", answer_length, least=0, most=LONGEST)
        ids = [torch.tensor(self._ids(text), dtype=torch.long) for text in check_texts(texts)]
        device, end = self.head.weight.device, len(self.labels) - 1
        lengths = torch.tensor([len(row) for row in ids])
        with torch.no_grad():
            padded = nn.utils.rnn.pad_sequence(ids, batch_first=True).to(device)
            _, state = self.recurrent_output(self.read(padded), None, lengths)
            last = torch.full((len(ids), 1), end, device=device)
            written = last[:, :0]  # (batch, characters)
            for _ in range(LONGEST if answer_length is None else answer_length):
                output, state = self.decode(last, state)
                last = self.head(output).argmax(dim=-1)  # (batch, 1)
                written = torch.cat((written, last), dim=1)
                if answer_length is None and bool((written == end).any(dim=1).all()):
                    break
        rows = ["".join(self.labels[index] for index in row) for row in written.tolist()]
        return [row.split(END)[0] for row in rows] if answer_length is None else rows

    def _trace(self, text: str, answer_length: int | None, clamps: Sequence[Clamp]) -> Trace:
        """Every gate at every character of `text`, then at START and at every character that the decoder wrote.

        With the same `answer_length` the traces of several models are equally long.
        """
        ids = self._ids(text)
        written = self._write_held(ids, answer_length, clamps) if clamps else self.write(text, answer_length)
        tokens = (*self._token_texts(text), START, *written)
        return replace(self._chain(ids, written).record(*_parted(clamps, len(ids), len(written) + 1)), tokens=tokens)

    def contributions(
        self, text: str, answer_length: int | None = None, clamps: Sequence[Clamp] = ()
    ) -> tuple[GateSums, ...]:
        """What each gate sums up at the steps of `trace`: at those of the encoder, and at those of the decoder."""
        ids = self._ids(text)
        written = self._write_held(ids, answer_length, clamps) if clamps else self.write(text, answer_length)
        return self._chain(ids, written).contributions(*_parted(clamps, len(ids), len(written) + 1))

    def _write_held(self, ids: Sequence[int], answer_length: int | None, clamps: Sequence[Clamp]) -> str:
        """What the decoder writes while signals are held: a step at a time, from the state after the one before."""
        state = _state_of(run_with(self.recurrent, self.embed(ids), _parted(clamps, len(ids), 0)[0]))
        written, last = "", END
        for count in range(LONGEST if answer_length is None else answer_length):
            here = clamps_within(clamps, len(ids) + count, 1, len(ids) + 1 + LONGEST)
            trace = run_with(self.decoder, self._embed_written(last)[:, 1:], here, state)
            last, state = self.labels[int(self._scores_of(trace)[0].argmax())], _state_of(trace)
            if answer_length is None and last == END:
                break
            written += last
        return written

    def _logits(self, text: str) -> NDArray[np.floating]:
        """Scores of what the decoder writes, (time, outputs), for the steps of `trace`.

        At a step of the decoder they are of the next character. At a step of the encoder they are of the first
        character that the decoder would write if the text ended there.
        """
        return self.logits_of(self._trace(text, None, ()))

    def logits_of(self, trace: Trace, clamps: Sequence[Clamp] = ()) -> NDArray[np.floating]:
        """The same from a trace of this model, made with those clamps.

        What holds the decoder's first step also holds it after each beginning of the text.
        """
        steps = decoder_step(trace)
        names = ("hidden_state", "cell_state") if self.cell == "lstm" else ("hidden_state",)
        layers = [trace.layer(index) for index in range(trace.num_layers)]
        parts = [
            torch.stack([torch.as_tensor(layer[name][0, :steps]).to(self.head.weight) for layer in layers])
            for name in names
        ]  # (layers, time, hidden) each: the encoder's states after each beginning of the text
        state = (parts[0], parts[1]) if len(parts) > 1 else parts[0]
        with torch.no_grad():
            here = clamps_within(clamps, steps, 1, steps + 1 + LONGEST)
            first = self._held_first_scores(state, here) if here else self._first_scores(state)
            later = self._scores_of(trace)[steps:]
        return torch.cat((first, later)).cpu().numpy()

    def loss_at(self, text: str, step: int) -> StepLoss:  # noqa: ARG002
        """A loss of the encoder's output alone, which does not exist: the decoder goes on from the whole state.

        Raises:
            InputError: always; use `gradients`.
        """
        raise InputError(
            "the loss of a model that answers with a text is the decoder's: use model.gradients(text, step)."
        )

    def gradients(self, text: str, step: int, answer_length: int | None = None) -> GradientTrace:
        """How a loss at one step of `trace` depends on every state before it, in the encoder and in the decoder.

        The loss is -log p (nats) of the model's own first guess, because nobody says what would be right. At a step of
        the encoder the guess is the first character that the decoder would write if the text ended there.

        Args:
            text: what was typed.
            step: 0-based among the steps of `trace`; negative counts from the end.
            answer_length: as in `write_all`.

        Raises:
            InputError: a step that the trace does not have.
        """
        written, ids = self.write(text, answer_length), self._ids(text)
        tokens = (*self._token_texts(text), START, *written)
        step = checked_step(step, len(tokens))
        if step >= len(ids):
            flow = self._chain(ids, written).gradient_flow(guess_loss(self, step - len(ids)))
            return replace(flow, tokens=tokens)
        beginning = self._chain(ids[: step + 1], "")
        return _with_zeros(beginning.gradient_flow(guess_loss(self, 0)), step + 1, len(tokens), tokens)

    def _chain(self, ids: Sequence[int], written: str) -> Chain:
        return Chain(self.recurrent, self.embed(ids), self.decoder, self._embed_written(written))

    def _embed_written(self, written: str) -> Tensor:
        """What the decoder reads, (1, time, width): START, then what it wrote."""
        ids = [len(self.labels) - 1, *map(self.labels.index, written)]
        embedded: Tensor = self.written(torch.tensor([ids], device=self.head.weight.device))
        return embedded.detach()

    def _first_scores(self, state: State) -> Tensor:
        """(batch, outputs) from encoder states, each (layers, batch, hidden)."""
        batch = (state[0] if isinstance(state, tuple) else state).shape[1]  # type: ignore[union-attr]
        start = torch.full((batch, 1), len(self.labels) - 1, device=self.head.weight.device)
        scores: Tensor = self.head(self.decode(start, state)[0][:, 0])
        return scores

    def _held_first_scores(self, state: State, clamps: Sequence[Clamp]) -> Tensor:
        """The same while signals are held at the decoder's first step."""
        batch = (state[0] if isinstance(state, tuple) else state).shape[1]  # type: ignore[union-attr]
        trace = run_with(self.decoder, self._embed_written("").expand(batch, -1, -1), clamps, state)
        scores: Tensor = self.head(torch.as_tensor(trace.output[:, 0]).to(self.head.weight))
        return scores

    def _scores_of(self, trace: Trace) -> Tensor:
        """(time, outputs) of the one text of a trace of the decoder."""
        scores: Tensor = self.head(torch.as_tensor(trace.output[0]).to(self.head.weight)).detach()
        return scores


def decoder_step(trace: Trace) -> int:
    """The decoder's first step in a trace: that of the last START, because the decoder cannot write a START.

    Raises:
        InputError: the trace has no START, so its model has no decoder.
    """
    tokens = trace.tokens_of(0)
    if START not in tokens:
        raise InputError(f"the trace has no token {START!r}: give the trace of a model that answers with a text.")
    return len(tokens) - 1 - tokens[::-1].index(START)


def _parted(clamps: Sequence[Clamp], typed: int, written: int) -> tuple[tuple[Clamp, ...], tuple[Clamp, ...]]:
    """The clamps of a trace as those of the encoder and of the decoder, of so many steps each."""
    total = typed + 1 + LONGEST
    return clamps_within(clamps, 0, typed, total), clamps_within(clamps, typed, written, total)


def _state_of(trace: Trace) -> State:
    """The state after the last step, as torch takes it."""
    final = trace.final_state
    parts = [torch.as_tensor(part) for part in (final if isinstance(final, tuple) else (final,))]
    return (parts[0], parts[1]) if len(parts) > 1 else parts[0]


def _with_zeros(flow: GradientTrace, kept: int, steps: int, tokens: tuple[str, ...]) -> GradientTrace:
    """The gradients of the first `kept` steps, and zeros at all later steps of the trace."""

    def stretched(array: Array) -> Array:
        whole = np.zeros((array.shape[0], steps, array.shape[2]), dtype=array.dtype)
        whole[:, :kept] = array[:, :kept]
        return whole

    def layer(one: LayerGradient) -> LayerGradient:
        cells = None if one.cell_state is None else stretched(one.cell_state)
        return replace(one, hidden_state=stretched(one.hidden_state), cell_state=cells, direct=stretched(one.direct))

    return replace(
        flow,
        lengths=np.full_like(flow.lengths, steps),
        inputs=stretched(flow.inputs),
        layers=tuple(map(layer, flow.layers)),
        tokens=tokens,
    )

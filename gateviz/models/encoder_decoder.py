"""EncoderDecoder: an encoder that reads a text and a decoder that writes another, without attention.

    model = EncoderDecoder(config, vocabulary, labels, seed=0)
    model.write("15 March 2021")                                  # "2021-03-15", once it is trained
    model.trace("15 March 2021").tokens                           # ('1', '5', ..., '→', '2', '0', ..., '5')

All that the decoder knows of the text is the encoder's last state. It first reads a mark, START, then each character
that it wrote itself, the likeliest one each time, until it writes the mark that ends it, END. A trace is the joined
picture: the encoder's steps over the typed characters, then the decoder's steps over what it read.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.errors import InputError
from gateviz.gradients.chains import Chain
from gateviz.models.config import ModelConfig
from gateviz.models.initialisation import initialise, set_forget_bias, undrawn
from gateviz.models.sequence_model import MODULES, SequenceModel, State, StepLoss
from gateviz.recording.gate_sums import Contributions
from gateviz.results.trace import Array, GradientTrace, LayerGradient, Trace

START = "→"
"""What the decoder's first step is shown as; it reads the embedding of END there, which it reads nowhere else."""

END = "¶"
"""The last label: what the decoder writes when it is done."""

DECODER_SEED = 2**32

LONGEST = 32
"""The decoder is stopped after so many characters, if it does not stop itself."""


class EncoderDecoder(SequenceModel):
    """A SequenceModel whose `recurrent` is the encoder and whose answers come from a second module, `decoder`."""

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
            config: the shape of encoder and decoder alike, of the kind that answers with a text.
            vocabulary: the tokenizer of what is read.
            labels: the characters that the decoder can write, END the last of them.
            seed: the same one gives the same weights.
            forget_bias: the SUM of the LSTMs' two forget biases in every layer, or None to leave them as drawn.

        Raises:
            InputError: a config of another kind, labels without END, or a forget bias for a cell that has none.
        """
        if config.answers != "text" or config.inputs != "embedding":
            raise InputError("a model that answers with a text reads embeddings, and its config says so")
        if not labels or labels[-1] != END or any(len(label) != 1 or label == START for label in labels):
            raise InputError(f"labels must be the single characters that can be written, the last of them {END!r}")
        super().__init__(config, vocabulary, labels, seed=seed, forget_bias=forget_bias)
        width, hidden = config.embedding_size, config.hidden_size
        self.written = undrawn(nn.Embedding, len(self.labels), width)
        self.decoder = undrawn(MODULES[config.cell], width, hidden, num_layers=config.num_layers, batch_first=True)
        own = torch.Generator().manual_seed(seed + DECODER_SEED)  # `seed` itself would draw the encoder's weights again
        initialise(self.written, self.decoder, self.head, own)
        if forget_bias is not None:
            set_forget_bias(self.decoder, forget_bias)

    def run(
        self, embedded: Tensor, state: State = None, lengths: Tensor | None = None, written: Tensor | None = None
    ) -> tuple[Tensor, State]:
        """The encoder on (batch, time, width): its output, zero where there is padding, and its last state.

        With `written`, ids of labels (batch, time), the decoder then reads them, and output and state are its own.
        """
        if lengths is None:
            output, state = super().run(embedded, state)
        else:
            packed = nn.utils.rnn.pack_padded_sequence(embedded, lengths.cpu(), batch_first=True, enforce_sorted=False)
            packed_output, state = self.recurrent(packed, state)
            output, _ = nn.utils.rnn.pad_packed_sequence(
                packed_output, batch_first=True, total_length=embedded.shape[1]
            )
        return (output, state) if written is None else self.decode(written, state)

    def decode(self, written: Tensor, state: State) -> tuple[Tensor, State]:
        """The decoder on ids of labels (batch, time), from the encoder's last state: (batch, time, hidden), and state.

        The first id of each text is that of END, which stands for START where it is read.
        """
        output, state = self.decoder(self.written(written), state)
        return output, state

    def forward(self, inputs: Tensor, state: State = None, lengths: Tensor | None = None) -> tuple[Tensor, State]:
        """Scores of what the decoder would write first, (batch, outputs), and the encoder's last state.

        Args:
            inputs: (batch, time) ids.
            state: of the encoder before, or None.
            lengths: (batch,) how many of the steps are text, where some are padding.
        """
        _, state = self.run(self.read(inputs), state, lengths)
        return self._first_scores(state), state

    def answer_length(self, text: str) -> int:
        """How many characters the decoder writes for `text` before its END."""
        return len(self.write(text))

    def write_all(self, texts: Sequence[str], answer_length: int | None = None) -> list[str]:
        """What the decoder writes for each text, in one batch.

        Args:
            texts: what is read; each has a character at least (InputError).
            answer_length: exactly so many characters, END among them; None: up to the first END, without it.
        """
        ids = [torch.tensor(self.encode(text), dtype=torch.long) for text in texts]
        if not ids or not all(map(len, ids)):
            raise InputError("there must be texts, and each must have a character")
        device, end = self.head.weight.device, len(self.labels) - 1
        lengths = torch.tensor([len(row) for row in ids])
        with torch.no_grad():
            padded = nn.utils.rnn.pad_sequence(ids, batch_first=True).to(device)
            _, state = self.run(self.read(padded), None, lengths)
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

    def trace(self, text: str, answer_length: int | None = None) -> Trace:
        """Every gate at every character of `text`, then at START and at every character that the decoder wrote.

        Args:
            text: what was typed.
            answer_length: as in `write_all`; with the same one the traces of several models are equally long.
        """
        written = self.write(text, answer_length)
        tokens = (*(token.text for token in self.tokenize(text)), START, *written)
        return replace(self._chain(text, written).record(), tokens=tokens)

    def contributions(self, text: str, answer_length: int | None = None) -> tuple[Contributions, ...]:
        """What each gate sums up at the steps of `trace`: at those of the encoder, and at those of the decoder."""
        return self._chain(text, self.write(text, answer_length)).contributions()

    def logits(self, text: str) -> NDArray[np.floating]:
        """Scores of what the decoder writes, (time, outputs), for the steps of `trace`.

        At the decoder's steps of the next character; at the encoder's of what the decoder would write first if the
        text ended there.
        """
        return self.logits_of(self.trace(text))

    def logits_of(self, trace: Trace) -> NDArray[np.floating]:
        """The same from a trace of this model."""
        steps = decoder_step(trace)
        names = ("hidden_state", "cell_state") if self.cell == "lstm" else ("hidden_state",)
        layers = [trace.layer(index) for index in range(trace.num_layers)]
        parts = [
            torch.stack([torch.as_tensor(layer[name][0, :steps]).to(self.head.weight) for layer in layers])
            for name in names
        ]  # (layers, time, hidden) each: the encoder's states, one beginning of the text a row
        with torch.no_grad():
            first = self._first_scores((parts[0], parts[1]) if len(parts) > 1 else parts[0])
            later = self.head(torch.as_tensor(trace.output[0, steps:]).to(self.head.weight))
        return torch.cat((first, later)).cpu().numpy()

    def loss_at(self, text: str, step: int) -> StepLoss:  # noqa: ARG002
        """A loss of the encoder's output alone: there is none, for the decoder goes on from all of the state.

        Raises:
            InputError: always; `gradients` has what is wanted.
        """
        raise InputError(
            "a model that answers with a text has its loss in the decoder: use model.gradients(text, step)"
        )

    def gradients(self, text: str, step: int, answer_length: int | None = None) -> GradientTrace:
        """How a loss at one step of `trace` answers to every state before it, in the encoder and in the decoder.

        The loss is -log p (nats) of the model's own first guess: nobody says what would be right. At a step of the
        encoder it is that of the first character that would be written if the text ended there.

        Args:
            text: what was typed.
            step: 0-based among the steps of `trace`; negative counts from the end.
            answer_length: as in `write_all`.

        Raises:
            InputError: a step that the trace does not have.
        """
        written, read = self.write(text, answer_length), len(self.encode(text))
        length = read + 1 + len(written)
        if not -length <= step < length:
            raise InputError(f"step must lie in 0..{length - 1}, got {step}")
        step %= length
        if step >= read:
            flow = self._chain(text, written).gradient_flow(self._guess_loss(step - read))
            return replace(flow, tokens=(*text, START, *written))
        beginning = Chain(
            self.recurrent, self.embed(self.encode(text)[: step + 1]), self.decoder, self._embed_written("")
        )
        return _shown(beginning.gradient_flow(self._guess_loss(0)), step + 1, length, (*text, START, *written))

    def _chain(self, text: str, written: str) -> Chain:
        return Chain(self.recurrent, self.embed(self.encode(text)), self.decoder, self._embed_written(written))

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

    def _guess_loss(self, step: int) -> Callable[[Tensor], Tensor]:
        def loss(output: Tensor) -> Tensor:
            scores = self.head(output[..., step, :]).reshape(-1)  # (outputs,)
            return functional.cross_entropy(scores, scores.argmax())

        return loss


def decoder_step(trace: Trace) -> int:
    """The first step of a trace that is the decoder's: the last START, for the decoder cannot write one.

    Raises:
        InputError: the trace has none: it is not that of a model with a decoder.
    """
    tokens = trace.tokens or ()
    if START not in tokens:
        raise InputError("this is not the trace of a model that answers with a text")
    return len(tokens) - 1 - tokens[::-1].index(START)


def _shown(flow: GradientTrace, kept: int, steps: int, tokens: tuple[str, ...]) -> GradientTrace:
    """The gradients of the first `kept` steps, and zeros for the others that a whole trace would have."""

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

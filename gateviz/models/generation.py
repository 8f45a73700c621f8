"""Texts sampled from a model that answers with the next token: one token at a time, or many texts at once.

    stream = gateviz.generate(model, "The Time ", temperature=0.8, seed=1, max_steps=50)
    for token in stream: print(token.text, end="")
    stream.text                                     # the prompt and the tokens sampled so far
    stream.trace.layer(0)["forget_gate"]            # the gates at all of these tokens, (1, time, unit)

Each step costs the same, however long the text is, because the state is kept. The trace is recorded when it is asked
for, and equals `model.trace(stream.text)`. Nothing draws from torch's global random state.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from gateviz.data.tokenizing.spelling import spelled
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, TextError, as_given
from gateviz.models.initialisation import generator_of
from gateviz.models.network import State
from gateviz.models.sequence_model import SequenceModel
from gateviz.recording.recorder import record
from gateviz.results.arguments import finite_number, whole_number
from gateviz.results.trace import Trace

Guide = Callable[[str], frozenset[str] | None]
"""Gives the tokens that may come next after a text: None allows any token, an empty set ends the text. If it is a
single token, that token is written even if the model does not know it."""


@dataclass(frozen=True, slots=True)
class SampledToken:
    """One sampled token."""

    text: str
    """As it stands in the text, with the space before a word."""
    id: int
    probability: float
    """The model's own probability of it, 0 .. 1, before temperature, top k and guide."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How one of the scores is drawn."""

    temperature: float = 1.0
    """Scores are divided by it: below 1, likely tokens become likelier; 0 always takes the likeliest token."""
    top_k: int | None = None
    """Only so many of the likeliest tokens can be drawn; None: all of them."""

    def __post_init__(self) -> None:
        """Refuse a temperature that is negative or not finite, and a top k below 1 (InputError)."""
        finite_number("temperature", self.temperature, least=0)
        if self.top_k is not None:
            whole_number("top_k", self.top_k, least=1)

    def draw(self, scores: Tensor, generator: torch.Generator) -> Tensor:
        """A column for each row: (batch, outputs) -> (batch,). A score of -inf is never drawn."""
        if self.temperature == 0:
            return scores.argmax(dim=-1)
        scores = scores.double()
        if self.top_k is not None and self.top_k < scores.shape[-1]:
            least = scores.topk(self.top_k, dim=-1).values[:, -1:]
            scores = scores.masked_fill(scores < least, -math.inf)
        highest = scores.max(dim=-1, keepdim=True).values  # subtracted first, so that tiny temperatures do not overflow
        shares = ((scores - highest) / self.temperature).softmax(dim=-1)
        return torch.multinomial(shares, 1, generator=generator)[:, 0]


class Generation(Iterator[SampledToken]):
    """A text that grows by a token whenever the next one is asked for. It has its text and its trace at any time."""

    def __init__(
        self,
        model: SequenceModel,
        prompt: str,
        sampling: Sampling,
        *,
        seed: int,
        max_steps: int,
        guide: Guide | None = None,
        stream: int = 0,
    ) -> None:
        """Begin a text. `stream` is added to the seed: with another one, the same seed draws other random numbers."""
        check_writer(model)
        tokens = model.tokenize(_checked_prompt(prompt))
        self.model = model
        self.prompt = prompt
        self.sampled: list[SampledToken] = []
        self._sampling = sampling
        self._guide = guide
        self._generator = generator_of(seed, stream)
        self._left = whole_number("max_steps", max_steps, least=1)
        self._ids = [token.id for token in tokens]
        self._texts = [token.text for token in tokens]
        self._unread = list(self._ids)
        self._state: State = None
        self._masks: dict[frozenset[str], Tensor] = {}

    @property
    def text(self) -> str:
        """The prompt and the tokens sampled so far."""
        return "".join(self._texts)

    @property
    def shown(self) -> str:
        """The text as a person reads it."""
        return self.text

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of the prompt and those sampled so far."""
        return tuple(self._texts)

    @property
    def trace(self) -> Trace:
        """Every gate at every token of the prompt and of those sampled so far."""
        return replace(record(self.model.recurrent, self.model.embed(self._ids)), tokens=self.tokens)

    def __next__(self) -> SampledToken:
        allowed = self._guide(self.text) if self._guide else None
        if not self._left or allowed == frozenset():
            raise StopIteration
        self._left -= 1
        scores = self._scores()  # (outputs)
        token = self._written(scores, allowed)
        self.sampled.append(token)
        self._ids.append(token.id)
        self._texts.append(token.text)
        self._unread = [token.id]
        return token

    def _scores(self) -> Tensor:
        """The scores after all tokens so far. Only the tokens since the last call are read."""
        with torch.no_grad():
            scores, self._state = self.model(_rows([self._unread], self.model), self._state)
        last: Tensor = scores[0, -1].cpu()
        return last

    def _written(self, scores: Tensor, allowed: frozenset[str] | None) -> SampledToken:
        """The next token: one that is allowed, and that the tokenizer finds again in the text."""
        shares = scores.softmax(dim=-1)
        if allowed is not None and len(allowed) == 1:
            (token,) = self.model.tokenize(*allowed)
            known = token.id < len(shares)
            return SampledToken(token.text, token.id, float(shares[token.id]) if known else 0.0)
        scores = scores if allowed is None else scores + self._mask(allowed)
        while True:
            id_ = int(self._sampling.draw(scores[None], self._generator))
            text = spelled(self.model.tokenizer, id_, self._texts)
            if text is not None or scores.isinf().sum() == len(scores) - 1:
                return SampledToken(text or self.model.outputs[id_], id_, float(shares[id_]))
            scores = scores.index_fill(0, torch.tensor(id_), -math.inf)

    def _mask(self, allowed: frozenset[str]) -> Tensor:
        """What is added to the scores: 0 for an allowed token, -inf for any other."""
        if allowed not in self._masks:
            kept = [token in allowed for token in self.model.outputs]
            self._masks[allowed] = torch.zeros(len(kept)).masked_fill(~torch.tensor(kept), -math.inf)
        return self._masks[allowed]


def generate(
    model: SequenceModel,
    prompt: str,
    temperature: float = 1.0,
    top_k: int | None = None,
    seed: int = 0,
    max_steps: int = 200,
) -> Generation:
    """Continue `prompt`: an iterator of SampledToken, which also has `.text` and `.trace`.

    Args:
        model: one that answers with the next token, of characters or words.
        prompt: the beginning of the text; it has one token at least.
        temperature: scores are divided by it; 0 always takes the likeliest token.
        top_k: only so many of the likeliest tokens can be drawn; None: all of them.
        seed: the same one gives the same text.
        max_steps: how many tokens are sampled.

    Raises:
        InputError: a model that answers with something else, or an argument of the wrong type or range.
        TextError: a prompt that is empty or no text.
    """
    return Generation(model, prompt, Sampling(temperature, top_k), seed=seed, max_steps=max_steps)


def sample_texts(
    model: SequenceModel, prompt: str, count: int, sampling: Sampling, *, seed: int, max_steps: int, end: str
) -> list[str]:
    """`count` texts that a character model writes after `prompt`, in one batch; without the prompt and the `end`.

    A text without `end` is cut after `max_steps` characters.
    """
    check_writer(model)
    generator = generator_of(seed)
    drawn = torch.empty(whole_number("count", count, least=1), 0, dtype=torch.long)
    unread, state = _rows([model.encode(_checked_prompt(prompt))] * count, model), None
    stop = model.tokenizer.encode(end)[0]
    with torch.no_grad():
        while drawn.shape[1] < max_steps and not (drawn == stop).any(dim=1).all():
            output, state = model.recurrent_output(model.read(unread), state)
            ids = sampling.draw(model.scores(output[:, -1]).cpu(), generator)[:, None]  # (batch, 1)
            drawn = torch.cat((drawn, ids), dim=1)
            unread = ids.to(unread.device)
    return ["".join(model.outputs[i] for i in row).split(end, 1)[0] for row in drawn.tolist()]


def _checked_prompt(prompt: str) -> str:
    if not check_text(prompt):
        raise TextError("the prompt is empty: give at least one token to go on from.", code="error.empty")
    return prompt


def _rows(ids: Sequence[Sequence[int]], model: SequenceModel) -> Tensor:
    """The ids as a tensor on the model's device, (batch, time)."""
    return torch.tensor(ids, dtype=torch.long, device=model.head.weight.device)


def check_writer(model: SequenceModel) -> None:
    """Refuse what cannot continue a text.

    Raises:
        InputError: no SequenceModel, or one that answers with something else than the next character or word.
    """
    if not isinstance(model, SequenceModel):
        raise InputError(f"the model is {as_given(model)}: give one that load_pretrained returns.")
    if model.config.answers != "next" or model.tokenizer.kind == "numbers":
        raise InputError(
            f"this model reads {model.tokenizer.kind} and answers with {model.config.answers!r}: only one that answers "
            "with the next character or word can write."
        )

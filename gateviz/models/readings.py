"""One text read by one model: its trace, its tokens, the model's answers, the gradients.

    reading = Reading(model, "The Time Traveller")
    reading.trace.layer(0)["forget_gate"]                # (1, time, unit)
    reading.answers().guesses[3]                         # what the model expected after the fourth token
    reading.gradients(step=-1).norm("hidden_state")
    Reading(model, text, holds=read_holds("lstm.forget_gate@9-:0").holds)    # the same while something is held

The pictures of several models stand side by side, so their readings must have equally many steps. Decoders by
themselves write answers of different lengths; `beside` makes one write as many characters as another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gateviz.data.tokenizing.tokens import Token
from gateviz.data.tokenizing.typed_text import check_text
from gateviz.errors import InputError, as_given
from gateviz.i18n.translator import Translator
from gateviz.models.encoder_decoder import decoder_step
from gateviz.models.held_clamps import clamps_of, written_at_most
from gateviz.models.holds import Hold
from gateviz.models.sequence_model import SequenceModel
from gateviz.recording.interventions import Clamp, clamps_within
from gateviz.results.answers import Answers, expected_next, forecast, verdicts
from gateviz.results.trace import GradientTrace, Trace

DIFFERENT = "·"
"""The token at a step at which the decoders of several models wrote different characters."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a model makes of a text. Each part is computed when it is asked for; the trace only once."""

    model: SequenceModel
    text: str
    beside: Callable[[], SequenceModel] | None = None
    """Gives the model that decides how many characters a decoder writes; None: the decoder itself decides. It is called
    only if this reading's model has a decoder."""
    holds: tuple[Hold, ...] = ()
    """What is held while the text is read; holds of other cells hold nothing here."""
    other: str | None = None
    """The sentence that one compares with, from whose plain run a hold with the value "other" takes its values."""

    def __post_init__(self) -> None:
        """Refuse what is no SequenceModel (InputError) or no text (TextError)."""
        if not isinstance(self.model, SequenceModel):
            raise InputError(f"the model is {as_given(self.model)}: give one that load_pretrained returns.")
        check_text(self.text)

    @cached_property
    def clamps(self) -> tuple[Clamp, ...]:
        """What is held, as `gateviz.run_with` takes it; steps count over the encoder and the decoder.

        Raises:
            SignalError: a hold of what the model does not have.
            InputError: a hold has the value "other", and there is no other sentence.
        """
        other = None if self.compared is None else self.compared.trace
        return clamps_of(self.model, self.text, self.own_holds, self.answer_length, other)

    @property
    def held(self) -> tuple[Clamp, ...]:
        """The same at the steps of the trace alone, for a file beside it."""
        most = len(self.model.tokenize(self.text)) + len(written_at_most(self.model, self.answer_length))
        return clamps_within(self.clamps, 0, self.trace.output.shape[1], most)

    @property
    def own_holds(self) -> tuple[Hold, ...]:
        """Those of the model's cell."""
        return tuple(hold for hold in self.holds if hold.cell == self.model.cell)

    @cached_property
    def compared(self) -> "Reading | None":
        """The plain reading of the other sentence, if a hold takes values from there; a decoder ends it by itself."""
        if self.other is None or all(hold.value != "other" for hold in self.own_holds):
            return None
        return Reading(self.model, self.other)

    @cached_property
    def trace(self) -> Trace:
        """Every gate at every step: at the tokens of the text, then at what a decoder wrote."""
        return self.model.trace(self.text, self.answer_length, self.clamps)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """What is read at each step of the trace: the tokens of the text, then what a decoder wrote."""
        return tokens_of([self])

    def answers(self, say: Translator | None = None, task: str = "") -> Answers:
        """What the model answered after each step of the trace.

        Args:
            say: translates the names of classes and values; None leaves the names that the model has.
            task: the task of these names.
        """
        model, tokens = self.model, self.trace.tokens_of(0)
        logits = model.logits_of(self.trace, self.clamps)
        names = [say.label(task, name) if say else name for name in model.outputs]
        if model.config.answers == "class":
            return verdicts(logits, names)
        if model.config.answers == "value":
            is_series = len(model.tokenizer) == 1  # with marks, the next number is not what the model answers
            return forecast(logits, names, [row[0] for row in model.encode(self.text)] if is_series else ())
        if model.config.answers == "text":  # nothing could be expected before the decoder's first character
            return expected_next(logits, model.outputs, tokens, asked_from=decoder_step(self.trace), written=True)
        after = model.config.asked_after
        asked_from = (tokens.index(after) if after in tokens else len(tokens)) if after else 0
        return expected_next(logits, model.outputs, tokens, ids=model.encode(self.text), asked_from=asked_from)

    def gradients(self, step: int) -> GradientTrace:
        """How the loss at a step of the trace depends on every state and input before it (`SequenceModel.loss_at`).

        Raises:
            InputError: a step that the trace does not have, or something is held.
        """
        if self.clamps:
            raise InputError("something is held: ask for the gradients of a reading without holds.")
        return self.model.gradients(self.text, step, self.answer_length)

    @cached_property
    def answer_length(self) -> int | None:
        """How many characters the decoder writes; None: until it ends by itself, or there is no decoder."""
        if self.beside is None or self.model.config.answers != "text":
            return None
        return self.beside().answer_length(self.text)


def tokens_of(readings: Sequence[Reading]) -> tuple[Token, ...]:
    """What several models with the same tokenizer read at each step.

    At the steps of the decoders it is what they wrote, or a dot where they wrote different characters.

    Args:
        readings: of one text, with equally many steps.

    Raises:
        InputError: no readings, or readings of different texts or lengths.
    """
    steps = {(reading.text, reading.trace.output.shape[1]) for reading in readings}
    if len(steps) != 1:
        raise InputError(f"there are {len(steps)} different texts or lengths: give readings of one text, equally long.")
    typed = readings[0].model.tokenize(readings[0].text)
    written = zip(*(reading.trace.tokens_of(0)[len(typed) :] for reading in readings), strict=True)
    return (*typed, *(Token(one[0] if len(set(one)) == 1 else DIFFERENT, 0, known=True) for one in written))

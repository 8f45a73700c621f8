"""Any text at all, typed into every task that ships: nothing of it is lost, and it is read or refused in a sentence."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings

from gateviz.data.tokenizing.tokens import Token, unknown_parts
from gateviz.errors import TextError
from gateviz.models.readings import Reading
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.results.answers import Forecast
from gateviz.results.trace import CELLS
from tests.any_text import TEXTS, is_foreign

TASKS = sorted({card.task for card in list_pretrained()})
every_task = pytest.mark.parametrize("task", TASKS)


def tokenize(model: SequenceModel, text: str) -> tuple[Token, ...] | None:
    """The tokens; None where the text is refused in one sentence."""
    try:
        return model.tokenize(text)
    except TextError:
        with pytest.raises(TextError, match=r"\A.+\Z"):
            model.encode(text)
        return None


@every_task
def test_the_tokens_of_any_text_give_it_back_and_each_unknown_character_counts_once(task: str) -> None:
    model = load_pretrained(task, "gru")
    kind, known = model.tokenizer.kind, set(model.tokenizer.entries)
    spells = kind == "characters" or "##a" in known

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(TEXTS)
    def check(text: str) -> None:
        tokens = tokenize(model, text)
        if tokens is None:
            assert kind == "numbers", "characters and words take any text"
            return
        assert "".join(token.text for token in tokens) == text
        assert all(token.text for token in tokens)
        unknown = unknown_parts(tokens)
        if kind == "numbers":
            assert len(model.encode(text)) == len(tokens)
            return
        assert model.encode(text) == tuple(token.id for token in tokens)
        assert all(token.known == (token.id != model.tokenizer.unknown) for token in tokens)
        if not spells:
            assert all(part in text for part in unknown), "a word that is unknown counts once, whole"
            return
        assert all(len(character) == 1 for character in unknown)
        if kind == "characters":
            assert unknown == tuple(character for character in text if character not in known)
        else:
            foreign = Counter(filter(is_foreign, text))
            assert foreign <= Counter(unknown), "each of them, as often as it stands in the text"
            assert not any(character.isascii() and character.isprintable() for character in unknown if text.strip())

    check()


@every_task
def test_any_text_is_read_by_every_model_or_refused_in_a_sentence(task: str) -> None:
    models = [load_pretrained(task, cell) for cell in CELLS]

    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(TEXTS)
    def check(text: str) -> None:
        if not tokenize(models[0], text):
            for model in models:
                with pytest.raises(TextError):
                    _ = Reading(model, text).trace
            return
        for model in models:
            reading = Reading(model, text)
            steps = len(reading.tokens)
            assert reading.trace.output.shape[:2] == (1, steps)
            assert np.isfinite(reading.trace.output).all()
            answers = reading.answers()
            numbers = answers.values if isinstance(answers, Forecast) else answers.probabilities
            assert len(numbers) == steps
            assert np.isfinite(numbers).all()
            assert np.isfinite(reading.gradients(-1).loss)

    check()

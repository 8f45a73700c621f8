"""The shapes of input and output that a recurrent network may have, each with a text that a shipped model reads."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from gateviz.app.computed import models, readings
from gateviz.app.computed.kept import kept
from gateviz.app.state import available
from gateviz.models.view import View
from gateviz.pretrained.cards import ModelCard
from gateviz.results.answers import Expectation, Forecast, Verdict
from gateviz.results.trace import CellName

Kind = Literal["one_to_one", "one_to_many", "many_to_one", "many_to_many", "unequal"]
KINDS: tuple[Kind, ...] = get_args(Kind)

EXAMPLES: Mapping[str, Mapping[Kind, tuple[str, str]]] = {
    "en": {
        "one_to_one": ("timemachine", "T"),
        "one_to_many": ("timemachine", "T"),
        "many_to_one": ("intent", "what time is it"),
        "many_to_many": ("counting", "aaabbb"),
        "unequal": ("dates", "the 3rd of May, 1999"),
    },
    "zh": {
        "one_to_one": ("tang", "春"),
        "one_to_many": ("tang", "春"),
        "many_to_one": ("hometown-zh", "我在法国长大。我会说流利的"),
        "many_to_many": ("counting", "aaabbb"),
        "unequal": ("dates", "1999年5月3日"),
    },
}
"""Language -> kind -> a task of that kind, and the text."""

CELL: CellName = "lstm"
WRITTEN = 5
"""So many tokens are written after a first one."""


def kind_of(card: ModelCard) -> Kind:
    """How a task's inputs and answers belong together."""
    answers = card.config.answers
    if answers == "text":
        return "unequal"
    is_series = answers == "value" and len(card.vocabulary) == 1
    return "many_to_many" if answers == "next" or is_series else "many_to_one"


@kept
def of_language(language: str) -> list[dict[str, Any]]:
    """Each kind: its example, step by step, and the shipped tasks that have it. Kinds without models are left out."""
    there = available.models()
    cards = {task: models.card(task, cells[-1]) for task, cells in there.items()}
    found = []
    for kind, (task, text) in EXAMPLES.get(language, EXAMPLES["en"]).items():
        if CELL not in there.get(task, ()):
            continue
        tasks = [name for name, card in cards.items() if kind in (kind_of(card), _also(card))]
        columns = _columns(kind, task, text, language)
        found.append({"kind": kind, "task": task, "text": text, "columns": columns, "tasks": tasks or [task]})
    return found


def _also(card: ModelCard) -> Kind | None:
    """A model that answers with the next token writes on from a single one."""
    return "one_to_many" if card.config.answers == "next" and not card.config.asked_after else None


def _columns(kind: Kind, task: str, text: str, language: str) -> list[dict[str, Any]]:
    """What goes in and what comes out at each step; `fed` where the input is the output of the step before."""
    model = models.of_view(View(task, (CELL,), text), CELL)
    if kind == "one_to_many":
        return _written_on(model, text)
    view = View(task, (CELL,), text, language=language)
    tokens = readings.trace(view, CELL).tokens_of(0)
    said = readings.answers(view, CELL)
    outputs = [_said(said, step) for step in range(len(tokens))]
    begins = len(model.tokenize(text)) if kind == "unequal" else 0
    shown = {"many_to_one": [len(tokens) - 1], "unequal": range(begins, len(tokens))}.get(kind, range(len(tokens)))
    return [
        {
            "input": token,
            "output": outputs[step] if step in shown else None,
            "fed": kind == "unequal" and step > begins,
            "decoder": kind == "unequal" and step >= begins,
        }
        for step, token in enumerate(tokens)
    ]


def _written_on(model: Any, text: str) -> list[dict[str, Any]]:
    """The likeliest token after the text, and after that, each read again."""
    columns = []
    for count in range(WRITTEN):
        answer = model.outputs[int(model.logits(text)[-1].argmax())]
        columns.append({"input": text[-1], "output": answer, "fed": count > 0, "decoder": False})
        text += answer
    return columns


def _said(answers: Expectation | Verdict | Forecast, step: int) -> str:
    if isinstance(answers, Expectation):
        return answers.guesses[step][0]
    if isinstance(answers, Verdict):
        return answers.classes[int(answers.probabilities[step].argmax())]
    return f"{answers.values[step]:.1f}"

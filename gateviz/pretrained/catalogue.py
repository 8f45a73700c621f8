"""What is said of the models: a line for each, a table for a terminal, and the Markdown page pretrained/README.md."""

from collections.abc import Iterable, Sequence

from gateviz.data.corpora.sources import DataSource
from gateviz.i18n.translator import Translator
from gateviz.pretrained.cards import ModelCard
from gateviz.results.trace import CELLS, CellName

_INTRODUCTION = """\
# The models that ship

Written by `gateviz models --markdown`; every figure comes from the cards. Each model is a folder `<task>/<cell>/` with
`model.safetensors` and `card.json`. `gateviz train TASK --out pretrained` makes a task's three anew, from the data file
that the card names.
"""


def caption(card: ModelCard, say: Translator, training_step: int | None = None) -> str:
    """One line on a model: its size and its figure, or for a snapshot its size and its training step."""
    units = card.config.hidden_size
    if training_step is None:
        return say("viewer.card", units=units, figure=say.figure(card.metric.unit, card.metric.value))
    return say("viewer.snapshot", units=units, step=f"{training_step:,}", steps=f"{card.steps:,}")


def plain(cards: Sequence[ModelCard]) -> str:
    """A table with fixed columns and a line for each model."""
    rows = [("model", "held out", "baseline", "unit", "parameters", "KB", "trained in")]
    rows += [
        (
            f"{card.task}/{card.cell}",
            f"{card.metric.value:.3f}",
            " ".join(f"{baseline.value:.3f}" for baseline in card.baselines) or "none",
            card.metric.unit,
            f"{card.parameters:,}",
            f"{size(card) // 1000:,}",
            f"{card.seconds:.0f} s",
        )
        for card in cards
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )


def summary(cards: Sequence[ModelCard]) -> str:
    """A Markdown table with a line for each task, for README: the held-out figures of the cells and the baselines."""
    lines = ["| task | " + " | ".join(CELLS) + " | baseline | figure |", "|---" * (3 + len(CELLS)) + "|"]
    for trio in _by_task(cards):
        first = next(iter(trio.values()))
        figures = [f"{trio[cell].metric.value:.3f}" if cell in trio else "" for cell in CELLS]
        beside = ", ".join(f"{baseline.value:.3f} ({baseline.name})" for baseline in first.baselines) or "none"
        unit = f"{first.metric.unit}, {first.metric.better} is better"
        lines.append(f"| {first.task} | {' | '.join(figures)} | {beside} | {unit} |")
    return "\n".join(lines) + "\n"


def markdown(cards: Sequence[ModelCard]) -> str:
    """The page: for each task a table, its data, what its models are good for, and where they fail."""
    return "\n".join([_INTRODUCTION, summary(cards), *(_section(list(trio.values())) for trio in _by_task(cards))])


def _by_task(cards: Sequence[ModelCard]) -> list[dict[CellName, ModelCard]]:
    tasks = dict.fromkeys(card.task for card in cards)
    return [{card.cell: card for card in cards if card.task == task} for task in tasks]


def _section(cards: Sequence[ModelCard]) -> str:
    first = cards[0]
    baselines = "".join(f"{baseline.name} | " for baseline in first.baselines)
    lines = [
        f"## {first.task}",
        "",
        f"{first.metric.unit.capitalize()} on {first.metric.on}; {first.metric.better} is better.",
        "",
        f"| model | held out | {baselines}units | parameters | size | steps | seed | trained in |",
        "|---|---|" + "---|" * (6 + len(first.baselines)),
        *(_row(card) for card in cards),
        "",
        _source(first.data),
        "",
        f"Trained on {first.machine}.",
        "",
        *_details(cards),
        *_words("Good for", "适合", ((card.cell, card.good_for.en, card.good_for.zh) for card in cards)),
        *_words("Fails at", "不足", ((card.cell, card.fails_at.en, card.fails_at.zh) for card in cards)),
    ]
    return "\n".join(lines)


def _details(cards: Sequence[ModelCard]) -> list[str]:
    """A table with a line for each further figure; nothing if there are none."""
    names = dict.fromkeys(name for card in cards for name in card.details)
    if not names:
        return []
    rows = [
        f"| {name} | "
        + " | ".join(f"{card.details[name]:.3g}" if name in card.details else "" for card in cards)
        + " |"
        for name in names
    ]
    return ["| | " + " | ".join(card.cell for card in cards) + " |", "|---|" + "---|" * len(cards), *rows, ""]


def size(card: ModelCard) -> int:
    """Bytes of a model's weights and snapshots."""
    return card.bytes + (card.timelapse.bytes if card.timelapse else 0)


def _source(data: DataSource) -> str:
    if not data.file:
        return f"Data: {data.name}, made by a seed; {data.author}, {data.licence}, `{data.source}`."
    return f"Data: {data.name}, {data.author}; {data.licence}; `{data.file}` from {data.source}."


def _row(card: ModelCard) -> str:
    cells = (
        card.cell,
        f"{card.metric.value:.3f}",
        *(f"{baseline.value:.3f}" for baseline in card.baselines),
        str(card.config.hidden_size),
        f"{card.parameters:,}",
        f"{size(card) / 1e6:.2f} MB",
        f"{card.steps:,}",
        str(card.seed),
        f"{card.seconds:.0f} s",
    )
    return "| " + " | ".join(cells) + " |"


def _words(en_title: str, zh_title: str, words: Iterable[tuple[str, str, str]]) -> list[str]:
    """A list of sentences on the cells; a sentence on several cells occurs once."""
    said: dict[tuple[str, str], list[str]] = {}
    for cell, en, zh in words:
        said.setdefault((en, zh), []).append(cell)
    items = [f"- {', '.join(cells)}: {en} {zh}" for (en, zh), cells in said.items()]
    return [f"{en_title} / {zh_title}", "", *items, ""]

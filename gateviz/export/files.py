r"""What a person takes away: traces as .npz and .csv, and the whole stepping page as one .html that needs no server.

    traces = {cell: gateviz.load_pretrained("timemachine", cell).trace(text) for cell in ("lstm", "gru")}
    Path("gates.csv").write_bytes(csv_of(traces))
    Path("gates.npz").write_bytes(npz_of(traces))               # gateviz.load_trace("gates.npz", cell="lstm")
    Path("page.html").write_text(html_of("timemachine", text, say=load("en")), encoding="utf-8")

The .csv is one table of all layers and directions, a row for each signal at each step, in UTF-8 with a byte order mark,
which spreadsheets need to read Chinese. Its columns:

    cell        rnn, lstm or gru
    layer       0 at the bottom
    direction   forward or reverse
    sequence    number in the batch, 0 for a sentence
    step        0-based; the padded steps of a batch are left out
    token       what was read, as a JSON string: "a", " ", "\n". No spreadsheet takes one for a formula, and no reader
                one that spells NaN for a missing value
    signal      such as forget_gate
    0, 1, ...   the value of each unit, with as many digits as it takes to read the same number back; empty where the
                signal has no such unit

A million numbers take some two seconds and 12 MB.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gateviz import __version__
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.models.encoder_decoder import EncoderDecoder, decoder_step
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recording.gate_sums import Summands, contributions
from gateviz.results.answers import expected_next, forecast, verdicts
from gateviz.results.trace import CELLS, CellName, Direction, LayerTrace, Trace
from gateviz.viewer.html_page import page
from gateviz.viewer.packing.answers import Answers
from gateviz.viewer.packing.picture import Run, picture

COLUMNS = ("cell", "layer", "direction", "sequence", "step", "token", "signal")


def npz_of(traces: Mapping[CellName, Trace]) -> bytes:
    """The traces as an .npz file, for `gateviz.load_trace`.

    One trace is stored as `Trace.save` stores it; of several, the names begin with that of their architecture:
    "lstm.layers.0.forward.forget_gate".
    """
    if len(traces) == 1:
        entries = next(iter(traces.values())).entries()
    else:
        entries = {f"{cell}.{name}": value for cell, trace in traces.items() for name, value in trace.entries().items()}
    file = io.BytesIO()
    np.savez_compressed(file, **entries)
    return file.getvalue()


def csv_of(traces: Mapping[CellName, Trace]) -> bytes:
    """The traces as the table that is described above."""
    widest = max(
        array.shape[2] for trace in traces.values() for layer in trace.layers for array in layer.arrays.values()
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*COLUMNS, *range(widest)])
    for trace in traces.values():
        for layer in trace.layers:
            writer.writerows(_rows(trace, layer, widest))
    return file.getvalue().encode("utf-8-sig", "backslashreplace")  # half a surrogate pair as JSON spells it


def _rows(trace: Trace, layer: LayerTrace, widest: int) -> Iterator[list[str]]:
    tokens = [json.dumps(token, ensure_ascii=False) for token in trace.tokens or ()]
    for sequence, length in enumerate(trace.lengths):
        for step in range(length):
            token = tokens[step] if tokens else ""
            place = [layer.cell, str(layer.index), layer.direction, str(sequence), str(step), token]
            for name, values in layer.arrays.items():
                row = values[sequence, step].astype(str).tolist()  # the shortest that reads back as the same number
                yield [*place, name, *row, *[""] * (widest - len(row))]


def html_of(
    task: str,
    text: str,
    cells: Sequence[CellName] = CELLS,
    *,
    layer: int = 0,
    direction: Direction = "forward",
    say: Translator,
) -> str:
    """The stepping page of a sentence: the viewer of the app with its numbers, in one file that fetches nothing.

    Args:
        task: of the pretrained models.
        text: the sentence.
        cells: which architectures, in the order in which they are to stand.
        layer: negative counts from the top.
        direction: "forward" or "reverse".
        say: the language of the page.

    Raises:
        PretrainedError: a model that is not there.
        SignalError: a layer or direction that the models do not have.
    """
    models = {cell: load_pretrained(task, cell) for cell in cells}
    cards = {card.cell: card for card in list_pretrained() if card.task == task}
    written = characters_written(models[cells[-1]], text)
    traces = {cell: trace_of(model, text, written) for cell, model in models.items()}
    runs = {
        cell: Run(
            trace,
            answers_of(models[cell], trace, say, task),
            caption_of(cards[cell], say),
            sums_of(models[cell], text, written, layer, direction),
        )
        for cell, trace in traces.items()
    }
    tokens = tokens_of(models[cells[0]], text, tuple(traces.values()))
    packed = picture(runs, text, tokens, layer=layer, direction=direction, say=say)
    return html_of_picture(packed, cards[cells[0]], traces[cells[0]], layer=layer, direction=direction, say=say)


def html_of_picture(
    packed: bytes,
    card: ModelCard,
    trace: Trace,
    *,
    layer: int,
    direction: Direction,
    say: Translator,
    view: Mapping[str, object] | None = None,
) -> str:
    """The same of a picture that is packed already, with the card and the trace of one of its models.

    `view` is how it is to stand when it is opened (`gateviz.viewer.page`).
    """
    place = ""
    if trace.num_layers * trace.num_directions > 1:
        number = trace.layer(layer, direction).index + 1
        direction_name = say(f"direction.{direction}")
        place = say("export.place", layer=number, layers=trace.num_layers, direction=direction_name)
    source = say("export.data", name=card.data.name, author=card.data.author, licence=card.data.licence)
    about = (say("export.keys"), source, say("export.made", version=__version__))
    title, figure_texts = task_name(card.task, say), say.under("take")
    return page(
        packed,
        title=title,
        subtitle=place,
        about=about,
        figure_texts=figure_texts,
        view=view,
        language=say.language,
    )


def task_name(task: str, say: Translator) -> str:
    """What the task is called."""
    key = f"task.{task}"
    return say(key) if say.has(key) else task


def characters_written(model: SequenceModel, text: str) -> int | None:
    """How much a model's decoder writes for the text; None for a model that has no decoder."""
    return len(model.write(text)) if isinstance(model, EncoderDecoder) else None


def trace_of(model: SequenceModel, text: str, written: int | None) -> Trace:
    """A model's trace; a decoder's has so many characters, so that it can stand beside that of another one."""
    return model.trace(text, written) if isinstance(model, EncoderDecoder) else model.trace(text)


def tokens_of(model: SequenceModel, text: str, traces: Sequence[Trace]) -> tuple[Token, ...]:
    """What was read at each step of all traces: what was typed, then what decoders wrote, a dot where they differ."""
    typed = model.tokenize(text)
    later = zip(*((trace.tokens or ())[len(typed) :] for trace in traces), strict=True)
    return (*typed, *(Token(one[0] if len(set(one)) == 1 else "·", 0, known=True) for one in later))


def sums_of(
    model: SequenceModel, text: str, written: int | None, layer: int, direction: Direction
) -> tuple[Mapping[str, Summands], ...]:
    """What each gate of one layer sums up at the steps of `trace_of`; an encoder's steps, then its decoder's."""
    if isinstance(model, EncoderDecoder):
        return tuple(found.layer(layer, direction).parts for found in model.contributions(text, written))
    return (contributions(model.recurrent, model.embed(model.encode(text))).layer(layer, direction).parts,)


def answers_of(model: SequenceModel, trace: Trace, say: Translator | None = None, task: str = "") -> Answers:
    """What the model answered after each token of a trace of its own; names of classes and values in `say`."""
    logits, tokens = model.logits_of(trace), trace.tokens or ()
    named = [say.label(task, name) if say else name for name in model.outputs]
    if model.config.answers == "class":
        return verdicts(logits, named)
    if model.config.answers == "value":
        series = [row[0] for row in model.encode("".join(tokens))] if len(model.vocabulary) == 1 else []
        return forecast(logits, named, series)
    if model.config.answers == "text":  # nothing comes that could be expected until the decoder writes
        first = decoder_step(trace)
        return expected_next(logits, model.outputs, (*("" for _ in tokens[: first + 1]), *tokens[first + 1 :]))
    return expected_next(logits, model.outputs, tokens, ids=model.encode("".join(tokens)))


def caption_of(card: ModelCard, say: Translator) -> str:
    """One line on the model: its size, and how good it is."""
    return say("viewer.card", units=card.config.hidden_size, figure=say.figure(card.metric.unit, card.metric.value))

r"""Files to take away: traces as .npz and .csv, and the whole stepping page as one .html that needs no server.

    traces = {cell: gateviz.load_pretrained("timemachine", cell).trace(text) for cell in ("lstm", "gru")}
    Path("gates.csv").write_bytes(csv_of(traces))
    Path("gates.npz").write_bytes(npz_of(traces))               # gateviz.load_trace("gates.npz", cell="lstm")
    Path("page.html").write_text(html_of(View("timemachine", ("lstm", "gru"), text)), encoding="utf-8")

The .csv is one table of all layers and directions, a row for each signal at each step, in UTF-8 with a byte order mark,
which spreadsheets need to read Chinese. Its columns:

    cell        rnn, lstm or gru
    layer       0 at the bottom
    direction   forward or reverse
    sequence    number in the batch, 0 for a sentence
    step        0-based; the padded steps of a batch are left out
    token       what was read, as a JSON string: "a", " ", "\n". So no spreadsheet takes it for a formula, and no reader
                takes the token NaN for a missing value
    signal      such as forget_gate
    0, 1, ...   the value of each unit, with as many digits as are needed to read the same number again; empty if the
                signal has no such unit

A million numbers take some two seconds and 12 MB.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from gateviz import __version__
from gateviz.errors import InputError, as_given
from gateviz.i18n.translator import load
from gateviz.models.readings import Reading, tokens_of
from gateviz.models.view import View
from gateviz.openings import opening_of
from gateviz.pretrained.browser_files import name_of
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.catalogue import caption
from gateviz.pretrained.files import load_pretrained, load_snapshot
from gateviz.pretrained.folder import find_card, names, pretrained_folder
from gateviz.results.trace import CELLS, CellName, LayerTrace, Trace
from gateviz.viewer.html_page import page
from gateviz.viewer.packing.picture import Run, picture

COLUMNS = ("cell", "layer", "direction", "sequence", "step", "token", "signal")


def npz_of(traces: Mapping[CellName, Trace]) -> bytes:
    """The traces as an .npz file, for `gateviz.load_trace`.

    One trace is stored as `Trace.save` stores it. Of several traces each name begins with the architecture:
    "lstm.layers.0.forward.forget_gate".

    Raises:
        InputError: an empty dict, or something that is no trace.
    """
    _check_traces(traces)
    if len(traces) == 1:
        entries = next(iter(traces.values())).entries()
    else:
        entries = {f"{cell}.{name}": value for cell, trace in traces.items() for name, value in trace.entries().items()}
    file = io.BytesIO()
    np.savez_compressed(file, **entries)
    return file.getvalue()


def csv_of(traces: Mapping[CellName, Trace]) -> bytes:
    """The traces as the table that is described above.

    Raises:
        InputError: an empty dict, or something that is no trace.
    """
    _check_traces(traces)
    widest = max(
        array.shape[2] for trace in traces.values() for layer in trace.layers for array in layer.arrays.values()
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*COLUMNS, *range(widest)])
    for trace in traces.values():
        for layer in trace.layers:
            writer.writerows(_rows(trace, layer, widest))
    return file.getvalue().encode("utf-8-sig", "backslashreplace")  # half a surrogate pair becomes "\ud800", as in JSON


def _check_traces(traces: Mapping[CellName, Trace]) -> None:
    given = isinstance(traces, Mapping) and len(traces) > 0
    if not given or not all(cell in CELLS and isinstance(trace, Trace) for cell, trace in traces.items()):
        raise InputError(
            f"the traces are {as_given(traces)}: give a dict from {', '.join(CELLS)} to traces, not empty."
        )


def _rows(trace: Trace, layer: LayerTrace, widest: int) -> Iterator[list[str]]:
    for sequence, length in enumerate(trace.lengths):
        tokens = [json.dumps(token, ensure_ascii=False) for token in trace.tokens_of(sequence)]
        for step in range(length):
            token = tokens[step] if tokens else ""
            place = [layer.cell, str(layer.index), layer.direction, str(sequence), str(step), token]
            for name, values in layer.arrays.items():
                row = values[sequence, step].astype(str).tolist()  # the fewest digits that give the same number again
                yield [*place, name, *row, *[""] * (widest - len(row))]


def html_of(view: View) -> str:
    """The stepping page of a sentence: the viewer of the app with its numbers, in one file that fetches nothing.

    Raises:
        InputError: no View, one without cells, or an unknown language.
        TextError: the text is empty or cannot be read.
        PretrainedError: a model, or a snapshot of its training, that is not there.
        SignalError: a layer or direction that the models do not have.
    """
    if not isinstance(view, View) or not view.cells:
        raise InputError(f"the view is {as_given(view)}: give a View with one cell at least.")
    say = load(view.language)
    models = {cell: load_snapshot(view.task, cell, view.training_step) for cell in view.cells}
    last = [cell for task, cell in names(pretrained_folder()) if task == view.task][-1]
    beside = cache(lambda: load_pretrained(view.task, last))
    readings = {cell: Reading(model, view.text, beside) for cell, model in models.items()}
    cards = {cell: find_card(view.task, cell) for cell in view.cells}
    answers = {cell: reading.answers(say, view.task) for cell, reading in readings.items()}
    runs = {
        cell: Run(
            reading.trace,
            answers[cell],
            caption(cards[cell], say, view.training_step),
            name_of(cards[cell], view.training_step),
        )
        for cell, reading in readings.items()
    }
    tokens = tokens_of(list(readings.values()))
    packed = picture(
        runs, view.text, tokens, layer=view.layer, direction=view.direction, say=say,
        opening=opening_of(view, readings, answers, say),
    )  # fmt: skip
    first = view.cells[0]
    return html_of_picture(view, packed, cards[first], readings[first].trace)


def html_of_picture(
    view: View, packed: bytes, card: ModelCard, trace: Trace, opened_with: Mapping[str, object] | None = None
) -> str:
    """The page of a picture that has been packed already.

    Args:
        view: what the picture shows.
        packed: the picture, from `gateviz.viewer.packing.picture`.
        card: the card of one of its models.
        trace: the trace of the same model.
        opened_with: the step, unit and so on with which the page opens (`gateviz.viewer.html_page`).
    """
    say, place = load(view.language), ""
    if trace.num_layers * trace.num_directions > 1:
        number = trace.layer(view.layer, view.direction).index + 1
        direction_name = say(f"direction.{view.direction}")
        place = say("export.place", layer=number, layers=trace.num_layers, direction=direction_name)
    source = say("export.data", name=card.data.name, author=card.data.author, licence=card.data.licence)
    about = (say("export.keys"), source, say("export.made", version=__version__))
    return page(
        packed,
        title=say.task(view.task),
        subtitle=place,
        about=about,
        figure_texts=say.under("take"),
        key_texts=say.under("lesson"),
        view=opened_with,
        language=view.language,
    )

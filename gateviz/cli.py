"""The command line: `gateviz app`, `trace`, `train TASK`, `table`, `generate TASK`, `models`, `export`.

A mistake of the user is one sentence on stderr and exit code 2; Ctrl-C exits with 130. What a command needs is imported
when it runs, so that `gateviz --help` answers at once.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, get_args

from gateviz import __version__
from gateviz.data.corpora.quatrains import FORMS
from gateviz.data.tokenizing.typed_text import check_sentence
from gateviz.errors import GatevizError, InputError
from gateviz.i18n.translator import languages, load
from gateviz.models.holds import read_hold
from gateviz.models.view import View
from gateviz.pretrained.folder import names, pretrained_folder
from gateviz.results.trace import CELLS, CellName, Direction
from gateviz.results.whole_files import whole_file

if TYPE_CHECKING:
    from gateviz.models.readings import Reading

_TASK = "timemachine"
"""The task of a sentence for which none is named."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
        sys.stdout.flush()  # here, where a reader that has left raises a BrokenPipeError
    except BrokenPipeError:  # as in `gateviz trace ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except GatevizError as error:
        print(f"gateviz: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"gateviz: {error.filename or 'the output'} cannot be used: {error.strerror or error}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ngateviz: interrupted", file=sys.stderr)
        return 130
    return 0


class _Parser(argparse.ArgumentParser):
    """A parser that complains in one sentence, without the usage."""

    def error(self, message: str) -> NoReturn:
        shown = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in message)
        self.exit(2, f"{self.prog}: {shown}; `{self.prog} --help` tells more\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="gateviz", description="See inside recurrent networks, step by step.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    app = commands.add_parser("app", help="open the app in a browser")
    app.add_argument("--port", type=int, help="(default: 8501)")
    app.add_argument("--host", help="address to listen on; 0.0.0.0 lets a class connect (default: localhost)")
    app.add_argument("--no-browser", action="store_true", help="do not open a browser")
    app.add_argument("--share", action="store_true", help="let a class connect; print the address and its QR code")
    app.add_argument("--base-path", metavar="PATH", help="the path behind a proxy, such as /gateviz")
    app.add_argument(
        "--allow-origin",
        action="append",
        metavar="ORIGIN",
        help="a site that may show the app in a frame, such as https://moodle.example.edu; may be given several times",
    )
    app.add_argument("--memory", type=int, metavar="MIB", help="that the server may take in all (default: 1024)")
    app.add_argument("--replica", metavar="NAME", help="this server's name among several behind one proxy")
    app.set_defaults(command=_app)

    train = commands.add_parser("train", help="train a task's models, into a folder of their own")
    train.add_argument("task", help="such as timemachine")
    train.add_argument("--cell", choices=CELLS, help="one architecture; all three unless given")
    train.add_argument("--seed", type=_seed, default=0)
    train.add_argument(
        "--seeds", type=_positive, default=1, help="train from so many, SEED first: its model is kept (default: 1)"
    )
    train.add_argument("--steps", type=_positive, help="instead of the recipe's number")
    train.add_argument(
        "--data", type=Path, help="the data file, or its folder; else it is looked for in $GATEVIZ_DATA, then in ./data"
    )
    train.add_argument(
        "--out", type=Path, default=Path("trained"), help="models are written to OUT/TASK/CELL (default: trained)"
    )
    train.set_defaults(command=_train)

    table = commands.add_parser("table", help="run the papers' memory experiments for each cell, bias and seed")
    table.add_argument("--only", metavar="NAMES", help="such as adding,latch; all unless given")
    table.add_argument("--seeds", type=_positive, default=3, help="how many, from 0 on (default: 3)")
    table.add_argument("--steps", type=_positive, help="of each run, instead of each experiment's own number")
    table.add_argument("--csv", type=Path, metavar="FILE", help="write a line for each run too")
    table.set_defaults(command=_table)

    trace = commands.add_parser("trace", help="print what every step of a sentence does to the gates")
    _add_sentence(trace)
    trace.add_argument("--unit", type=int, help="one unit's numbers; else the mean of gates, the RMS of states")
    trace.set_defaults(command=_trace)

    export = commands.add_parser(
        "export", help="write the stepping page as one .html, the numbers as .npz or .csv, or all tasks as a site"
    )
    _add_sentence(export, text_is_needed=False)
    export.add_argument("--lang", choices=languages(), default="en", help="of the page (default: en)")
    where = export.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="FILE", help="its suffix says what is written; needs --text")
    where.add_argument(
        "--site", type=Path, metavar="FOLDER", help="pages for any static host: of all tasks, or of --task one,two"
    )
    export.set_defaults(command=_export)

    generate = commands.add_parser("generate", help="write on from a beginning, or a Chinese quatrain")
    generate.add_argument("task", help="such as timemachine or tang")
    generate.add_argument("prompt", nargs="?", default="", help="the beginning; tang needs none")
    generate.add_argument("--cell", choices=CELLS, default="lstm", help="(default: lstm)")
    generate.add_argument("--temperature", type=float, default=0.8, help="0 takes the likeliest (default: 0.8)")
    generate.add_argument("--top-k", type=_positive, help="draw from so many of the likeliest alone")
    generate.add_argument("--seed", type=_seed, default=0)
    generate.add_argument("--steps", type=_positive, default=200, help="tokens of a text (default: 200)")
    generate.add_argument("--form", type=int, choices=FORMS, help="of a quatrain: characters a clause")
    generate.add_argument("--rhyme", metavar="NAME", help="of a quatrain, such as 阳; else the model names one")
    generate.add_argument("--acrostic", metavar="HEADS", help="characters that the clauses of a quatrain begin with")
    generate.set_defaults(command=_generate)

    models = commands.add_parser("models", help="list the trained models with their figures")
    models.add_argument("--markdown", action="store_true", help="as the page that is pretrained/README.md")
    models.add_argument("--summary", action="store_true", help="as the table in README.md, a line a task")
    models.set_defaults(command=_models)

    measure = commands.add_parser("measure", help="measure trained models anew, and write it into their cards")
    measure.add_argument("task", help="such as timemachine")
    measure.add_argument("--data", type=Path, help="as for `gateviz train`")
    measure.set_defaults(command=_measure)
    return parser


def _add_sentence(command: argparse.ArgumentParser, *, text_is_needed: bool = True) -> None:
    """The arguments that name a sentence and what is shown of it; a link has the same names."""
    command.add_argument("--task", help=f"one that `gateviz models` lists (default: {_TASK})")
    command.add_argument("--text", required=text_is_needed, help="the sentence")
    command.add_argument("--cells", type=_cells, help="such as lstm,gru (default: all that there are)")
    command.add_argument("--layer", type=int, default=0, help="0 is the lowest, -1 the highest (default: 0)")
    command.add_argument("--direction", choices=get_args(Direction), default="forward", help="(default: forward)")
    command.add_argument(
        "--hold", action="append", default=[], help="what is held, such as lstm.forget_gate@9-:0; several with commas"
    )
    command.add_argument("--other", metavar="TEXT", help="the sentence from which a hold takes its values")


def _cells(text: str) -> tuple[CellName, ...]:
    chosen = text.split(",")
    if not set(chosen) <= set(CELLS):
        raise argparse.ArgumentTypeError(f"must be some of {', '.join(CELLS)} with commas between, got {text!r}")
    return tuple(cell for cell in CELLS if cell in chosen)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"must be a whole number of at least 1, got {text!r}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to {2**32 - 1}, got {text!r}")
    return int(text)


def _app(options: argparse.Namespace) -> None:
    try:
        from gateviz.app.server import launch  # noqa: PLC0415
        from gateviz.app.server.asked import asked_for  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise GatevizError(f"the app needs {missing.name} too: pip install 'gateviz[app]'") from None

    chosen = asked_for(
        port=options.port,
        host=options.host,
        open_browser=False if options.no_browser else None,
        share=options.share,
        base_path=options.base_path,
        origins=tuple(options.allow_origin) if options.allow_origin else None,
        memory=options.memory,
        replica=options.replica,
    )
    if chosen.share:
        _write_utf8()
    launch.run(chosen)


def _train(options: argparse.Namespace) -> None:
    from gateviz import recipes  # noqa: PLC0415
    from gateviz.pretrained.files import save_pretrained  # noqa: PLC0415
    from gateviz.recipes.several_seeds import with_spread  # noqa: PLC0415
    from gateviz.training.progress import Progress  # noqa: PLC0415

    recipe = recipes.recipe_of(options.task)
    data = recipe.read(options.data)
    options.out.mkdir(parents=True, exist_ok=True)  # before the training, in case it cannot be written
    for cell in (options.cell,) if options.cell else CELLS:
        runs = [
            recipe.start(cell, data, seed=options.seed + more, steps=options.steps) for more in range(options.seeds)
        ]
        for run in runs:
            with Progress(f"{recipe.task}/{cell}, seed {run.seed}", sys.stderr) as bar:
                for step in run.steps():
                    bar.show(step)
        card = with_spread([run.card() for run in runs])
        card = save_pretrained(runs[0].model, card, options.out, runs[0].snapshots)
        beside = "; ".join(f"{baseline.name} {baseline.value:.3f}" for baseline in card.baselines)
        print(
            f"{card.task}/{card.cell}: {card.metric.value:.3f} {card.metric.unit} on {card.metric.on}; "
            f"{beside or 'no baseline'}; {card.seconds:.0f} s"
        )
    if options.out.resolve() != pretrained_folder().resolve():
        print(f"to open these models, set GATEVIZ_PRETRAINED={options.out}", file=sys.stderr)


def _table(options: argparse.Namespace) -> None:
    from gateviz.experiments import table, table_runs  # noqa: PLC0415

    chosen = tuple(options.only.split(",")) if options.only else tuple(table.EXPERIMENTS)
    wanted = table.jobs(chosen, options.seeds, options.steps)
    rows = []
    for row in table_runs.run(wanted):
        rows.append(row)
        outcome = "passed" if row.passed else "not"
        bias = f", bias {row.forget_bias}" if row.forget_bias else ""
        name = f"{len(rows)} of {len(wanted)}: {row.experiment} {row.cell}{bias}, seed {row.seed}"
        print(f"{name}: {outcome} after {row.steps} steps, {row.seconds:.0f} s", file=sys.stderr)
        if options.csv:
            options.csv.write_text(table.as_csv(rows), encoding="utf-8")
    print(table.summary(rows))


def _task(options: argparse.Namespace) -> str:
    return _TASK if options.task is None else str(options.task)


def _chosen(options: argparse.Namespace) -> tuple[CellName, ...]:
    there = tuple(cell for task, cell in names(pretrained_folder()) if task == _task(options))
    return options.cells or there or CELLS  # if there is no such task, loading the first cell says so


def _view(options: argparse.Namespace) -> View:
    """The sentence that is named, and what is shown of it."""
    parts = [part for given in options.hold for part in given.split(",") if part.strip()]
    return View(
        _task(options),
        _chosen(options),
        check_sentence(options.text),
        options.layer,
        options.direction,
        holds=tuple(read_hold(part.strip()) for part in parts),
        other=options.other if options.other is None else check_sentence(options.other),
    )


def _readings(view: View) -> "dict[CellName, Reading]":
    """The sentence as each architecture reads it under the holds, which they all have."""
    from gateviz.models.readings import Reading  # noqa: PLC0415
    from gateviz.pretrained.files import load_pretrained  # noqa: PLC0415

    for hold in view.holds:
        if hold.cell not in view.cells:
            raise InputError(f"the hold {hold} is of an architecture that is not shown: name it in --cells.")
    models = {cell: load_pretrained(view.task, cell) for cell in view.cells}
    readings = {cell: Reading(model, view.text, holds=view.holds, other=view.other) for cell, model in models.items()}
    for reading in readings.values():
        _ = reading.clamps  # refuses what a model does not have
    return readings


def _trace(options: argparse.Namespace) -> None:
    from gateviz.export.table import listing  # noqa: PLC0415

    view, say = _view(options), load("en")
    readings = _readings(view)
    _write_utf8()
    for cell, reading in readings.items():
        trace = reading.trace
        table = listing(
            trace,
            reading.answers(say, view.task),
            layer=options.layer,
            direction=options.direction,
            unit=options.unit,
            say=say,
        )
        number = trace.layer(options.layer, options.direction).index + 1
        held = "".join(f", held: {hold}" for hold in reading.own_holds)
        print(f"{view.task}/{cell}, layer {number} of {trace.num_layers}, {options.direction}{held}\n{table}")


def _export(options: argparse.Namespace) -> None:
    if options.site:
        _export_site(options)
        return
    if options.text is None:
        raise InputError("a file needs a sentence: give it as --text.")
    if options.out.suffix not in (".html", ".npz", ".csv"):
        raise InputError(f"{options.out} must end in .html, .npz or .csv: the suffix says what is written.")
    from gateviz.export import files, page  # noqa: PLC0415
    from gateviz.export.held import Held  # noqa: PLC0415

    view = replace(_view(options), language=options.lang)
    readings = _readings(view)
    if options.out.suffix == ".html":
        data = page.html_of(view).encode()
    else:
        write = files.npz_of if options.out.suffix == ".npz" else files.csv_of
        data = write({cell: reading.trace for cell, reading in readings.items()}, Held.of(readings))
    with whole_file(options.out) as file:
        file.write(data)
    print(f"{options.out}: {len(data) / 1e6:.1f} MB")


def _export_site(options: argparse.Namespace) -> None:
    if options.text is not None or options.cells or options.hold:
        raise InputError("a site has every sentence and all architectures: leave --text, --cells and --hold out.")
    from gateviz.export.site import write_site  # noqa: PLC0415

    on_terminal = sys.stderr.isatty()

    def show(number: int, count: int, task: str) -> None:
        if on_terminal:
            print(f"\r{number} of {count}: {task}\x1b[K", end="", file=sys.stderr, flush=True)

    tasks = () if options.task is None else tuple(options.task.split(","))
    try:
        count, size = write_site(options.site, tasks, options.lang, show)
    finally:
        if on_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # what comes next has the line
    named = "1 task" if count == 1 else f"{count} tasks"
    print(f"{options.site}: {named}, {size / 1e6:.1f} MB; python -m http.server -d {options.site} serves it")


def _generate(options: argparse.Namespace) -> None:
    from gateviz.models import generation, poems  # noqa: PLC0415
    from gateviz.pretrained.files import load_pretrained  # noqa: PLC0415

    model = load_pretrained(options.task, options.cell)
    how = {"temperature": options.temperature, "top_k": options.top_k, "seed": options.seed}
    streams: tuple[generation.Generation, ...]
    if options.acrostic is not None:
        streams = poems.acrostic(model, options.acrostic, options.form, options.rhyme, **how)
    elif poems.can_write(model):
        streams = (poems.quatrain(model, options.prompt, options.form, options.rhyme, **how),)
    else:
        streams = (generation.generate(model, options.prompt, max_steps=options.steps, **how),)
    _write_utf8()
    for stream in streams:
        shown = stream.shown
        print(shown, end="", flush=True)
        for _ in stream:
            print(stream.shown[len(shown) :], end="", flush=True)
            shown = stream.shown
        print()


def _models(options: argparse.Namespace) -> None:
    from gateviz.pretrained import catalogue  # noqa: PLC0415
    from gateviz.pretrained.folder import list_pretrained  # noqa: PLC0415

    cards = list_pretrained()
    if options.markdown:
        _write_utf8()
        print(catalogue.markdown(cards), end="")
    elif options.summary:
        print(catalogue.summary(cards), end="")
    elif cards:
        print(catalogue.plain(cards), end="")
    else:
        raise GatevizError(f"there are no models in {pretrained_folder()}: `gateviz train TASK` makes some.")


def _measure(options: argparse.Namespace) -> None:
    from gateviz import recipes  # noqa: PLC0415
    from gateviz.pretrained.files import load_pretrained, save_card  # noqa: PLC0415
    from gateviz.pretrained.folder import find_card  # noqa: PLC0415
    from gateviz.recipes.measuring import measured  # noqa: PLC0415

    recipe = recipes.recipe_of(options.task)
    data = recipe.read(options.data)
    for cell in CELLS:
        model, card = load_pretrained(recipe.task, cell), find_card(recipe.task, cell)
        card = measured(card, model, recipe, data)
        save_card(card, pretrained_folder())
        print(f"{card.task}/{card.cell}: {card.metric.value:.3f} {card.metric.unit} on {card.metric.on}")


def _write_utf8() -> None:
    """Print in UTF-8, because not every code page has Chinese. Half a surrogate pair is printed as its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")

"""The command line: `gateviz app`, `gateviz train TASK`, `gateviz models`.

A mistake of the user's is one sentence on stderr and exit code 2; an interruption by Ctrl-C exits with 130.
What a command needs is imported when it runs, so that `gateviz --help` answers at once.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from gateviz import __version__
from gateviz.errors import GatevizError
from gateviz.trace import CELLS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (GatevizError, OSError) as error:
        print(f"gateviz: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ngateviz: interrupted", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gateviz", description="See inside recurrent networks, step by step.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    app = commands.add_parser("app", help="open the app in a browser")
    app.add_argument("--port", type=int, default=8501)
    app.add_argument("--host", default="localhost", help="address to listen on; 0.0.0.0 lets a class connect")
    app.add_argument("--no-browser", action="store_true", help="do not open a browser")
    app.set_defaults(command=_app)

    train = commands.add_parser("train", help="train a task's models from its data file")
    train.add_argument("task", help="such as timemachine")
    train.add_argument("--cell", choices=CELLS, help="one architecture; all three unless given")
    train.add_argument("--seed", type=_seed, default=0)
    train.add_argument("--steps", type=_positive, help="instead of the recipe's number")
    train.add_argument(
        "--data", type=Path, help="the data file, or its folder; else it is looked for in $GATEVIZ_DATA, then in ./data"
    )
    train.add_argument(
        "--out", type=Path, default=Path("pretrained"), help="models are written to OUT/TASK/CELL (default: pretrained)"
    )
    train.set_defaults(command=_train)

    models = commands.add_parser("models", help="list the trained models with their figures")
    models.add_argument("--markdown", action="store_true", help="as the page that is pretrained/README.md")
    models.set_defaults(command=_models)
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"must be a whole number of at least 1, got {text!r}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to {2**32 - 1}, got {text!r}")
    return int(text)


def _app(options: argparse.Namespace) -> None:
    from gateviz.app import launch  # noqa: PLC0415

    launch.run(port=options.port, host=options.host, open_browser=not options.no_browser)


def _train(options: argparse.Namespace) -> None:
    from gateviz import pretrained, progress, recipes  # noqa: PLC0415

    recipe = recipes.recipe_of(options.task)
    data = recipe.read(options.data)
    options.out.mkdir(parents=True, exist_ok=True)  # what cannot be written is better known before the training
    for cell in (options.cell,) if options.cell else CELLS:
        run = recipe.start(cell, data, seed=options.seed, steps=options.steps)
        with progress.Progress(f"{recipe.task}/{cell}", sys.stderr) as bar:
            for step in run.steps():
                bar.show(step)
        card = pretrained.save_pretrained(run.model, run.card(), options.out, run.snapshots)
        beside = "; ".join(f"{baseline.name} {baseline.value:.3f}" for baseline in card.baselines)
        print(
            f"{card.task}/{card.cell}: {card.metric.value:.3f} {card.metric.unit} on {card.metric.on}; "
            f"{beside or 'no baseline'}; {card.seconds:.0f} s"
        )
    if options.out.resolve() != pretrained.pretrained_folder().resolve():
        print(f"to open these models, set GATEVIZ_PRETRAINED={options.out}", file=sys.stderr)


def _models(options: argparse.Namespace) -> None:
    from gateviz import catalogue, pretrained  # noqa: PLC0415

    cards = pretrained.list_pretrained()
    if options.markdown:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # not every code page has Chinese
        print(catalogue.markdown(cards), end="")
    elif cards:
        print(catalogue.plain(cards), end="")
    else:
        raise GatevizError(f"there are no models in {pretrained.pretrained_folder()}; `gateviz train TASK` makes some")

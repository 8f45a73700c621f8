"""Every argument of every command with every kind of wrong value: one sentence, exit code 2, nothing written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gateviz import cli

ANY = ("", "x", "-1", "1.5", "nan", "--", "\udcff", "九")
"""Given to every argument that none of them suits."""

NOT_POSITIVE = (*ANY, "0", "²")
NO_FLOATS = ("", "x", "--", "\udcff")
TEXT = ("--text", "He said so.")

WRONG: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {
    ("app", "--no-browser"): {"--port": (*NOT_POSITIVE, "65536", "9" * 30)},
    ("train", "adding", "--steps", "1"): {
        "--cell": ANY,
        "--seed": (*ANY, str(2**32)),
        "--steps": NOT_POSITIVE,
        "--data": ("nowhere", "file"),
        "--out": ("file", "file/below"),
    },
    ("train",): {"": (*ANY, "Timemachine")},
    ("trace", *TEXT): {
        "--task": (*ANY, "../pretrained"),
        "--cells": (*ANY, "lstm,", "lstm gru"),
        "--layer": ("", "x", "1.5", "1", "-2", "9" * 30),
        "--direction": (*ANY, "reverse"),
        "--unit": ("", "x", "1.5", "256", "-1", "9" * 30),
    },
    ("trace",): {"--text": ("", "  ", "\udcff", "a\0b", "x" * 2001)},
    ("trace", "--task", "adding"): {"--text": ("x", "0.5 x", "1e400")},
    ("export", "--out", "page.html", *TEXT): {
        "--task": ANY,
        "--cells": ANY,
        "--layer": ("", "x", "1", "-2"),
        "--direction": (*ANY, "reverse"),
        "--lang": ANY,
        "--out": ("", "x", "page.txt", "nowhere/page.html", "file/page.csv", "file.html"),
    },
    ("export", "--out", "page.csv"): {"--text": ("", "  ", "\udcff", "a\0b", "x" * 2001)},
    ("generate",): {"": (*ANY, "adding", "sentiment", "dates", "sunspots")},
    ("generate", "timemachine"): {"": ("",)},
    ("generate", "timemachine", "a"): {
        "--cell": ANY,
        "--temperature": (*NO_FLOATS, "-1", "nan", "inf"),
        "--top-k": NOT_POSITIVE,
        "--seed": ANY,
        "--steps": NOT_POSITIVE,
        "--form": (*ANY, "6"),
        "--acrostic": ("", "x", "春江"),
    },
    ("generate", "tang"): {"--acrostic": ("", "x", "春", "春" * 9, "ab", "\udcff")},
    ("models",): {"": ("extra", "--json")},
}
CASES = [
    pytest.param((*command, *([name] if name else []), value), id=" ".join((*command[:2], name, ascii(value))))
    for command, arguments in WRONG.items()
    for name, values in arguments.items()
    for value in values
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GATEVIZ_PRETRAINED", raising=False)
    monkeypatch.delenv("GATEVIZ_DATA", raising=False)
    (tmp_path / "file").write_text("text")
    (tmp_path / "file.html").mkdir()


def run(arguments: tuple[str, ...]) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as stopped:  # argparse's own way
        return int(stopped.code or 0)


@pytest.mark.parametrize("arguments", CASES)
def test_a_wrong_argument_is_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("gateviz")
    assert printed.err.count("\n") == 1
    assert printed.err.endswith("\n")
    assert len(printed.err) < 600
    assert not any(word in printed.err for word in ("Traceback", "Errno", "Error:"))
    left = {path.name for path in tmp_path.iterdir()} - {"file", "file.html", "trained"}
    assert not left, "nothing is written"
    assert not list(tmp_path.glob("trained/*"))


@pytest.mark.parametrize("command", ["", "app x", "train", "trace", "export", "generate", "export --text a", "fly"])
def test_a_missing_argument_or_an_unknown_command_is_one_sentence(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tuple(command.split())) == 2
    printed = capsys.readouterr().err
    assert printed.startswith("gateviz")
    assert printed.count("\n") == 1
    assert "--help" in printed


@pytest.mark.parametrize("folder", ["nowhere", "file", "empty"])
@pytest.mark.parametrize("command", ["models", "trace --text a", "export --text a --out a.npz", "generate tang"])
def test_a_folder_of_models_that_is_none_is_one_sentence(
    command: str, folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty").mkdir()
    monkeypatch.setenv("GATEVIZ_PRETRAINED", folder)
    assert run(tuple(command.split())) == 2
    printed = capsys.readouterr().err
    assert folder in printed
    assert printed.count("\n") == 1


def test_what_no_encoding_can_print_is_printed_as_its_number() -> None:
    """A terminal hands over a byte that is no UTF-8 as half of a surrogate pair."""
    command = [sys.executable, "-c", "import sys; from gateviz.cli import main; sys.exit(main())", "generate"]
    arguments = [*command, "timemachine", "a", "--steps", "3"]
    arguments[-3] = os.fsencode("a") + b"\xff"  # type: ignore[call-overload]
    answer = subprocess.run(arguments, capture_output=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout.startswith(b"a\\udcff")

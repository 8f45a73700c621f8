"""Any command line: what it asks for, or one sentence and exit code 2."""

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given

from gateviz import cli
from tests.fuzz.bad_inputs import command_lines
from tests.fuzz.counted import COUNTED, inputs


def run(arguments: list[str]) -> tuple[int, str]:
    """The exit code and what stands on stderr."""
    errors = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
        try:
            code = cli.main(arguments)
        except SystemExit as stopped:  # argparse's own way
            code = int(stopped.code or 0)
        except Exception:
            COUNTED.exceptions += 1
            raise
    return code, errors.getvalue()


def test_any_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    @inputs(60)
    @given(command_lines())
    def try_line(arguments: list[str]) -> None:
        code, said = run(arguments)
        COUNTED.count("command line", sentence=code != 0)
        assert code in (0, 2)
        if code == 2:
            assert said.startswith("gateviz")
            assert said.count("\n") == 1, said
            assert "Traceback" not in said

    try_line()

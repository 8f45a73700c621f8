"""Whatever is written when the disk gets full: the sentence names it, and nothing torn is left."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import gateviz
from gateviz import cli
from gateviz.errors import InputError

ROOM = 50_000  # bytes; the page has 2 MB, the numbers 100 kB and more
TEXT = "The Time Traveller smiled."


@contextmanager
def no_room() -> Iterator[None]:
    """The system lets no file become larger, and says so in the middle of writing, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("older", [None, b"an older file"])
@pytest.mark.parametrize("name", ["page.html", "gates.npz", "gates.csv"])
def test_a_file_of_the_command_line(
    name: str, older: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if older:
        Path(name).write_bytes(older)
    with no_room():
        assert cli.main(["export", "--text", TEXT, "--out", name]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"gateviz: {name} could not be written to its end")
    assert said.count("\n") == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == ({name: older} if older else {})


def test_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "site"
    with no_room():
        assert cli.main(["export", "--site", str(folder), "--task", "counting"]) == 2
    assert capsys.readouterr().err.startswith(f"gateviz: {folder} could not be written to its end")
    assert not list(tmp_path.iterdir())


def test_a_trace(tmp_path: Path) -> None:
    trace = gateviz.load_pretrained("timemachine", "gru").trace(TEXT)
    with no_room(), pytest.raises(InputError, match=r"trace\.npz could not be written to its end"):
        trace.save(tmp_path / "trace.npz")
    assert not list(tmp_path.iterdir())

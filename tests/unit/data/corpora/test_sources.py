"""Finding and reading training texts."""

import gzip
from pathlib import Path

import pytest

from gateviz.data.corpora.sources import VARIABLE, DataSource, find_data, read_text
from gateviz.errors import DataError

SOURCE = DataSource("book.txt", "A Book", "An Author", "public domain", "https://example.org/book")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and no folder named in the environment."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def placed(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / SOURCE.file).write_text("text")
    return folder / SOURCE.file


def test_a_missing_text_is_named_with_its_source_and_what_to_do() -> None:
    with pytest.raises(DataError, match=r"book\.txt \(A Book\).*https://example\.org/book.*--data.*GATEVIZ_DATA"):
        find_data(SOURCE)


def test_the_folder_of_the_environment_comes_before_the_folder_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(tmp_path / "data")
    assert find_data(SOURCE) == Path("data") / SOURCE.file
    monkeypatch.setenv(VARIABLE, str(tmp_path / "named"))
    assert find_data(SOURCE) == Path("data") / SOURCE.file, "the named folder lacks it"
    named = placed(tmp_path / "named")
    assert find_data(SOURCE) == named


def test_a_given_place_may_be_the_file_or_its_folder_and_no_other_is_tried(tmp_path: Path) -> None:
    file = placed(tmp_path / "data")
    assert find_data(SOURCE, file) == file
    assert find_data(SOURCE, file.parent) == file
    with pytest.raises(DataError, match="nowhere"):
        find_data(SOURCE, tmp_path / "nowhere")


def test_a_text_is_read_plain_or_gzipped_with_plain_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff时\r\nb\n".encode())
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress("时\nb\n".encode()))
    assert read_text(tmp_path / "a.txt") == read_text(tmp_path / "a.txt.gz") == "时\nb\n"


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b"\xff\xfe"), ("a.gz", b"plain"), ("a.gz", gzip.compress(b"x", mtime=0)[:-9])]
)
def test_a_file_that_is_no_utf8_text_is_one_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match="cannot be read as UTF-8 text"):
        read_text(tmp_path / name)

"""A folder is written whole or not at all, and nobody's own files are lost."""

from pathlib import Path

import pytest

from gateviz.errors import InputError
from gateviz.export.folders import LIST, replacing


def write(folder: Path, **files: str) -> None:
    with replacing(folder) as fresh:
        for name, text in files.items():
            (fresh / name).write_text(text)


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.name != LIST}


def test_a_new_an_empty_and_an_older_folder_take_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new" / "deep", tmp_path / "empty"):
        write(folder, a="1", b="2")
        assert content(folder) == {"a": "1", "b": "2"}
        write(folder, a="3")
        assert content(folder) == {"a": "3"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "new"], "nothing lies beside it"


def test_a_folder_with_somebodys_files_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "site", a="1")
    (tmp_path / "site" / "mine").mkdir()
    (tmp_path / "site" / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match=r"holds mine/thesis\.txt, which is no part of a site: name a new or empty"):
        write(tmp_path / "site", a="2")
    assert (tmp_path / "site" / "a").read_text() == "1"
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file: name a folder"):
        write(tmp_path / "file", a="2")


@pytest.mark.parametrize("listed", ["{", "3", '["a", 4]'])
def test_a_list_of_files_that_says_nothing_makes_no_file_ours(tmp_path: Path, listed: str) -> None:
    (tmp_path / LIST).write_text(listed)
    (tmp_path / "b").write_text("x")
    with pytest.raises(InputError, match="holds b"):
        write(tmp_path, a="2")


def test_what_goes_wrong_while_it_is_written_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "site", a="1")
    with pytest.raises(TypeError):
        write(tmp_path / "site", a="2", b=None)  # type: ignore[arg-type]
    assert content(tmp_path / "site") == {"a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]

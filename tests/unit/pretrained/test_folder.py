"""Where models are looked for, and what counts as one."""

from pathlib import Path

import pytest

from gateviz.pretrained import folder
from gateviz.pretrained.folder import VARIABLE, names, pretrained_folder


def put(root: Path, *places: str) -> None:
    for place in places:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).touch()


def test_models_come_by_task_and_then_rnn_lstm_gru(tmp_path: Path) -> None:
    put(tmp_path, *(f"{task}/{cell}/card.json" for task in ("b", "a") for cell in ("gru", "lstm", "rnn")))
    assert names(tmp_path) == [(task, cell) for task in "ab" for cell in ("rnn", "lstm", "gru")]


@pytest.mark.parametrize("file", ["card.json", "model.safetensors"])
def test_a_card_or_weights_alone_make_a_model_that_can_be_complained_about(tmp_path: Path, file: str) -> None:
    put(tmp_path, f"book/gru/{file}")
    assert names(tmp_path) == [("book", "gru")]


def test_other_files_and_folders_are_no_models(tmp_path: Path) -> None:
    put(tmp_path, "README.md", "notes/a.txt", "book/mlp/card.json", "book/card.json", "book/lstm/notes.txt")
    (tmp_path / "book/gru/card.json").mkdir(parents=True)
    assert names(tmp_path) == []


def test_no_folder_and_a_file_instead_of_one_hold_no_models(tmp_path: Path) -> None:
    put(tmp_path, "file")
    assert names(tmp_path / "nowhere") == names(tmp_path / "file") == []


def test_the_environment_comes_before_the_source_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert pretrained_folder() == tmp_path


@pytest.mark.parametrize("named", [None, ""])
def test_an_environment_that_names_nothing_leaves_the_source_tree(
    monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if named is not None:
        monkeypatch.setenv(VARIABLE, named)
    assert pretrained_folder() == Path(__file__).parents[3] / "pretrained"


def test_an_installed_package_looks_inside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(folder, "_PACKAGE", tmp_path / "gateviz")
    assert pretrained_folder() == tmp_path / "gateviz" / "_weights"

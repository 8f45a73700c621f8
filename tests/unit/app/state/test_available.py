"""The models that there are: read anew each time, in the order in which they are offered."""

from pathlib import Path

import pytest

from gateviz.app.state import available
from gateviz.pretrained.folder import VARIABLE


def put(folder: Path, *models: str) -> None:
    for model in models:
        (folder / model).mkdir(parents=True)
        (folder / model / "card.json").write_text("{}", encoding="utf-8")


def test_tasks_stand_in_the_order_of_the_examples_and_architectures_in_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    put(tmp_path, "a-book/gru", "sherlock/lstm", "sherlock/rnn", "timemachine/gru")
    assert list(available.models().items()) == [
        ("timemachine", ("gru",)),
        ("sherlock", ("rnn", "lstm")),
        ("a-book", ("gru",)),
    ]


def test_a_folder_that_is_not_there_has_no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    assert available.models() == {}


def test_a_folder_that_goes_while_it_is_read_has_none_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> list[tuple[str, str]]:
        raise FileNotFoundError("pretrained")

    monkeypatch.setattr(available, "names", gone)
    assert available.models() == {}

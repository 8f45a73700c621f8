"""Saving, finding and loading models, and every way in which a file can be wrong."""

import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

import gateviz
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import PretrainedError
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained import folder
from gateviz.pretrained.cards import ModelCard, Sample, Score
from gateviz.pretrained.files import (
    list_pretrained,
    load_pretrained,
    load_snapshot,
    load_timelapse,
    save_pretrained,
)
from gateviz.pretrained.folder import VARIABLE, find_card, pretrained_folder
from gateviz.results.trace import CELLS, CellName
from tests.refusals import refusal

VOCABULARY = CharacterTokenizer.of("the time machine")


def card_of(model: SequenceModel, task: str = "book") -> ModelCard:
    score = Score("model", "bits per character", 2.0, "the last tenth")
    return ModelCard(
        task=task,
        config=model.config,
        tokens="characters",
        vocabulary=model.outputs,
        labels=(),
        data=DataSource("a.txt", "A Book", "An Author", "public domain", "a library"),
        recipe={},
        seed=1,
        steps=0,
        seconds=0.0,
        machine="this one",
        metric=score,
        baselines=(score,),
        details={},
        sample=Sample(("the",), (), 2.0),
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        good_for=Bilingual("tests", "测试"),
        fails_at=Bilingual("words", "词"),
    )


def saved(folder: Path, cell: CellName = "gru", task: str = "book") -> SequenceModel:
    model = SequenceModel(ModelConfig(cell, hidden_size=6, embedding_size=4), VOCABULARY, seed=9)
    save_pretrained(model, card_of(model, task), folder)
    return model


@pytest.mark.parametrize("cell", CELLS)
def test_a_saved_model_comes_back_with_the_same_weights_and_words(tmp_path: Path, cell: CellName) -> None:
    model = saved(tmp_path, cell)
    again = load_pretrained("book", cell, tmp_path)
    assert (again.config, again.tokenizer, again.training) == (model.config, model.tokenizer, False)
    for ours, theirs in zip(again.parameters(), model.parameters(), strict=True):
        assert torch.equal(ours, theirs.half().float()), "in the card's precision"
        assert ours.dtype == torch.float32


def test_a_card_that_asks_for_full_precision_gets_it(tmp_path: Path) -> None:
    model = SequenceModel(ModelConfig("gru", hidden_size=6, embedding_size=4), VOCABULARY, seed=9)
    save_pretrained(model, replace(card_of(model), precision="float32"), tmp_path)
    assert torch.equal(load_pretrained("book", "gru", tmp_path).head.weight, model.head.weight)


def test_a_time_lapse_comes_back_as_a_model_for_each_step(tmp_path: Path) -> None:
    model = SequenceModel(ModelConfig("gru", hidden_size=6, embedding_size=4), VOCABULARY, seed=9)
    early = {name: tensor / 2 for name, tensor in model.state_dict().items()}
    card = save_pretrained(model, card_of(model), tmp_path, {7: model.state_dict(), 0: early})
    assert card.timelapse is not None
    assert list_pretrained(tmp_path) == [card]
    (first, start), (last, end) = load_timelapse("book", "gru", tmp_path)
    assert (first, last) == card.timelapse.steps == (0, 7)
    assert torch.equal(start.head.weight, early["head.weight"].half().float())
    assert torch.equal(end.head.weight, load_pretrained("book", "gru", tmp_path).head.weight)
    saved(tmp_path)
    assert load_timelapse("book", "gru", tmp_path) == (), "a model saved without one leaves none lying about"
    assert sorted(path.name for path in (tmp_path / "book/gru").iterdir()) == ["card.json", "model.safetensors"]


def test_a_damaged_time_lapse_is_one_sentence(tmp_path: Path) -> None:
    model = SequenceModel(ModelConfig("gru", hidden_size=6, embedding_size=4), VOCABULARY, seed=9)
    save_pretrained(model, card_of(model), tmp_path, {0: model.state_dict()})
    file = tmp_path / "book/gru/timelapse.safetensors"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(PretrainedError, match=r"timelapse\.safetensors is damaged"):
        load_timelapse("book", "gru", tmp_path)
    file.unlink()
    with pytest.raises(PretrainedError, match=r"timelapse\.safetensors is missing"):
        load_timelapse("book", "gru", tmp_path)


def test_saving_fills_in_size_and_sha256_and_leaves_two_files_and_nothing_else(tmp_path: Path) -> None:
    model = saved(tmp_path)
    saved(tmp_path)
    place = tmp_path / "book" / "gru"
    assert sorted(path.name for path in place.iterdir()) == ["card.json", "model.safetensors"]
    data = (place / "model.safetensors").read_bytes()
    (card,) = list_pretrained(tmp_path)
    assert (card.bytes, card.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert card.parameters == sum(parameter.numel() for parameter in model.parameters())


def test_an_interrupted_save_leaves_the_old_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path)
    before = (tmp_path / "book/gru/card.json").read_bytes()

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupt)
    with pytest.raises(KeyboardInterrupt):
        saved(tmp_path)
    assert sorted(path.name for path in (tmp_path / "book/gru").iterdir()) == ["card.json", "model.safetensors"]
    assert (tmp_path / "book/gru/card.json").read_bytes() == before
    load_pretrained("book", "gru", tmp_path)


def test_models_are_listed_by_task_and_then_rnn_lstm_gru(tmp_path: Path) -> None:
    for task in ("book", "a-book"):
        for cell in ("gru", "rnn", "lstm"):
            saved(tmp_path, cell, task)
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("not a model")
    names = [(card.task, card.cell) for card in list_pretrained(tmp_path)]
    assert names == [(task, cell) for task in ("a-book", "book") for cell in CELLS]


@pytest.mark.parametrize(("task", "cell"), [("books", "gru"), ("book", "lstm"), ("../book", "gru"), ("book", "..")])
def test_a_model_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path, task: str, cell: str) -> None:
    saved(tmp_path)
    with pytest.raises(
        PretrainedError, match=r"has no task '.*': it has book\.|has no cell '.*' of book: it has gru\."
    ):
        load_pretrained(task, cell, tmp_path)


def test_an_empty_folder_has_no_models(tmp_path: Path) -> None:
    assert list_pretrained(tmp_path) == []
    with pytest.raises(PretrainedError, match="it has none at all"):
        load_pretrained("book", "gru", tmp_path)


@pytest.mark.parametrize("given", [None, "", 3, b"lstm", ["book"], {}, "book\0", "\ud800", "x" * 5000], ids=repr)
def test_a_task_a_cell_or_a_training_step_that_cannot_be_is_one_sentence(tmp_path: Path, given: Any) -> None:
    saved(tmp_path)
    for load in (load_pretrained, load_timelapse, find_card):
        refusal(load, given, "gru", tmp_path)
        refusal(load, "book", given, tmp_path)
    if given is not None:
        assert "it has none at all" in refusal(load_snapshot, "book", "gru", given, tmp_path)


@pytest.mark.parametrize("given", [3, b"models", ["models"], ..., "nowhere", "file", "a\0b", "\ud800"], ids=repr)
def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: Any) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    for load in (load_pretrained, load_timelapse, find_card):
        refusal(load, "book", "gru", given)
    refusal(list_pretrained, given)
    refusal(load_snapshot, "book", "gru", 3, given)
    if isinstance(given, str) and "\0" not in given:
        monkeypatch.setenv(VARIABLE, given.replace("\ud800", "\udc80"))
        assert VARIABLE in refusal(list_pretrained)
        assert VARIABLE in refusal(load_pretrained, "timemachine", "gru")


def test_what_cannot_be_saved_is_one_sentence(tmp_path: Path) -> None:
    model = saved(tmp_path)
    other = SequenceModel(ModelConfig("gru", hidden_size=7, embedding_size=4), VOCABULARY, seed=9)
    (tmp_path / "file").touch()
    refusal(save_pretrained, model, card_of(model), tmp_path / "file")
    refusal(save_pretrained, model, card_of(other), tmp_path)
    refusal(save_pretrained, torch.nn.LSTM(2, 3), card_of(model), tmp_path)
    refusal(save_pretrained, model, None, tmp_path)
    refusal(ModelCard.from_json, None)


def test_the_environment_names_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert pretrained_folder() == tmp_path
    assert [card.task for card in gateviz.list_pretrained()] == ["book"]
    assert gateviz.load_pretrained("book", "gru").cell == "gru"


def test_an_installed_package_looks_inside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(folder, "_PACKAGE", tmp_path / "gateviz")
    assert pretrained_folder() == tmp_path / "gateviz" / "_weights"
    (tmp_path / "pyproject.toml").touch()
    assert pretrained_folder() == tmp_path / "pretrained"


def rewrite_card(place: Path, **values: object) -> None:
    data = json.loads((place / "card.json").read_text(encoding="utf-8"))
    (place / "card.json").write_text(json.dumps(data | values), encoding="utf-8")


def replace_weights(place: Path, data: bytes) -> None:
    """Other weights with a card that vouches for them."""
    (place / "model.safetensors").write_bytes(data)
    rewrite_card(place, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def change_tensors(place: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = safetensors.torch.load_file(place / "model.safetensors")
    change(tensors)
    replace_weights(place, safetensors.torch.save(tensors))


def flip_a_bit(place: Path) -> None:
    data = bytearray((place / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (place / "model.safetensors").write_bytes(data)


def truncate(place: Path) -> None:
    os.truncate(place / "model.safetensors", 300)


def fill_with_zeros(place: Path) -> None:
    os.truncate(place / "model.safetensors", 10**9)  # sparse: it takes no room on the disk


def a_header_of_exabytes(place: Path) -> None:
    replace_weights(place, (2**62).to_bytes(8, "little") + b"{}")


def a_pickle(place: Path) -> None:
    torch.save({"a": torch.zeros(1)}, place / "pickle")
    replace_weights(place, (place / "pickle").read_bytes())


def a_tensor_of_exabytes(place: Path) -> None:
    header = json.dumps({"head.bias": {"dtype": "F32", "shape": [2**60], "data_offsets": [0, 4]}}).encode()
    replace_weights(place, len(header).to_bytes(8, "little") + header + bytes(4))


def a_pipe(place: Path) -> None:
    """Reading one waits for ever."""
    (place / "model.safetensors").unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(place / "model.safetensors")


def a_card_of_megabytes(place: Path) -> None:
    (place / "card.json").write_text(" " * 1_000_001)


def a_folder_renamed(place: Path) -> None:
    shutil.move(place.parent / "gru", place.parent / "moved")
    (place.parent / "moved").rename(place.parent / "gru")
    rewrite_card(place, task="another")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "one bit": (flip_a_bit, "damaged"),
    "truncated": (truncate, "damaged"),
    "swollen": (fill_with_zeros, "it can need at most"),
    "a pipe instead of weights": (a_pipe, "is missing"),
    "no weights": (lambda place: (place / "model.safetensors").unlink(), "is missing"),
    "no card": (lambda place: (place / "card.json").unlink(), "is missing"),
    "weights renamed": (lambda place: (place / "model.safetensors").rename(place / "model.bin"), "is missing"),
    "a card too long": (a_card_of_megabytes, "it can need at most"),
    "a card in another encoding": (lambda place: (place / "card.json").write_bytes(b"\xff"), "not UTF-8"),
    "a card of another model": (a_folder_renamed, "the card of another/gru, not of book/gru"),
    "a header that asks for exabytes": (a_header_of_exabytes, "not a safetensors file"),
    "a tensor that asks for exabytes": (a_tensor_of_exabytes, "not a safetensors file"),
    "a pickle": (a_pickle, "not a safetensors file"),
    "a tensor missing": (lambda p: change_tensors(p, lambda t: t.pop("head.bias")), "does not hold the weights"),
    "a tensor too many": (lambda p: change_tensors(p, lambda t: t.update(x=torch.ones(1))), "does not hold"),
    "a shape": (lambda p: change_tensors(p, lambda t: t.update({"head.bias": torch.ones(2)})), "does not hold"),
    "a type": (lambda p: change_tensors(p, lambda t: t.update({"head.bias": t["head.bias"].float()})), "float16"),
    "not a number": (lambda p: change_tensors(p, lambda t: t["head.bias"].fill_(torch.nan)), "finite"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_renamed_or_hostile_file_is_one_sentence(tmp_path: Path, damage: str) -> None:
    saved(tmp_path)
    harm, message = DAMAGES[damage]
    harm(tmp_path / "book" / "gru")
    with pytest.raises(PretrainedError, match=message):
        load_pretrained("book", "gru", tmp_path)


def test_the_wheel_carries_every_file_of_every_shipped_model() -> None:
    project = Path(__file__).parents[3]
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "gateviz._weights" in settings["packages"]
    folder = project / settings["package-dir"]["gateviz._weights"]
    carried = {path for pattern in settings["package-data"]["gateviz._weights"] for path in folder.glob(pattern)}
    assert carried == {path for path in folder.rglob("*") if path.is_file() and path.name != "README.md"}

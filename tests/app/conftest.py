"""The pages' tests compute beside the app, in one thread as it does, and may put models of their own in its folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit
import torch

from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard, Sample, Score
from gateviz.pretrained.files import save_pretrained
from gateviz.pretrained.folder import VARIABLE
from gateviz.results.trace import CELLS, CellName

TEXT = "the time machine"
SIZES: dict[CellName, int] = {"rnn": 6, "lstm": 7, "gru": 8}

PutModels = Callable[..., None]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def put_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PutModels]:
    """A function that puts models in an empty folder, tmp_path: put_models("book", cells=("gru",), num_layers=2)."""

    def put(task: str, cells: tuple[CellName, ...] = CELLS, num_layers: int = 1) -> None:
        for cell in cells:
            _put(tmp_path, task, cell, num_layers)

    monkeypatch.setenv(VARIABLE, str(tmp_path))
    streamlit.cache_resource.clear()  # what is cached is kept for the whole process
    yield put
    streamlit.cache_resource.clear()


def _put(folder: Path, task: str, cell: CellName, num_layers: int) -> None:
    config = ModelConfig(cell, SIZES[cell], embedding_size=4, num_layers=num_layers)
    model = SequenceModel(config, CharacterTokenizer.of(TEXT), seed=3)
    score = Score("model", "bits per character", 2.0, "the last tenth")
    card = ModelCard(
        task=task, config=config, tokens="characters", vocabulary=model.outputs, labels=(),
        data=DataSource("a.txt", "A Book", "An Author", "public domain", "a library"), recipe={}, seed=3, steps=0,
        seconds=0.0, machine="this one", metric=score, baselines=(score,), details={}, sample=Sample(("the",), (), 2.0),
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        good_for=Bilingual("tests", "测试"), fails_at=Bilingual("words", "词"),
    )  # fmt: skip
    save_pretrained(model, card, folder)

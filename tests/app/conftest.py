"""The pages' tests compute beside the app, in one thread as it does, and may put models of their own in its folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from gateviz.app.computed.kept import MEMORY
from gateviz.pretrained.folder import VARIABLE
from gateviz.results.trace import CELLS, CellName
from tests.app.small_models import PutModels, save_small_model


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
            save_small_model(tmp_path, task, cell, num_layers)

    monkeypatch.setenv(VARIABLE, str(tmp_path))
    MEMORY.forget()  # what is cached is kept for the whole process
    yield put
    MEMORY.forget()

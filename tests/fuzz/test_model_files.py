"""A damaged or hostile model: one sentence when it is loaded, and a page that says so."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.app.computed.kept import MEMORY
from gateviz.errors import PretrainedError
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import CARD, VARIABLE, WEIGHTS
from tests.app.small_models import TEXT, save_small_model
from tests.app.visitor import Visitor
from tests.fuzz.bad_inputs import changed_card, damaged
from tests.fuzz.counted import COUNTED, inputs


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of a few units."""
    folder = tmp_path_factory.mktemp("models")
    save_small_model(folder, "book", "gru", 1)
    return folder


@pytest.mark.parametrize("name", [CARD, WEIGHTS])
def test_a_damaged_file_is_read_as_it_is_or_refused_in_a_sentence(name: str, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(whole, folder)
    path = folder / "book" / "gru" / name
    content = path.read_bytes()

    @inputs(40)
    @given(damaged(content) | changed_card(content) if name == CARD else damaged(content))
    def try_file(data: bytes) -> None:
        path.write_bytes(data)
        said = ""
        try:
            model = load_pretrained("book", "gru", folder)
            assert model.trace(TEXT).output.shape[:2] == (1, len(TEXT))
        except PretrainedError as error:
            said = str(error)
        COUNTED.count("model file", sentence=bool(said))
        assert "\n" not in said

    try_file()


def test_a_page_says_that_a_model_is_damaged(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "models"
    shutil.copytree(whole, folder)
    monkeypatch.setenv(VARIABLE, str(folder))
    files = {name: folder / "book" / "gru" / name for name in (CARD, WEIGHTS)}
    contents = {name: path.read_bytes() for name, path in files.items()}

    @inputs(8)
    @given(st.data())
    def try_file(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(files)))
        files[name].write_bytes(data.draw(damaged(contents[name])))
        MEMORY.forget()
        visitor = Visitor({"task": "book"})
        COUNTED.count("page of a damaged model", sentence=bool(visitor.notices))
        COUNTED.exceptions += bool(visitor.at.exception)
        visitor.assert_no_stack_trace()
        assert not any(str(folder) in notice for notice in visitor.notices), "it tells no path"
        files[name].write_bytes(contents[name])

    try_file()
    MEMORY.forget()

"""A sentence that the browser reads makes the picture that Python packs: tokens, numbers, answers, colours."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest

from gateviz.pretrained.browser_files import card_file, find_file, name_of, weights_file
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card, names, pretrained_folder
from tests.packed import unpack
from tests.shipped_pictures import packed, write_model_files

SCRIPT = Path(__file__).with_name("reading.mjs")
TASKS = list(dict.fromkeys(task for task, _ in names(pretrained_folder())))


@pytest.fixture(scope="session")
def read_in_node(
    node: Callable[..., CompletedProcess[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[bytes, str], dict[str, Any]]:
    files = tmp_path_factory.mktemp("files")

    def read(template: bytes, text: str) -> dict[str, Any]:
        write_model_files(files, template)
        data = {"picture": base64.b64encode(template).decode(), "files": str(files), "text": text}
        answer = node(str(SCRIPT), data=json.dumps(data).encode())
        assert answer.returncode == 0, answer.stderr.decode()
        return dict(json.loads(answer.stdout))

    return read


@pytest.mark.parametrize("task", TASKS)
def test_the_browser_reads_another_text_as_python_does(
    task: str, read_in_node: Callable[[bytes, str], dict[str, Any]]
) -> None:
    second, *others = find_card(task, "lstm").sample.texts
    first = others[0] if others else second[: len(second) // 3]
    layer = load_pretrained(task, "lstm").config.num_layers - 1
    tolerance = 5e-4 if task == "tang" else 2e-5  # two layers of its plain RNN are chaotic (decision 16)
    assert_equal(read_in_node(packed(task, first, layer=layer), second), packed(task, second, layer=layer), tolerance)


def test_a_model_as_it_was_along_its_training_reads_too(
    read_in_node: Callable[[bytes, str], dict[str, Any]],
) -> None:
    step = find_card("hometown", "lstm").timelapse.steps[3]  # type: ignore[union-attr]
    template = packed("hometown", "I grew up in France .", training_step=step)
    expected = packed("hometown", "No, I speak Greek.", training_step=step)
    assert_equal(read_in_node(template, "No, I speak Greek."), expected)


def test_only_files_of_models_are_found() -> None:
    card = find_card("hometown", "lstm")
    name = name_of(card)
    assert find_file(f"{name}.json") == card_file(card)
    assert find_file(f"{name}.safetensors") == weights_file(card)
    wrong = ("hometown/lstm/0123456789abcdef.json", f"{name}.npz", f"../{name}.json", f"{name}@7.json", "", name)
    assert [find_file(path) for path in wrong] == [None] * len(wrong)


def assert_equal(made: dict[str, Any], wanted: bytes, tolerance: float = 2e-5) -> None:
    header, signals = unpack(wanted)
    assert made["header"]["tokens"] == header["tokens"]
    assert made["header"]["limits"] == header["limits"]
    for cell in header["cells"]:
        assert list(made["signals"][cell]) == list(signals[cell])
        for name, values in signals[cell].items():
            own = np.reshape(made["signals"][cell][name], values.shape)
            np.testing.assert_allclose(own, values, rtol=2e-5, atol=tolerance)
        assert_same_answers(made["header"]["expected"][cell], header["expected"][cell])


def assert_same_answers(made: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert set(made) == set(wanted)
    for name, values in wanted.items():
        if name == "guesses":
            firsts = [row[0] for row in values if row]
            assert [row[0] for row in made[name] if row] == firsts
        elif isinstance(values, list) and name not in ("classes", "wrote"):
            flat = [np.nan if value is None else value for value in np.ravel(np.array(values, dtype=object))]
            own = [np.nan if value is None else value for value in np.ravel(np.array(made[name], dtype=object))]
            np.testing.assert_allclose(np.array(own, float), np.array(flat, float), rtol=2e-3, atol=1e-4)
        else:
            assert made[name] == values

"""Two sentences side by side in the browser: the same steps belong together as in Python, and the norms are NumPy's."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest

from gateviz.models.alignment import aligned_steps
from gateviz.models.encoder_decoder import decoder_step
from gateviz.models.readings import Reading
from gateviz.pretrained.examples import EXAMPLES
from gateviz.pretrained.files import load_pretrained
from gateviz.results.trace import CELLS, CellName, Direction, Trace
from gateviz.viewer.packing.pairs import RULES, rules_of
from tests.shipped_pictures import packed, write_model_files

Compare = Callable[..., list[dict[str, Any]]]
SCRIPT = Path(__file__).with_name("compare.mjs")
KEYS, KEY = EXAMPLES["agreement"], EXAMPLES["agreement"].replace("keys", "key")


@pytest.fixture(scope="session")
def compare(node: Callable[..., CompletedProcess[bytes]], tmp_path_factory: pytest.TempPathFactory) -> Compare:
    """compare((picture, text), ...) compares the sentence of each picture with another one."""
    files = tmp_path_factory.mktemp("files")

    def ask(*pairs: tuple[bytes, str]) -> list[dict[str, Any]]:
        for picture, _ in pairs:
            write_model_files(files, picture)
        jobs = [{"picture": base64.b64encode(one).decode(), "files": str(files), "text": text} for one, text in pairs]
        answer = node(str(SCRIPT), data=json.dumps(jobs).encode())
        assert answer.returncode == 0, answer.stderr.decode()
        return list(json.loads(answer.stdout))

    return ask


def traces(task: str, text: str, cell: CellName) -> Trace:
    """In double precision; a decoder writes as much as that of the last architecture."""
    return Reading(load_pretrained(task, cell).double(), text, lambda: load_pretrained(task, "gru")).trace


def norms_of(values: np.ndarray[Any, Any], others: np.ndarray[Any, Any], steps: list[int | None]) -> list[float]:
    """The L2 norm of the difference at each step, NaN where a step has no counterpart."""
    return [
        np.nan if other is None else float(np.linalg.norm(values[step] - others[other]))
        for step, other in enumerate(steps)
    ]


def test_any_two_texts_are_aligned_as_in_python(in_node: Callable[..., Any]) -> None:
    rng = np.random.default_rng(0)
    cases = []
    for _ in range(300):
        first, second = ([str(token) for token in rng.integers(3, size=rng.integers(9))] for _ in range(2))
        decoders = (
            (int(rng.integers(len(first) + 1)), int(rng.integers(len(second) + 1))) if rng.integers(3) == 0 else None
        )
        cases.append((first, second, decoders))
    script = """
        import { alignedSteps, columnsOf } from "./compare/alignment.js";
        const cases = JSON.parse(new TextDecoder().decode(input));
        const found = cases.map(([one, other, decoders]) => alignedSteps(one, other, decoders));
        const columns = found.map((steps, at) => columnsOf(steps, cases[at][1].length));
        console.log(JSON.stringify({ found, columns }));
    """
    answer = in_node(script, data=json.dumps(cases).encode())
    assert [tuple(steps) for steps in answer["found"]] == [aligned_steps(*case) for case in cases]
    for (first, second, _), columns in zip(cases, answer["columns"], strict=True):
        assert [step for step, _ in columns if step is not None] == list(range(len(first))), "each token once, in order"
        assert [other for _, other in columns if other is not None] == list(range(len(second)))


@pytest.mark.parametrize(
    ("task", "text", "other", "direction"),
    [
        ("agreement", KEYS, KEY, "forward"),
        ("sentiment", EXAMPLES["sentiment"], "The jokes are funny.", "reverse"),
        ("counting", "aaaabbbb.", "aaaaabbbb.", "forward"),
        ("adding", EXAMPLES["adding"], EXAMPLES["adding"].replace("0.84", "0.14"), "forward"),
        ("dates", "the 3rd of May, 1999", "the 3rd of March, 2099", "forward"),
    ],
)
def test_the_norms_of_the_difference_are_numpys(
    task: str, text: str, other: str, direction: Direction, compare: Compare
) -> None:
    (found,) = compare((packed(task, text, direction=direction), other))
    assert {life["cell"] for life in found["lives"]} == set(CELLS)
    for life in found["lives"]:
        first, second = traces(task, text, life["cell"]), traces(task, other, life["cell"])
        decoders = (decoder_step(first), decoder_step(second)) if task == "dates" else None
        steps = list(aligned_steps(first.tokens_of(0), second.tokens_of(0), decoders))
        assert found["steps"] == steps
        values, others = (run.layer(0, direction)[life["signal"]][0] for run in (first, second))
        norms = np.array(norms_of(values, others, steps))
        ours = np.array([np.nan if norm is None else norm for norm in life["norms"]])
        np.testing.assert_allclose(ours, norms, rtol=2e-4, atol=2e-5)
        read = norms[::-1] if direction == "reverse" else norms
        read = read[np.isfinite(read)]
        assert life["life"]["share"] == pytest.approx(read[-1] / read.max(), rel=1e-3, abs=1e-5)
        brought = np.array(found["signals"][life["cell"]][life["signal"]], float).reshape(len(steps), -1)
        for step, at in enumerate(steps):
            wanted = np.full(values.shape[1], np.nan) if at is None else others[at]
            np.testing.assert_allclose(brought[step], wanted, rtol=2e-5, atol=2e-5)


def test_one_sentence_says_where_they_differ_and_what_is_left(compare: Compare) -> None:
    picture = packed("agreement", KEYS)
    with_key, without, same = compare((picture, KEY), (picture, KEYS.replace("keys ", "")), (picture, KEYS))
    words = "".join(part["text"] for part in with_key["parts"])
    assert words.startswith("从 keys 起两句不同。")
    assert [part["step"] for part in with_key["parts"] if "step" in part] == [1]
    shares = {life["cell"]: life["life"]["share"] for life in with_key["lives"] if life["signal"] != "hidden_state"}
    shares |= {life["cell"]: life["life"]["share"] for life in with_key["lives"] if life["cell"] != "lstm"}
    said = [part["value"] for part in with_key["parts"] if "value" in part]
    assert said == sorted(shares.values(), reverse=True), "what lasts longest comes first"
    assert without["steps"][1] is None
    assert without["columns"][1] == [1, None]
    assert [part["text"] for part in without["parts"] if "step" in part] == ["keys"]
    assert [life["life"] for life in same["lives"]] == [None] * 4
    assert "".join(part["text"] for part in same["parts"]).startswith("两个句子相同")


@pytest.mark.parametrize("task", EXAMPLES)
def test_each_task_has_pairs_that_its_models_know(task: str, in_node: Callable[..., Any]) -> None:
    tokenizer, text = load_pretrained(task, "lstm").tokenizer, EXAMPLES[task]
    tokens = [{"text": token.text} for token in tokenizer.tokenize(text)]
    script = """
        import { readyPairs } from "./compare/ready_pairs.js";
        console.log(JSON.stringify(readyPairs(...JSON.parse(new TextDecoder().decode(input)))));
    """
    pairs = in_node(script, data=json.dumps([text, tokens, rules_of(task)]).encode())
    assert 2 <= len(pairs) <= 4
    assert len({pair["text"] for pair in pairs} | {text}) == len(pairs) + 1, "all are different"
    assert len({pair["label"] for pair in pairs}) == len(pairs)
    assert all(token.known for pair in pairs for token in tokenizer.tokenize(pair["text"]))


def test_no_task_has_rules_for_nothing() -> None:
    assert set(RULES) == set(EXAMPLES)
    assert rules_of("a task of somebody else") == []

"""The engine in Node, and the texts that it is asked to read."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest

from gateviz.data.tokenizing.tokens import Tokenizer
from gateviz.pretrained.folder import pretrained_folder

SCRIPT = Path(__file__).with_name("engine.mjs")


@pytest.fixture(scope="session")
def engine(node: Callable[..., CompletedProcess[bytes]]) -> Callable[..., list[Any]]:
    """engine(model, [what, ...], ...) asks a model that ships, such as "hometown/lstm", or one of another folder."""

    def ask(model: str | Path, *calls: list[Any]) -> list[Any]:
        jobs = [{"model": str(pretrained_folder() / model), "calls": calls}]
        answer = node(str(SCRIPT), data=json.dumps(jobs, default=_packed).encode())
        assert answer.returncode == 0, answer.stderr.decode()
        (results,) = json.loads(answer.stdout, object_hook=_unpacked)
        return list(results)

    return ask


def _packed(array: np.ndarray[Any, Any]) -> dict[str, str]:
    return {"f64": base64.b64encode(np.asarray(array, dtype="<f8").tobytes()).decode()}


def _unpacked(given: dict[str, Any]) -> Any:
    return np.frombuffer(base64.b64decode(given["f64"]), "<f8") if set(given) == {"f64"} else given


@pytest.fixture(scope="session")
def random_text() -> Callable[..., str]:
    """random_text(tokenizer, seed, tokens=40): entries of the tokenizer in any order, and two that are unknown."""

    def write(tokenizer: Tokenizer, seed: int, tokens: int = 40) -> str:
        rng = np.random.default_rng(seed)
        if tokenizer.kind == "numbers":
            values = rng.uniform(-1, 100 if len(tokenizer) == 1 else 1, tokens).round(2)
            return " ".join(f"{value}" + "*" * int(len(tokenizer) == 2 and rng.integers(2)) for value in values)
        entries = [*rng.choice(tokenizer.entries, tokens), "☃", "Ω"]
        return (" " if tokenizer.kind == "words" else "").join(rng.permutation(entries))

    return write

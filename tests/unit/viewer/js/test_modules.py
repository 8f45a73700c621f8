"""The modules that need no page are tested in Node by the files beside this one, which mirror the folders of js/."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.rglob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_the_module_does_what_its_tests_say(file: Path, node: Callable[..., CompletedProcess[bytes]]) -> None:
    answer = node("--test", "--test-reporter=spec", str(file))
    assert answer.returncode == 0, answer.stdout.decode() + answer.stderr.decode()
    assert b"tests 0" not in answer.stdout

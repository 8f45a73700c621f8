"""What the tree must not hold: the paths of somebody's machine, and files of more than a repository should carry."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
OWNERS = "|".join(("home", "root", "Users", "work", "workspace"))  # apart, so that this line is no finding
SOMEBODYS_FOLDER = re.compile(rf"(?<![\w.:/~$}})\]-])/(?:{OWNERS})/\w|\b[A-Z]:\\+Users\\", re.ASCII)


def tracked() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if answer.returncode != 0:
        pytest.skip("not a git checkout")
    return [PROJECT / name for name in answer.stdout.decode().split("\0") if name and (PROJECT / name).is_file()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'/{}/me/x'", True),
        ("open(/{}/a)", True),
        ("https://example.org/{}/a", False),
        ("~/{}/a", False),
        ("a/{}/b", False),
    ],
)
def test_the_search_knows_a_path_from_an_address(text: str, found: bool) -> None:
    assert bool(SOMEBODYS_FOLDER.search(text.format("ho" + "me"))) is found


def test_no_file_holds_the_path_of_a_home_or_work_folder() -> None:
    here = str(PROJECT).encode()
    found = []
    for path in tracked():
        data = path.read_bytes()
        text = data.decode("utf-8", errors="replace") if b"\0" not in data else ""
        if SOMEBODYS_FOLDER.search(text) or (len(here) > 8 and here in data):
            found.append(path.relative_to(PROJECT).as_posix())
    assert not found


def test_no_file_is_larger_than_a_repository_should_carry() -> None:
    """Five megabytes; a time lapse is twelve models in one file, and gets ten."""
    limits = {path: 10e6 if path.name == "timelapse.safetensors" else 5e6 for path in tracked()}
    assert not [path.relative_to(PROJECT).as_posix() for path, limit in limits.items() if path.stat().st_size > limit]


def test_names_and_line_ends_work_on_every_system() -> None:
    paths = [path.relative_to(PROJECT).as_posix() for path in tracked()]
    assert len({path.lower() for path in paths}) == len(paths)
    assert not [path for path in paths if re.search(r'[<>:"|?*\\]|[ .]$', path)]
    crlf = [path for path in tracked() if path.suffix in {".py", ".js", ".css", ".json", ".toml", ".md"}]
    assert not [path.name for path in crlf if b"\r\n" in path.read_bytes()]

"""What is imported is declared, what is declared is pinned with hashes, and every package's licence is listed."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LIBRARY = {canonicalize_name(Requirement(line).name) for line in DECLARED["dependencies"]}
APP, DEV = (
    {canonicalize_name(Requirement(line).name) for line in DECLARED["optional-dependencies"][extra]}
    for extra in ("app", "dev")
)
PIN = re.compile(r"^([\w.-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)
PINS = {file: (PROJECT / "constraints" / f"{file}.txt").read_text(encoding="utf-8") for file in ("app", "dev")}
ROOMS = {
    "gateviz": LIBRARY,
    "gateviz/app": LIBRARY | APP,
    "examples": LIBRARY | APP,
    "tests": LIBRARY | APP | DEV,
    "benchmarks": LIBRARY | APP | DEV,
}


def imported(path: Path) -> set[str]:
    """The top names of what a file imports from outside."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"gateviz", "tests", "benchmarks"}


@pytest.mark.parametrize("room", ROOMS)
def test_all_that_is_imported_is_declared(room: str) -> None:
    known = packages_distributions()
    app = PROJECT / "gateviz" / "app"
    paths = [path for path in (PROJECT / room).rglob("*.py") if room != "gateviz" or not path.is_relative_to(app)]
    assert paths
    for path in paths:
        for name in imported(path):
            packages = {canonicalize_name(package) for package in known.get(name, [name])}
            assert packages & ROOMS[room], f"{path.relative_to(PROJECT)} imports {name}"


def test_all_that_is_declared_is_pinned_with_hashes_except_torch() -> None:
    app, both = PIN.findall(PINS["app"]), PIN.findall(PINS["app"] + PINS["dev"])
    for text in PINS.values():
        assert len(PIN.findall(text)) == text.count("==")
    assert {name for name, _, _ in app} >= (LIBRARY | APP) - {"torch"}
    assert {name for name, _, _ in both} >= DEV - {"gateviz"}
    assert len({name for name, _, _ in both}) == len(both)
    assert not [name for name, _, _ in both if name == "torch" or name.startswith("nvidia-")]


def test_the_tests_run_on_what_is_pinned() -> None:
    assert [(name, pinned) for name, pinned, _ in PIN.findall(PINS["app"]) if version(name) != pinned] == []


def test_one_version_of_torch_is_named_everywhere() -> None:
    files = (
        "Makefile",
        "README.md",
        "README.zh.md",
        "deploy/Dockerfile",
        "deploy/README.md",
        "deploy/gateviz@.service",
    )
    named = [re.findall(r"torch==([\d.]+)", (PROJECT / file).read_text(encoding="utf-8")) for file in files]
    assert all(named)
    assert {one for found in named for one in found} == {version("torch").split("+")[0]}


def test_the_licence_of_every_package_is_listed() -> None:
    page = (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([\w.-]+) \| ([\w.]+)\S* \| ([^|]+) \| (library|app) \|$", page, re.MULTILINE)
    assert {(name, number) for name, number, _, _ in listed} >= {
        (name, pin) for name, pin, _ in PIN.findall(PINS["app"])
    }
    assert "torch" in {name for name, _, _, _ in listed}
    assert all(licence.strip() for _, _, licence, _ in listed)

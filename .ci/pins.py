"""Writes constraints/app.txt and constraints/dev.txt: what is installed here, pinned, with the hashes of all files.

docs/licences.md gets the licences of what people install. `make constraints` runs it. torch has no hash: its files
differ between the indexes that people take it from (for the processor alone, for CUDA, for a Mac), so a hash of one
would refuse the others.
"""

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "constraints"
UNHASHED = ("torch", "gateviz")
HEADS = {
    "app": "# The versions that the tests ran on, with the hashes of their files; torch apart. By make constraints.\n",
    "dev": "# The same of what the tests, the benchmarks and the checks need besides.\n",
}
LICENCES = """# Licences

gateviz is under the MIT licence ([LICENSE](../LICENSE)). It contains no code of others: what it needs is installed
beside it, each package under its own licence. The training texts' licences stand on the models' cards
([pretrained/README.md](../pretrained/README.md)). `make constraints` writes this list from what the packages state of
themselves; the tools of the tests are not in it.

"""


def needed(package: str, extras: tuple[str, ...], found: set[str]) -> set[str]:
    """Everything installed here that a package needs with these extras, and the package itself."""
    name = canonicalize_name(package)
    if name in found and not extras:
        return found
    found.add(name)
    for line in requires(name) or ():
        one = Requirement(line)
        if one.marker and not any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            continue
        try:
            version(one.name)
        except PackageNotFoundError:
            continue
        if canonicalize_name(one.name) not in found or one.extras:
            needed(one.name, tuple(one.extras), found)
    return found


def hashed(names: set[str]) -> str:
    """The pins of these packages with the hashes of every file of that version."""
    pins = "\n".join(f"{name}=={version(name)}" for name in sorted(names))
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate"]
    command += ["--generate-hashes", "--no-config", "-"]
    answer = subprocess.run(command, input=pins, capture_output=True, text=True, check=False)  # noqa: S603
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return answer.stdout


def licence_of(name: str) -> str:
    """The licence, as the package states it."""
    said = metadata(name)
    classes = [line.split(" :: ")[-1] for line in said.get_all("Classifier") or () if line.startswith("License")]
    short = (said["License"] or "").splitlines()[:1]
    return said["License-Expression"] or ", ".join(classes) or "".join(short)


def licences(library: set[str], app: set[str]) -> str:
    """The page docs/licences.md."""
    rows = [
        f"| {name} | {version(name)} | {licence_of(name)} | {'library' if name in library else 'app'} |"
        for name in sorted(library | app)
    ]
    return LICENCES + "\n".join(
        ["| package | version | licence, as it states | needed by |", "|---|---|---|---|", *rows, ""]
    )


def main() -> None:
    """Write all files."""
    library = needed("gateviz", (), set()) - {"gateviz"}
    app = needed("gateviz", ("app",), set()) - set(UNHASHED)
    dev = needed("gateviz", ("app", "dev"), set()) - set(UNHASHED) - app
    FOLDER.mkdir(exist_ok=True)
    for file, names in (("app", app), ("dev", dev)):
        text = hashed(names)
        missing = names - {canonicalize_name(found) for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
        if missing:
            raise SystemExit(f"no hashes of {', '.join(sorted(missing))}")
        (FOLDER / f"{file}.txt").write_text(HEADS[file] + text, encoding="utf-8")
    page = licences(library, needed("gateviz", ("app",), set()) - {"gateviz"})
    (PROJECT / "docs" / "licences.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()

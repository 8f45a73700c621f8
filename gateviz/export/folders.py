"""A folder that is written whole or not at all, and that nobody's own files are lost in."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gateviz.errors import InputError
from gateviz.results.whole_files import not_whole

LIST = "gateviz-site.json"
"""Every folder that we write has this list of its files, by which it is known again."""


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside that one, which takes its place when the block ends well; else nothing has changed.

    Raises:
        InputError: the folder holds files that an earlier call has not written, or is a file; or the new one could not
            be written to its end.
        OSError: it cannot be written there.
    """
    _check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        fresh, old = Path(beside) / "new", Path(beside) / "old"
        fresh.mkdir()
        try:
            yield fresh
            (fresh / LIST).write_text(json.dumps(sorted(_files(fresh)), indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise not_whole(folder, error) from error
        if folder.exists():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder.")
    foreign = sorted(_files(folder) - _listed(folder) - {LIST})
    if foreign:
        raise InputError(
            f"{folder} holds {foreign[0]}, which is no part of a site: name a new or empty folder, or an older site."
        )


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}


def _listed(folder: Path) -> set[str]:
    try:
        names = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()

"""Where the training texts lie, which are not part of the project, and how they are read.

    text = read_text(find_data(recipe.data))

A text is looked for at the place that the caller gives, else in the folder that the environment variable GATEVIZ_DATA
names, else in ./data.
"""

import gzip
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from gateviz.errors import DataError, as_given

VARIABLE = "GATEVIZ_DATA"
"""The environment variable that names the folder with the training texts."""


@dataclass(frozen=True, slots=True)
class DataSource:
    """A training text: its name, its author and where it comes from. A model card repeats them."""

    file: str
    name: str
    author: str
    licence: str
    source: str
    """Where a person can get the file."""


def find_data(source: DataSource, given: str | os.PathLike[str] | None = None) -> Path:
    """The file of `source`: `given` itself, or the file in the folder `given`; else in $GATEVIZ_DATA, else in ./data.

    Raises:
        DataError: the file is at none of these places; the sentence names it, the places, and where to get it.
    """
    if given is not None and not isinstance(given, (str, os.PathLike)):
        raise DataError(f"the place of {source.file} is {as_given(given)}: give the path of the file or of its folder.")
    places = _places(source.file) if given is None else _places_given(Path(given), source.file)
    for place in places:
        if place.is_file():
            return place
    looked = ", nor ".join(str(place) for place in places)
    raise DataError(
        f"{source.file} ({source.name}) is not at {looked}: get it from {source.source} "
        f"and pass --data FILE, or set {VARIABLE} to its folder."
    )


def _places_given(given: Path, file: str) -> list[Path]:
    return [given / file] if given.is_dir() else [given]


def _places(file: str) -> list[Path]:
    named = os.environ.get(VARIABLE)
    return [Path(folder) / file for folder in ([named] if named else []) + ["data"]]


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, unpacked if its name ends in .gz, with the line ends of Unix.

    Raises:
        DataError: the file cannot be read, or is no such text.
    """
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read as UTF-8 text: {error}.") from None

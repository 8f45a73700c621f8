"""A file that is there whole or not at all, also when the disk gets full or the person presses Ctrl-C."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from gateviz.errors import InputError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to; it gets its name, in the place of an older file, when the block ends well.

    Raises:
        InputError: it could not be written whole; nothing of it is left, and an older file of the name is as it was.
        OSError: there can be no file of that name.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    torn = path.with_name(f".{path.name}.torn")
    try:
        file = torn.open("wb")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with file:
            yield file
        torn.replace(path)
    except OSError as error:
        raise not_whole(path, error) from error
    finally:
        torn.unlink(missing_ok=True)


def not_whole(path: Path, error: OSError) -> InputError:
    """The sentence on a file or folder that could not be written to its end."""
    return InputError(
        f"{path} could not be written to its end, and what was written of it is removed: {error.strerror or error}."
    )

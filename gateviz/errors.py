"""Every error that gateviz raises on purpose.

    GatevizError
    ├── InputError             what was given cannot be used as it is
    │   ├── ShapeError         a tensor or array of the wrong shape, dtype or length
    │   ├── SignalError        a signal, layer, direction or unit that the trace does not have
    │   └── TextError          a text that cannot be encoded: empty, too long, control characters, undecodable
    ├── UnsupportedModuleError not a recurrent module that gateviz reads
    ├── PretrainedError        a model that is missing, damaged or not ours
    └── DataError              a training text that is missing or malformed

A message is one sentence: what was given and what would be right. For the app, which speaks other languages too,
an error also carries `code`, a key of the catalogue, and `values` to put into that sentence.
"""

from os import PathLike

_LONGEST_GIVEN, _LONGEST_PATH = 60, 250  # characters of a value, and of a path, that a message quotes


class GatevizError(Exception):
    """The root: `except gateviz.GatevizError` catches all that gateviz raises on purpose."""

    def __init__(self, message: str, *, code: str = "", **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.values = values


class InputError(GatevizError, ValueError):
    """What was given cannot be used as it is."""


class ShapeError(InputError):
    """A tensor or array of the wrong shape, dtype or length."""


class SignalError(InputError, KeyError):
    """A signal, layer, direction or unit that the trace does not have."""

    __str__ = Exception.__str__  # KeyError would show the repr of the sentence


class TextError(InputError):
    """A text that cannot be encoded."""


class UnsupportedModuleError(GatevizError, TypeError):
    """Not a recurrent module that gateviz reads."""


class PretrainedError(GatevizError):
    """A pretrained model that is missing, damaged or not ours."""


class DataError(GatevizError):
    """A training text that is missing or malformed."""


def as_given(value: object) -> str:
    """How a message names a wrong value: as it is written in Python if that is short, else by its type.

    Example:
        >>> as_given("0"), as_given(range(3)), as_given([0] * 1000)
        ("'0'", 'range(0, 3)', 'an object of type list')
    """
    if isinstance(value, type):
        return f"the class {value.__name__}"
    try:
        written = repr(value)
    except Exception:  # any class may have a repr that fails
        written = ""
    says_something = _is_short(written, _LONGEST_GIVEN) and not written.startswith("<")
    return written if says_something else f"an object of type {type(value).__name__}"


def path_as_given(path: object) -> str:
    """How a message names the path of a file: as it is, unless that is no path or would fill the message."""
    written = str(path) if isinstance(path, (str, PathLike)) else ""
    return written if _is_short(written, _LONGEST_PATH) else as_given(path)


def _is_short(text: str, most: int) -> bool:
    return 0 < len(text) <= most and text.isprintable()

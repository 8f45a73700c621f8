"""Which units or steps are meant: one number, several, a slice or a mask.

Of four units [0, -1] means the first and the last, slice(1, 3) the second and the third; a mask has four entries. A
slice may reach beyond the end, as everywhere in Python: slice(9, None) means step 9 and whatever follows it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from gateviz.errors import SignalError, as_given
from gateviz.recording.plain_tensors import oddity
from gateviz.results.trace import as_integer

Selection = int | slice | Sequence[int] | Sequence[bool] | NDArray[np.integer] | NDArray[np.bool] | Tensor | None


def selection_mask(which: Selection, size: int, what: str) -> NDArray[np.bool]:
    """The selection as a mask: (size,), True for what is selected.

    Args:
        which: The selection; None for all.
        size: How many units or steps there are.
        what: "unit" or "step", for a message.

    Raises:
        SignalError: It is neither whole numbers nor a mask of that size, or it is out of range.
    """
    chosen = read_selection(which, what)
    mask = np.zeros(size, dtype=bool)
    if isinstance(chosen, slice):
        mask[chosen] = True
    elif chosen and isinstance(chosen[0], bool):
        if len(chosen) != size:
            raise SignalError(
                f"the mask of {what}s has {len(chosen)} entries: give one for each {what}, {size} in all."
            )
        mask[:] = chosen
    else:
        if any(not -size <= number < size for number in chosen):
            raise SignalError(f"{what} {as_given(which)} does not exist: choose from 0 to {size - 1}.")
        mask[chosen] = True
    return mask


def read_selection(which: object, what: str) -> slice | list[int] | list[bool]:
    """The selection as a slice, as numbers or as a mask, which may still be out of range or of the wrong size.

    Raises:
        SignalError: It is neither whole numbers nor a mask.
    """
    if which is None:
        return slice(None)
    if isinstance(which, slice):
        parts = [part for part in (which.start, which.stop, which.step) if part is not None]
        if None not in map(as_integer, parts) and which.step != 0:
            return which
    elif (single := as_integer(which)) is not None:
        return [single]
    elif (items := _items(which)) is not None:
        mask = [bool(item) for item in items if isinstance(item, (bool, np.bool_))]
        numbers = [number for item in items if (number := as_integer(item)) is not None]
        if len(items) in (len(mask), len(numbers)):
            return mask or numbers
    raise SignalError(f"{what}s are {as_given(which)}: give whole numbers, a slice, or a mask of True and False.")


def _items(which: object) -> list[object] | None:
    """What a sequence, or an array of one axis, holds; None for anything else."""
    if isinstance(which, (list, tuple, range)):
        return list(which)
    if isinstance(which, Tensor):
        whole = not (which.is_floating_point() or which.is_complex() or which.is_meta)
        return which.tolist() if whole and oddity(which) is None and which.dim() == 1 else None
    if not hasattr(which, "__array__") or isinstance(which, type):
        return None
    array = np.asarray(which)
    return array.tolist() if array.ndim == 1 and array.dtype.kind in "biu" else None

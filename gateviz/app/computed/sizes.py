"""How many bytes a result keeps alive: its arrays, its texts, and the objects that hold them."""

import gc
import sys
import types
from collections.abc import Collection
from typing import Any

_SHARED = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CodeType)
"""What belongs to the program and not to a result."""


def size_of(value: Any, without: Collection[int] = ()) -> int:
    """The bytes of a value and of all that it refers to, each counted once.

    The block of an array counts whole, also where the array is a part of it: the block stays as long as the part does.

    Args:
        value: anything; functions and classes count nothing.
        without: the `id`s of objects that are counted elsewhere, inside the value.
    """
    total, seen, ahead = 0, set[int](), [value]
    while ahead:
        one = ahead.pop()
        if id(one) in seen or isinstance(one, _SHARED) or (id(one) in without and one is not value):
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        if hasattr(type(one), "untyped_storage"):  # a tensor of torch: the numbers lie outside of Python's objects
            storage = one.untyped_storage()
            if storage.data_ptr() not in seen:
                seen.add(storage.data_ptr())
                total += storage.nbytes()
        base = getattr(one, "base", None) if type(one).__module__ == "numpy" else None
        ahead += [base] if base is not None else gc.get_referents(one)
    return total

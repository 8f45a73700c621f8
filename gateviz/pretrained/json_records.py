"""Untrusted JSON as a dataclass: every field has its type, none is missing that has no default, no other is there."""

import math
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Literal, TypeVar, get_args, get_origin

from gateviz.errors import GatevizError, PretrainedError, as_given

_SURROGATE = re.compile("[\ud800-\udfff]")
_Record = TypeVar("_Record")


def record_of(kind: type[_Record], data: object, where: str) -> _Record:
    """`data`, a JSON object, as the dataclass `kind`.

    Its fields may be str, int or float (at least 0), bool, a Literal, a mapping from names to these, a tuple of one
    type, a dataclass, or one of these or None.

    Raises:
        PretrainedError: a field is missing, unknown, or of the wrong type or range; `where` names the record.
    """
    wanted = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]  # kind is a dataclass
    needed = {field.name for field in fields(kind) if field.default is MISSING}  # type: ignore[arg-type]
    if not isinstance(data, dict) or not needed <= data.keys() <= wanted.keys():
        odd = sorted((needed - data.keys()) | (data.keys() - wanted.keys())) if isinstance(data, dict) else []
        named = ", ".join(str(name) if str(name).isprintable() else as_given(name) for name in odd)[:200]
        raise PretrainedError(f"the {where} has fields missing or too many: {named}")
    values = {name: _value(type_, data[name], f"{where}'s {name}") for name, type_ in wanted.items() if name in data}
    try:
        return kind(**values)
    except GatevizError as error:
        raise PretrainedError(f"the {where} is not valid: {str(error)[:200]}") from None


def _value(kind: Any, value: object, where: str) -> Any:
    """`value` if it is a `kind`."""
    if isinstance(kind, types.UnionType):  # a record or None
        return None if value is None else _value(get_args(kind)[0], value, where)
    if hasattr(kind, "__dataclass_fields__"):
        return record_of(kind, value, where)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_value(get_args(kind)[0], item, where) for item in value)
    if not _suits(kind, value):
        raise PretrainedError(f"the {where} has the wrong type or range")
    return float(value) if kind is float else value  # type: ignore[arg-type]


def _suits(kind: Any, value: object) -> bool:
    """Whether a value is of the type `kind`, which is a simple type or a mapping."""
    if get_origin(kind) is Mapping:
        return isinstance(value, dict) and all(
            _is(k, (str,)) and _is(v, get_args(get_args(kind)[1]) or (float, int)) for k, v in value.items()
        )
    if get_origin(kind) is Literal:
        return isinstance(value, str) and value in get_args(kind)
    if kind is bool:
        return isinstance(value, bool)
    return isinstance(kind, type) and _is(value, (int, float) if kind is float else (kind,))


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    """Whether a value has one of the types, where True is no number, no number is below 0, no text has surrogates."""
    if isinstance(value, bool) or not isinstance(value, kinds):
        return False
    if isinstance(value, str):
        return not _SURROGATE.search(value)
    return not isinstance(value, (int, float)) or 0 <= value < math.inf

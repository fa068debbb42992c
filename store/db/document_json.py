"""Values of the dataclasses in `interview.document_kinds` as JSON and back, by the types of their fields.

A field may be str, int, float, bool, date, datetime (with zone), a StrEnum, another frozen dataclass of these, any of
them or None, or a tuple of one of them. What was written before a field existed gets the field's default.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

Json = dict[str, Any]


def to_json(thing: Any) -> Json:
    """A dataclass as values that JSON has."""
    return {field.name: _out(getattr(thing, field.name)) for field in dataclasses.fields(thing)}


def from_json(kind: type, data: Json) -> Any:
    """A dataclass of its JSON; raises ValueError, TypeError or LookupError with what does not fit."""
    fields = _fields(kind)
    unknown = data.keys() - fields.keys()
    if unknown:
        raise LookupError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _in(fields[name], value) for name, value in data.items()})


def texts(data: Any) -> list[str]:
    """All texts in some JSON, identifiers and times too."""
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for each in inner for text in texts(each)]


@cache
def _fields(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _out(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return to_json(value)
    if isinstance(value, tuple):
        return [_out(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _in(hint: Any, value: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (wanted,) = (each for each in inner if each is not types.NoneType)
        return None if value is None else _in(wanted, value)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError(f"should be a list, not {value!r}")
        return tuple(_in(inner[0], each) for each in value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_json(hint, value)
    return _single(hint, value)


def _single(hint: Any, value: Any) -> Any:
    if issubclass(hint, datetime | date | StrEnum):
        return (hint if issubclass(hint, StrEnum) else hint.fromisoformat)(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"should be a {hint.__name__}, not {value!r}")
    return value

"""Read frozen dataclasses from plain data, such as parsed JSON, and write them back.

An error names the field and what it takes; it never repeats what stood there, because a
person may have typed a national number into any field.

>>> from zamiast.pure.access.question import Question
>>> read(Question, {"actor": "m", "want": "see_account", "account": "c"}, "question").own
False
>>> read(Question, {"actor": "m", "want": "everything", "account": "c"}, "question")
Traceback (most recent call last):
    ...
zamiast.errors.BadInput: input.value
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from zamiast.errors import BadInput

T = TypeVar("T")
NAMES = {str: "text", int: "a whole number", bool: "true or false"}
FIRST, LAST = date(1850, 1, 1), date(2200, 1, 1)


def read(kind: type[T], data: object, path: str = "") -> T:
    """Build a dataclass from plain data; BadInput with a sentence that names the field."""
    if not isinstance(data, Mapping):
        raise _bad(path, "must be an object with named fields")
    hints = hints_of(kind)  # type: ignore[arg-type]  # types are hashable
    if any(key not in hints for key in data):
        raise _bad(path, f"has an unknown field; the known ones are {', '.join(hints)}")
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # kind is a dataclass by contract
        where = f"{path}.{field.name}" if path else field.name
        if field.name in data:
            values[field.name] = value(hints[field.name], data[field.name], where)
        elif required(field):
            raise _bad(where, "is missing")
    return kind(**values)


def value(hint: Any, data: object, path: str) -> Any:
    """Read one value of the type that the hint names."""
    arguments = get_args(hint)
    if get_origin(hint) in (types.UnionType, Union):
        inner = next(kind for kind in arguments if kind is not type(None))
        return None if data is None else value(inner, data, path)
    if get_origin(hint) is tuple:
        if not isinstance(data, list | tuple):
            raise _bad(path, "must be a list")
        return tuple(value(arguments[0], row, f"{path}[{i}]") for i, row in enumerate(data))
    if is_dataclass(hint):
        return read(hint, data, path)  # type: ignore[arg-type]  # the hint is a dataclass type
    return _plain(hint, data, path)


def _plain(hint: type[Any], data: object, path: str) -> Any:
    if hint is date:
        return _date(data, path)
    if issubclass(hint, StrEnum):
        known = [member.value for member in hint]
        if data not in known:
            raise _bad(path, f"must be one of {', '.join(known)}")
        return hint(data)
    if type(data) is not hint:
        raise _bad(path, f"must be {NAMES[hint]}")
    return data


def _date(data: object, path: str) -> date:
    try:
        day = date.fromisoformat(data) if isinstance(data, str) else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day < LAST:
        raise _bad(path, "must be a date such as 2026-11-23, between 1850 and 2199")
    return day


def _bad(path: str, sentence: str) -> BadInput:
    return BadInput("input.value", f"{path or 'the input'} {sentence}")


def required(field: Field[Any]) -> bool:
    """Say whether a field has no default."""
    return field.default is MISSING and field.default_factory is MISSING


@cache
def hints_of(kind: type[Any]) -> dict[str, Any]:
    """Return the types of a dataclass's fields."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def plain(thing: object) -> Any:
    """Write dataclasses, dates and codes, also nested, as plain data for JSON."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {key: plain(entry) for key, entry in thing.items()}
    if isinstance(thing, tuple | list):
        return [plain(row) for row in thing]
    if isinstance(thing, date):
        return thing.isoformat()
    return thing.value if isinstance(thing, Enum) else thing

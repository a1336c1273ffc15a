"""JSON Schema of a dataclass, so that the documented input cannot drift from the code.

>>> from zamiast.pure.access.facts import OwnTitle
>>> schema_of(OwnTitle, "Example")["$defs"]["OwnTitle"]["required"]
['since']
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from zamiast.pure.access.reading import hints_of, plain, required

TYPES = {str: "string", int: "integer", bool: "boolean"}


def schema_of(kind: type[Any], title: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of everything that a dataclass can hold."""
    definitions: dict[str, Any] = {}
    root = _of(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    arguments = get_args(hint)
    if get_origin(hint) in (types.UnionType, Union):
        inner = next(kind for kind in arguments if kind is not type(None))
        return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if hint is date:
        return {"type": "string", "format": "date"}
    if is_dataclass(hint):
        return _object(hint, definitions)  # type: ignore[arg-type]  # the hint is a type
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    return {"type": TYPES[hint]}


def _object(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = hints_of(kind)  # type: ignore[arg-type]  # types are hashable
        properties = {}
        for field in fields(kind):
            properties[field.name] = _of(hints[field.name], definitions)
            if not required(field) and isinstance(field.default, str | int | bool):
                properties[field.name]["default"] = plain(field.default)
        definitions[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").strip().splitlines()[0].replace("``", ""),
            "properties": properties,
            "required": [field.name for field in fields(kind) if required(field)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}

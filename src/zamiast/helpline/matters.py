"""The matters that people call about: names, numbers, who decides.

Each is a script (``helpline.scripts``): the thirteen of patients, and those of staff and
facilities. What an operator's own folder replaces or adds counts here too.

>>> codes(PATIENT)[0], len(codes(PATIENT)), len(codes(STAFF))
('no_identifier', 13, 6)
>>> name("lost_identifier", "en")
'Lost or leaked identifier'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zamiast.errors import BadInput
from zamiast.helpline.scripts import library
from zamiast.helpline.scripts.schema import Script

PATIENT, STAFF = "patient", "staff"


@dataclass(frozen=True)
class Matter:
    """One matter as it stands on the call sheet: its number is the key that chooses it."""

    number: int
    code: str
    name: str
    kind: str


def codes(kind: str | None = None) -> tuple[str, ...]:
    """The codes of all matters, or of those of one kind of caller, in their order."""
    scripts = library.current().scripts
    return tuple(code for code, one in scripts.items() if kind in (None, one.script.kind))


def __getattr__(wanted: str) -> Any:
    """``CODES``: the matters of patients; read when first needed, not at every start."""
    if wanted == "CODES":
        return codes(PATIENT)
    raise AttributeError(wanted)


def name(code: str, language: str) -> str:
    """The name of a matter. Raises BadInput for an unknown code."""
    return _script(code).name.of(language)


def shown(code: str, language: str) -> str:
    """The name of a matter; the code itself for one that an operator has taken away."""
    loaded = library.current().scripts.get(code)
    return loaded.script.name.of(language) if loaded else code


def competent(code: str, language: str) -> str:
    """Who can decide the matter, in words."""
    return _script(code).competent.of(language)


def sheet(reader: str) -> tuple[Matter, ...]:
    """All matters for a call sheet, in the reader's language."""
    return _sheet(reader, library.current().version)


def choices(reader: str) -> list[tuple[str, str]]:
    """All matters to choose from a list: code, and number with name."""
    return [(one.code, f"{one.number}. {one.name}") for one in sheet(reader)]


@lru_cache(16)
def _sheet(reader: str, version: str) -> tuple[Matter, ...]:  # noqa: ARG001 - a key of the cache
    return tuple(
        Matter(one.script.number, code, one.script.name.of(reader), one.script.kind)
        for code, one in library.current().scripts.items()
    )


def _script(code: str) -> Script:
    loaded = library.current().scripts.get(code)
    if loaded is None:
        raise BadInput("helpline.no_matter")
    return loaded.script

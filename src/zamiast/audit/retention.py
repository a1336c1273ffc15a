"""What is kept and for how long: one file for the holders' page and for the jobs that delete.

>>> kept_for("closures").days
30
>>> entry("sessions", "en").name
'Being logged in'
>>> kind_of("helpline_draft"), kind_of("helpline_note"), kind_of("no_such_table")
('drafts', 'cases', None)
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "data" / "retention.yaml"


@dataclass(frozen=True)
class Kept:
    """One kind of data, in one language."""

    code: str
    name: str
    why: str
    until: str
    days: int | None
    job: str | None


def every(language: str) -> list[Kept]:
    """All kinds of data that are kept of holders, in the order of the file."""
    return [_kept(raw, language) for raw in _raw() if not raw.get("staff")]


def whole(language: str) -> list[Kept]:
    """These, and what concerns the staff and the system only."""
    return [_kept(raw, language) for raw in _raw()]


def kind_of(table: str) -> str | None:
    """What kind of data the rows of a table are; the longest pattern decides."""
    fitting = [
        (len(pattern), raw["code"]) for raw in _raw()
        for pattern in raw["tables"] if fnmatchcase(table, pattern)
    ]  # fmt: skip
    return max(fitting)[1] if fitting else None


def entry(code: str, language: str = "pl") -> Kept:
    """One kind. Raises KeyError for an unknown one."""
    return _kept(_by_code(code), language)


def kept_for(code: str) -> datetime.timedelta:
    """How long a kind is kept, for the job that deletes it. Raises KeyError without a term."""
    return datetime.timedelta(days=_by_code(code)["days"])


@cache
def _raw() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def _by_code(code: str) -> dict[str, Any]:
    found = next((raw for raw in _raw() if raw["code"] == code), None)
    if found is None:
        raise KeyError(code)
    return found


def _kept(raw: dict[str, Any], language: str) -> Kept:
    words = {key: raw[key].get(language, raw[key]["pl"]) for key in ("name", "why", "until")}
    return Kept(raw["code"], **words, days=raw.get("days"), job=raw.get("job"))

"""What is said and done: the steps of scripts and exits, in three languages.

A step is written in YAML as one of ``ask`` and ``say`` (aloud, in the caller's language)
or ``do`` and ``never`` (for the consultant, in the reader's language).

>>> of([{"say": {"pl": "Dzień dobry.", "en": "Good day."}}], "en", "pl")
(Step(kind='say', text='Good day.', language='en'),)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ALOUD = ("ask", "say")
SILENT = ("do", "never")
DEFAULT = "pl"
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Step:
    """One step: ``ask``, ``say``, ``do`` or ``never``, its text and the text's language."""

    kind: str
    text: str
    language: str

    @property
    def is_aloud(self) -> bool:
        """Whether the caller hears it."""
        return self.kind in ALOUD


@cache
def load(name: str) -> dict[str, dict[str, Any]]:
    """The entries of a data file by code, in their order."""
    entries = yaml.safe_load((_DATA / name).read_text(encoding="utf-8"))
    return {entry["code"]: entry for entry in entries}


def of(raw: Iterable[dict[str, dict[str, str]]], language: str, reader: str) -> tuple[Step, ...]:
    """The steps of an entry: spoken ones in ``language``, the others in the ``reader``'s."""
    return tuple(_step(*next(iter(step.items())), language, reader) for step in raw)


def text_in(texts: dict[str, str], language: str) -> str:
    """One text in a language, in Polish where that language is missing."""
    return texts.get(language, texts[DEFAULT])


def _step(kind: str, texts: dict[str, str], language: str, reader: str) -> Step:
    chosen = language if kind in ALOUD else reader
    return Step(kind, text_in(texts, chosen), chosen if chosen in texts else DEFAULT)

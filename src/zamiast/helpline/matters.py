"""The thirteen matters that people call about: names, short scripts, who is competent.

They are data (``data/matters.yaml``) in three languages. A script is read aloud in the
caller's language; what the consultant does, or must never do, stays in the reader's.

>>> CODES[0], len(CODES)
('no_identifier', 13)
>>> name("lost_identifier", "en")
'Lost or leaked identifier'
>>> [step.kind for step in script("lost_identifier", "uk", reader="pl")]
['ask', 'say', 'say', 'do', 'never']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zamiast.errors import BadInput

ALOUD = ("ask", "say")  # what the caller hears
SILENT = ("do", "never")  # what concerns the consultant only
LANGUAGES = ("pl", "en", "uk")
_FILE = Path(__file__).parent / "data" / "matters.yaml"


@dataclass(frozen=True)
class Step:
    """One step of a script: ``ask``, ``say``, ``do`` or ``never``, its text and language."""

    kind: str
    text: str
    language: str


@cache
def _matters() -> dict[str, dict[str, Any]]:
    """All matters by code, in their order."""
    return {matter["code"]: matter for matter in yaml.safe_load(_FILE.read_text(encoding="utf-8"))}


CODES: tuple[str, ...] = tuple(_matters())


def name(code: str, language: str) -> str:
    """The name of a matter. Raises BadInput for an unknown code."""
    return _in(_matter(code)["name"], language)


def competent(code: str, language: str) -> str:
    """Who can decide the matter, in words."""
    return _in(_matter(code)["competent"], language)


def script(code: str, language: str, *, reader: str | None = None) -> tuple[Step, ...]:
    """The short script: spoken steps in ``language``, the others in the ``reader``'s."""
    steps = (next(iter(step.items())) for step in _matter(code)["steps"])
    return tuple(_step(kind, texts, language, reader or language) for kind, texts in steps)


def _step(kind: str, texts: dict[str, str], language: str, reader: str) -> Step:
    chosen = language if kind in ALOUD else reader
    return Step(kind, _in(texts, chosen), chosen if chosen in texts else "pl")


def _matter(code: str) -> dict[str, Any]:
    try:
        return _matters()[code]
    except KeyError as error:
        raise BadInput("helpline.no_matter") from error


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language, texts["pl"])

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
from typing import Any

from zamiast.errors import BadInput
from zamiast.helpline import steps
from zamiast.helpline.steps import Step

_FILE = "matters.yaml"
CODES: tuple[str, ...] = tuple(steps.load(_FILE))


@dataclass(frozen=True)
class Matter:
    """One matter as it stands on the call sheet: its number is the key that chooses it."""

    number: int
    code: str
    name: str
    script: tuple[Step, ...]
    competent: str


def name(code: str, language: str) -> str:
    """The name of a matter. Raises BadInput for an unknown code."""
    return steps.text_in(_matter(code)["name"], language)


def competent(code: str, language: str) -> str:
    """Who can decide the matter, in words."""
    return steps.text_in(_matter(code)["competent"], language)


def script(code: str, language: str, *, reader: str | None = None) -> tuple[Step, ...]:
    """The short script: spoken steps in ``language``, the others in the ``reader``'s."""
    return steps.of(_matter(code)["steps"], language, reader or language)


@cache
def sheet(caller: str, reader: str) -> tuple[Matter, ...]:
    """All matters for a call sheet, in the caller's and the reader's language."""
    return tuple(
        Matter(
            number, code, name(code, reader),
            script(code, caller, reader=reader), competent(code, caller),
        )
        for number, code in enumerate(CODES)
    )  # fmt: skip


def _matter(code: str) -> dict[str, Any]:
    try:
        return steps.load(_FILE)[code]
    except KeyError as error:
        raise BadInput("helpline.no_matter") from error

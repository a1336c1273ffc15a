"""The exits from any script: danger to life, a crisis, an abusive or silent call, a PESEL said.

Always one key away at the desk, so they are short.

>>> [exit.code for exit in all_exits("uk", "pl")]
['danger_to_life', 'crisis', 'abuse_or_silence', 'pesel_said']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zamiast.helpline import steps
from zamiast.helpline.steps import Step


@dataclass(frozen=True)
class Exit:
    """One exit: when, and what to say and do."""

    code: str
    name: str
    script: tuple[Step, ...]


@cache
def all_exits(caller: str, reader: str) -> tuple[Exit, ...]:
    """All exits: spoken steps in the caller's language, the rest in the reader's."""
    return tuple(
        Exit(code, steps.text_in(entry["name"], reader), steps.of(entry["steps"], caller, reader))
        for code, entry in steps.load("exits.yaml").items()
    )

"""Silence is refusal: what is said when no rule opens and none explains."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.case import Case
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.question import EVERYTHING
from zamiast.pure.access.rule import Does, Finding, Rule


def nothing_open_here(case: Case) -> Finding | None:  # noqa: ARG001  # it looks at nothing on purpose
    """What nothing opens is closed; that there is no such account reads just the same."""
    return Finding()


SILENCE = Rule(
    Code.NOTHING_OPEN_HERE,
    Does.EXPLAINS,
    EVERYTHING,
    None,
    nothing_open_here,
    sources.SILENCE,
    remedies=(Remedy.CHECK_GRANTS, Remedy.ASK_HOLDER, Remedy.ASK_SPECIALIST),
    level=3,
)

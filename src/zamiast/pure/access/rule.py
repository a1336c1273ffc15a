"""What a rule is: one small function with its code, its source and the days for which it holds.

A rule *opens*, *closes* whatever opens, *explains* why nothing opens, or *notes* what is
worth saying besides. ``RULES`` is filled by the modules of ``rules``; the reference table is
printed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from zamiast.pure.access.case import Case
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Fact
from zamiast.pure.access.question import Want
from zamiast.pure.access.sources import Source


class Does(StrEnum):
    """What a rule does to the answer."""

    OPENS = "opens"
    CLOSES = "closes"
    EXPLAINS = "explains"
    NOTES = "notes"


class Finding(NamedTuple):
    """That a rule applies: the facts it rests on, and the date that belongs to it."""

    facts: tuple[Fact, ...] = ()
    date: date | None = None


Check = Callable[[Case], Finding | None]

# The Internet patient account began in May 2018; before that nobody had access through it.
ACCOUNT_BEGAN = date(2018, 5, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with everything that the reference table says about it."""

    code: Code
    does: Does
    wants: frozenset[Want]
    own: bool | None
    check: Check
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    setting: str | None = None
    remedies: tuple[Remedy, ...] = ()
    level: int = 2

    @property
    def sentence(self) -> str:
        """Return the first line of the function's docstring: the rule in one sentence."""
        return (self.check.__doc__ or "").strip().splitlines()[0]

    def in_force(self, day: date) -> bool:
        """Say whether the rule holds on that day."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day < self.valid_to)


RULES: list[Rule] = []


def rule(
    does: Does,
    code: Code,
    wants: Iterable[Want],
    *,
    source: Source,
    own: bool | None = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
    setting: str | None = None,
    remedies: tuple[Remedy, ...] = (),
    level: int = 2,
) -> Callable[[Check], Check]:
    """Register a function as a rule.

    ``own`` says for whose account it counts: another person's (False), the actor's own
    (True), either (None). ``level`` is the lowest level of assurance at which a consultant
    may read the reason; what concerns other people's acts or the family needs level 3.
    """

    def register(check: Check) -> Check:
        RULES.append(
            Rule(
                code, does, frozenset(wants), own, check, source,
                valid_from, valid_to, setting, remedies, level,
            )
        )  # fmt: skip
        return check

    return register

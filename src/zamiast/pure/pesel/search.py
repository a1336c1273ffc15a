"""Find the PESELs in a chain: windows of units that read as eleven digits.

A window counts when it is valid and parted from its neighbours more clearly than its
own pieces are from one another, so that no window inside a longer number does.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from enum import Enum

from zamiast.pure.numerals.identifier import LENGTH as IDENTIFIER_LENGTH
from zamiast.pure.numerals.pesel import LENGTH, MONTH_DAYS, WEIGHTS, birth_date
from zamiast.pure.pesel.chains import CORRECTION, LINE, REPEAT, RUN, TURN, Chain, Unit
from zamiast.pure.pesel.gaps import FOREIGN, PAUSE, SENTENCE, SPACE, WALL, WORDS
from zamiast.pure.pesel.phones import PHONE, phone_first
from zamiast.pure.pesel.readings import readings

STEPS = 250
STEPS_AT_LEAST, STEPS_FOR_UNIT = 4_000, 4
"""How many steps one search may take, and all searches of a chain: time stays linear."""
ECHO_UNITS = 6
DROPS = 4
LONGEST_SPOKEN = 3
INTERRUPTIONS = 2
"""Gaps with unknown words that a number may have, unless it was announced."""
SELF_CONTAINED = 7
"""A run of so many digits beside a window is a number of its own."""

_FIRST_DAY = datetime.date(1900, 1, 1)


def is_valid(digits: str, today: datetime.date) -> bool:
    """Tell whether eleven digits are a PESEL of somebody born from 1900 until ``today``."""
    if digits[2:6] not in MONTH_DAYS or digits[2] > "3":
        return False
    if (sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=False)) + int(digits[10])) % 10:
        return False
    born = birth_date(digits)
    return born is not None and _FIRST_DAY <= born <= today


class Goal(Enum):
    """Where a window may end."""

    ALONE = "alone"
    """Where nothing that could belong to the same number follows."""
    LAST = "last"
    """At the end of the chain."""
    ANYWHERE = "anywhere"


class Search:
    """Searches one chain, from one start at a time."""

    def __init__(self, chain: Chain, accepts: Callable[[str], bool], sieve: bool = True) -> None:
        self._units = chain.units
        self._chain = chain
        self._accepts = accepts
        self._prune = sieve and not chain.corrected
        self._budget = STEPS_AT_LEAST + STEPS_FOR_UNIT * len(chain.units)
        self._steps = 0
        self._first = 0
        self._digits = ""
        self._goal = Goal.ALONE

    def from_unit(self, first: int, goal: Goal = Goal.ALONE) -> int | None:
        """Return where a window that begins at ``first`` ends, or None."""
        allowed = min(STEPS, self._budget)
        self._steps, self._first, self._goal = allowed, first, goal
        found = self._walk(first, "", 0, (), True)
        self._budget -= allowed - max(0, self._steps)
        return found

    def phone_from(self, at: int) -> int:
        """Return where nine digits, in one run or in threes, end; 0 if there are none."""
        units = self._units
        if units[at].code == RUN and len(units[at].digits) == PHONE:
            return at + 1
        threes = units[at : at + 3]
        if all(unit.code == RUN and len(unit.digits) == 3 for unit in threes) and len(threes) == 3:
            return at + 3
        return 0

    def echo(self, end: int) -> int | None:
        """Return where the last group of the window just found, said once more, ends."""
        if end >= len(self._units) or not self._units[end - 1].marks & REPEAT:
            return None
        return next(self._echoes(end, self._digits), None)

    def _walk(
        self, at: int, digits: str, gap: int, trail: tuple[int, ...], usual: bool
    ) -> int | None:
        self._steps -= 1
        if self._steps < 0:
            return None
        if len(digits) == LENGTH and self._ends_well(at, digits, gap, usual):
            last = self._units[at - 1]
            if at < len(self._units) and last.marks & CORRECTION and last.gap <= WORDS:
                found = self._walk_marked(CORRECTION, at, digits, gap, trail, usual)
                if found is not None:
                    return found
            self._digits = digits
            return at
        if at >= len(self._units):
            return None
        if at > self._first:
            gap = max(gap, self._units[at - 1].gap)
            marks = self._units[at - 1].marks
            if marks & ~LINE:
                found = self._walk_marked(marks, at, digits, gap, trail, usual)
                if found is not None:
                    return found
        return self._walk_on(at, digits, gap, trail, usual)

    def _walk_on(
        self, at: int, digits: str, gap: int, trail: tuple[int, ...], usual: bool
    ) -> int | None:
        for reading in readings(self._chain, at):
            longer = digits + reading.digits
            if len(longer) > LENGTH or (
                self._prune and len(longer) >= 6 and longer[2:6] not in MONTH_DAYS
            ):
                continue
            found = self._walk(
                reading.end,
                longer,
                max(gap, reading.gap),
                (*trail, len(reading.digits)),
                usual and reading.usual,
            )
            if found is not None:
                return found
        return None

    def _walk_marked(
        self, marks: int, at: int, digits: str, gap: int, trail: tuple[int, ...], usual: bool
    ) -> int | None:
        """Go on where the last group was corrected, or comes again."""
        if len(digits) < LENGTH:
            for end in self._echoes(at, digits):
                found = self._walk(end, digits, gap, trail, usual)
                if found is not None:
                    return found
        if marks & CORRECTION:
            for drop in range(1, min(DROPS, len(trail) - 1) + 1):
                kept = digits[: len(digits) - sum(trail[-drop:])]
                found = self._walk_on(at, kept, gap, trail[:-drop], usual)
                if found is not None:
                    return found
            return self._walk_mended(at, digits, gap, trail, usual)
        return None

    def _walk_mended(
        self, at: int, digits: str, gap: int, trail: tuple[int, ...], usual: bool
    ) -> int | None:
        """Go on where only the end of the last group was corrected: "dwadzieścia dwa, jeden"."""
        for wrong in range(1, min(trail[-1], LONGEST_SPOKEN) if trail else 0):
            mended = (*trail[:-1], trail[-1] - wrong)
            found = self._walk_on(at, digits[:-wrong], gap, mended, usual)
            if found is not None:
                return found
        return None

    def _echoes(self, at: int, digits: str) -> Iterator[int]:
        """Yield the ends of what merely says the last digits again."""
        said = ""
        ends: list[int] = []
        while at < len(self._units) and len(ends) < ECHO_UNITS:
            choices = readings(self._chain, at)
            if not choices:
                break
            said += choices[0].digits
            at = choices[0].end
            if digits.endswith(said):
                ends.append(at)
            if len(said) >= len(digits):
                break
        return reversed(ends)

    def _interruptions(self, end: int) -> int:
        window = self._units[self._first : end - 1]
        return sum([FOREIGN <= unit.gap < WALL and not unit.marks & TURN for unit in window])

    def _ends_well(self, end: int, digits: str, gap: int, usual: bool) -> bool:
        if not usual and self._chain.labelled:
            return False
        if not self._chain.announced and (
            self._interruptions(end) > INTERRUPTIONS or phone_first(self._chain, self._first, end)
        ):
            return False
        if self._goal is Goal.LAST and end < len(self._units):
            return False
        return self._accepts(digits) and (
            self._goal is not Goal.ALONE or stands_alone(self._chain, self._first, end, gap)
        )


def usual_digits(chain: Chain) -> str:
    """Return the digits of a chain that is one number however one reads it, or nothing.

    Nothing where something was corrected, where several numbers may stand, and where
    words can well be read in two ways.
    """
    units = chain.units
    if chain.corrected or chain.phone_units or len(units) > LENGTH * 2:
        return ""
    if any(unit.code in "PX" or SENTENCE <= unit.gap < WALL for unit in units):
        return ""
    at, digits = 0, ""
    while at < len(units):
        found = readings(chain, at)
        if not found:
            return ""
        digits, at = digits + found[0].digits, found[0].end
    return digits


def stands_alone(chain: Chain, first: int, end: int, gap: int) -> bool:
    """Tell whether the window is no part of a longer number."""
    units = chain.units
    if end - first == 1 and units[first].code == RUN:
        return True
    broken = any(unit.marks & LINE for unit in units[first : end - 1])
    if end < len(units) and not _parted(units[end - 1], gap, broken, units[end - 1], units[end]):
        anchored = chain.announced and first == 0 and units[end - 1].gap >= gap
        if not (anchored and sum(len(u.digits) for u in units) != IDENTIFIER_LENGTH):
            return False
    if first == chain.phone_units:
        return True
    return _parted(units[first - 1], gap, broken, units[first], units[first - 1])


def _parted(before: Unit, gap: int, broken: bool, edge: Unit, neighbour: Unit) -> bool:
    """Tell whether the gap after ``before`` is wider than the widest in the window.

    ``broken``: the window itself goes over a line end.
    """
    if before.gap > gap or (before.marks & LINE and not broken):
        return True
    if before.marks & (CORRECTION | REPEAT | TURN) and before.gap >= gap:
        return True
    if before.gap < SPACE:
        return False
    if neighbour.code == RUN and len(neighbour.digits) >= SELF_CONTAINED:
        return True
    return (neighbour.code == RUN) != (edge.code == RUN) and before.gap >= max(gap, PAUSE)


def may_start(chain: Chain, at: int) -> bool:
    """Tell, cheaply, whether a window can begin at ``at``: what ``_parted`` asks at least."""
    units = chain.units
    if at == chain.phone_units or len(units[at].digits) == LENGTH:
        return True
    before, edge = units[at - 1], units[at]
    gap = edge.gap if edge.gap != WALL else 0
    return _parted(before, gap, bool(edge.marks & LINE), edge, before)

"""Numbers that stand together: a text becomes chains of digit runs and number words.

A chain holds the numeric pieces that one number could be made of, the strength of each
gap between them, and what the words around said: announced as a PESEL, labelled as
something else, marked as a phone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from zamiast.pure.numerals import Kind, Word
from zamiast.pure.pesel.gaps import WALL

CORRECTION, REPEAT, TURN, LINE = 1, 2, 4, 8
"""Marks on a gap: the group before may be wrong; may come again; somebody else spoke; a line
ends."""

CODES = {
    Kind.DIGIT: "D",
    Kind.TEEN: "E",
    Kind.TEN: "T",
    Kind.HUNDRED: "H",
    Kind.SCALE: "S",
    Kind.MULTIPLE: "M",
    Kind.PLURAL: "P",
    Kind.TIMES: "X",
}
RUN = "N"


@dataclass(slots=True)
class Unit:
    """One digit run or number word; ``gap`` and ``marks`` tell what stands after it."""

    start: int
    end: int
    code: str
    value: int
    digits: str
    weak: bool = False
    english: bool = False
    gap: int = WALL
    marks: int = 0


def run(start: int, end: int, digits: str) -> Unit:
    """Return the unit of a run of digits."""
    return Unit(start, end, RUN, 0, digits)


def spoken(start: int, end: int, word: Word, weak: bool, english: bool) -> Unit:
    """Return the unit of a number word."""
    digits = "" if word.kind in (Kind.MULTIPLE, Kind.TIMES, Kind.SCALE) else str(word.value)
    return Unit(start, end, CODES[word.kind], word.value, digits, weak, english)


class Reading(NamedTuple):
    """Digits that the units up to ``end`` stand for, and the widest gap among them."""

    digits: str
    end: int
    gap: int
    usual: bool


@dataclass(slots=True)
class Chain:
    """Units in the order of the text, and what is known about them."""

    units: list[Unit] = field(default_factory=list)
    announced: bool = False
    """The word PESEL stands just before."""
    closed_by_pesel: bool = False
    """The word PESEL stands just after."""
    distance: int = 0
    """Words between the word PESEL and the first unit."""
    labelled: bool = False
    phone: bool = False
    phone_units: int = 0
    """How many units, at the beginning, a phone is made of."""
    corrected: bool = False
    read: dict[int, list[Reading]] = field(default_factory=dict)
    """The ways to read the units from each on, as far as they were asked for."""

    def settle(self) -> None:
        """Drop small words that are numbers in another language only."""
        units = self.units
        if not any(unit.weak for unit in units):
            return
        if any(unit.english and not unit.weak for unit in units):
            return
        kept: list[Unit] = []
        for unit in units:
            if not unit.weak:
                kept.append(unit)
            elif kept:
                kept[-1].gap = max(kept[-1].gap, unit.gap)
                kept[-1].marks |= unit.marks
        if kept:
            kept[-1].gap = WALL
            self.phone = self.phone and kept[0] is units[0]
        self.units = kept

    def drop_quantity(self) -> None:
        """Take off the last number: a unit of measure follows it."""
        units = self.units
        if not units or len(units[-1].digits) >= 10:
            return
        units.pop()
        while units and units[-1].gap <= 2 and units[-1].code in "THS":
            units.pop()
        if units:
            units[-1].gap = WALL
            units[-1].marks = 0

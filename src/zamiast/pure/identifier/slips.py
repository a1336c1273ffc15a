"""What may have happened: the human slips that explain a wrong number.

Each slip is described by its undoing: the numbers that it could have been made from.
Those that are identifiers explain the wrong number. The code is made so that there is
nearly always at most one.

>>> diagnose("950 120 144 438")
[Slip(kind=<SlipKind.EXCHANGE: 'exchange'>, groups=(4,))]
>>> [slip.kind.value for slip in diagnose("951 320 144 483")]
[]
>>> diagnose("950 12 144 483")[0].groups
(2,)

The explaining identifier is for tests and for the command line only. It is not shown to a
consultant and not looked up: the caller says the group again, or it is not accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

from zamiast.pure.identifier.code import COLUMNS, FIELD, Syndrome, is_valid, syndrome
from zamiast.pure.identifier.form import GROUP, LENGTH, compact, groups, is_digits
from zamiast.pure.numerals.pesel import is_well_formed

Explanation: TypeAlias = tuple[str, tuple[int, ...]]
"""A number that the slip could have been made from, and the places that it touched."""


class SlipKind(StrEnum):
    """The slips that people make, in the order in which ``diagnose`` lists them."""

    WRONG_DIGIT = "wrong_digit"
    EXCHANGE = "exchange"
    JUMP_EXCHANGE = "jump_exchange"
    TWIN = "twin"
    JUMP_TWIN = "jump_twin"
    TEEN_TY = "teen_ty"
    MISSING_DIGIT = "missing_digit"
    EXTRA_DIGIT = "extra_digit"
    SWAPPED_GROUPS = "swapped_groups"


@dataclass(frozen=True, slots=True)
class Slip:
    """One explanation: the slip, the groups (1 to 4) to ask for again, the number behind it.

    The number is left out of ``repr``, so that it does not reach a log by accident.
    """

    kind: SlipKind
    groups: tuple[int, ...]
    identifier: str = field(repr=False)


def diagnose(text: str) -> list[Slip]:
    """Return the single slips that lead from ``text`` back to a valid identifier, best first.

    Empty for a valid identifier, for what is not 11 to 13 digits, and for eleven digits
    that are a well-formed PESEL: that is no misheard identifier, and is looked at no further.
    """
    digits = compact(text)
    if not is_digits(digits) or is_valid(digits) or is_well_formed(digits):
        return []
    found: dict[tuple[SlipKind, str], set[int]] = {}
    for kind, undo in _UNDOINGS.get(len(digits), ()):
        for identifier, places in undo(digits):
            if is_valid(identifier):
                touched = {place // GROUP + 1 for place in places}
                found.setdefault((kind, identifier), set()).update(touched)
    return [
        Slip(kind, tuple(sorted(touched)), identifier)
        for (kind, identifier), touched in found.items()
    ]


def _errors() -> dict[Syndrome, tuple[int, int]]:
    """Return place and size of the one wrong digit by the syndrome that it leaves."""
    return {
        (size * one % FIELD, size * two % FIELD, size * three % FIELD): (place, size)
        for place, (one, two, three) in enumerate(COLUMNS)
        for size in range(1, FIELD)
    }


_ERRORS = _errors()


def _wrong_digit(digits: str) -> Iterator[Explanation]:
    """One digit was another: the syndrome tells which, and by how much."""
    error = _ERRORS.get(syndrome(digits))
    if error is not None:
        place, size = error
        meant = (int(digits[place]) - size) % FIELD
        if meant < 10:
            yield digits[:place] + str(meant) + digits[place + 1 :], (place,)


def _pairs(digits: str, distance: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield two places ``distance`` apart and their digits, from left to right."""
    for first in range(LENGTH - distance):
        second = first + distance
        yield first, second, digits[first], digits[second]


def _with(digits: str, first: int, one: str, second: int, two: str) -> Explanation:
    """Return ``digits`` with two of them replaced, and where."""
    changed = digits[:first] + one + digits[first + 1 : second] + two + digits[second + 1 :]
    return changed, (first, second)


def _exchanged(digits: str, distance: int) -> Iterator[Explanation]:
    """Two digits changed places: 12 for 21; or 123 for 321."""
    for first, second, one, two in _pairs(digits, distance):
        if one != two:
            yield _with(digits, first, two, second, one)


def _twins(digits: str, distance: int) -> Iterator[Explanation]:
    """Two equal digits were two others: 11 for 22; or 1x1 for 2x2."""
    for first, second, one, two in _pairs(digits, distance):
        if one == two:
            for other in "0123456789":
                if other != one:
                    yield _with(digits, first, other, second, other)


def _teen_ty(digits: str) -> Iterator[Explanation]:
    """A teen was heard for a ty, or a ty for a teen: 16 for 60, szesnaście for sześćdziesiąt."""
    for first, second, one, two in _pairs(digits, 1):
        if one == "1" and two >= "2":
            yield _with(digits, first, two, second, "0")
        elif one >= "2" and two == "0":
            yield _with(digits, first, "1", second, one)


def _missing(digits: str) -> Iterator[Explanation]:
    """One digit was left out: put one in at each place, and let the syndrome choose it."""
    for place in range(LENGTH):
        with_zero = digits[:place] + "0" + digits[place:]
        left = syndrome(with_zero)
        if left == (0, 0, 0):
            yield with_zero, (place,)
        for identifier, (wrong,) in _wrong_digit(with_zero):
            if wrong == place:
                yield identifier, (place,)


def _extra(digits: str) -> Iterator[Explanation]:
    """One digit is too many: take each away. Between two groups it may belong to either."""
    for place in range(LENGTH + 1):
        neighbours = (max(place - 1, 0), min(place, LENGTH - 1))
        yield digits[:place] + digits[place + 1 :], neighbours


def _swapped_groups(digits: str) -> Iterator[Explanation]:
    """Two of the four groups changed places."""
    parts = groups(digits)
    for first, second in combinations(range(len(parts)), 2):
        if parts[first] != parts[second]:
            order = list(parts)
            order[first], order[second] = parts[second], parts[first]
            yield "".join(order), (first * GROUP, second * GROUP)


_UNDOINGS: dict[int, tuple[tuple[SlipKind, Callable[[str], Iterator[Explanation]]], ...]] = {
    LENGTH: (
        (SlipKind.WRONG_DIGIT, _wrong_digit),
        (SlipKind.EXCHANGE, lambda digits: _exchanged(digits, 1)),
        (SlipKind.JUMP_EXCHANGE, lambda digits: _exchanged(digits, 2)),
        (SlipKind.TWIN, lambda digits: _twins(digits, 1)),
        (SlipKind.JUMP_TWIN, lambda digits: _twins(digits, 2)),
        (SlipKind.TEEN_TY, _teen_ty),
        # Last: counted in, it would explain some of the others' numbers as well.
        (SlipKind.SWAPPED_GROUPS, _swapped_groups),
    ),
    LENGTH - 1: ((SlipKind.MISSING_DIGIT, _missing),),
    LENGTH + 1: ((SlipKind.EXTRA_DIGIT, _extra),),
}

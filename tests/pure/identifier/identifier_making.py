"""Making identifiers, human slips and PESELs: the other way round from what is tested.

Everything is made up from a given source of chance, so that a seed gives it again.
"""

import datetime
import random
from collections.abc import Iterator

from hypothesis import strategies as st

from zamiast.pure.identifier.code import complete
from zamiast.pure.numerals import pesel

DIGITS = "0123456789"

identifiers = (
    st.integers(100_000_000, 999_999_999).map(lambda data: complete(str(data))).filter(bool)
)
"""Hypothesis: any identifier."""

FOUR_SEPARATE_GROUPS = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))


def random_identifier(chance: random.Random) -> str:
    """Return an identifier."""
    while True:
        identifier = complete(str(chance.randrange(100_000_000, 1_000_000_000)))
        if identifier:
            return identifier


def random_pesel(chance: random.Random) -> str:
    """Return the well-formed PESEL of a random day from 1800 to 2299."""
    first = datetime.date(1800, 1, 1).toordinal()
    day = datetime.date.fromordinal(first + chance.randrange(182_000))
    month = day.month + {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}[day.year // 100]
    ten = f"{day.year % 100:02}{month:02}{day.day:02}{chance.randrange(10_000):04}"
    return ten + str(pesel.check_digit(ten))


def put(digits: str, changes: dict[int, str]) -> str:
    """Return ``digits`` with those at some places replaced."""
    return "".join(changes.get(place, digit) for place, digit in enumerate(digits))


def wrong_digit(digits: str) -> Iterator[tuple[str, set[int]]]:
    for place, right in enumerate(digits):
        for wrong in DIGITS.replace(right, ""):
            yield put(digits, {place: wrong}), {place}


def _exchange(digits: str, distance: int) -> Iterator[tuple[str, set[int]]]:
    for one in range(12 - distance):
        two = one + distance
        if digits[one] != digits[two]:
            yield put(digits, {one: digits[two], two: digits[one]}), {one, two}


def exchange(digits: str) -> Iterator[tuple[str, set[int]]]:
    return _exchange(digits, 1)


def jump_exchange(digits: str) -> Iterator[tuple[str, set[int]]]:
    return _exchange(digits, 2)


def _twin(digits: str, distance: int) -> Iterator[tuple[str, set[int]]]:
    for one in range(12 - distance):
        two = one + distance
        if digits[one] == digits[two]:
            for wrong in DIGITS.replace(digits[one], ""):
                yield put(digits, {one: wrong, two: wrong}), {one, two}


def twin(digits: str) -> Iterator[tuple[str, set[int]]]:
    return _twin(digits, 1)


def jump_twin(digits: str) -> Iterator[tuple[str, set[int]]]:
    return _twin(digits, 2)


def teen_ty(digits: str) -> Iterator[tuple[str, set[int]]]:
    for one in range(11):
        pair = digits[one : one + 2]
        for digit in "23456789":
            teen, ty = f"1{digit}", f"{digit}0"
            if pair in (teen, ty):
                heard = ty if pair == teen else teen
                yield put(digits, {one: heard[0], one + 1: heard[1]}), {one, one + 1}


def swapped_groups(digits: str) -> Iterator[tuple[str, set[int]]]:
    for one, two in FOUR_SEPARATE_GROUPS:
        groups = [digits[start : start + 3] for start in range(0, 12, 3)]
        if groups[one] != groups[two]:
            groups[one], groups[two] = groups[two], groups[one]
            yield "".join(groups), {3 * one, 3 * two}


def missing_digit(digits: str) -> Iterator[tuple[str, set[int]]]:
    for place in range(12):
        yield digits[:place] + digits[place + 1 :], {place}


def extra_digit(digits: str) -> Iterator[tuple[str, set[int]]]:
    for place in range(13):
        for digit in DIGITS:
            yield digits[:place] + digit + digits[place:], {max(place - 1, 0), min(place, 11)}


SAME_LENGTH = {
    slip.__name__: slip
    for slip in (wrong_digit, exchange, jump_exchange, twin, jump_twin, teen_ty, swapped_groups)
}
ALL = SAME_LENGTH | {"missing_digit": missing_digit, "extra_digit": extra_digit}


def groups_of(places: set[int]) -> set[int]:
    """Return the groups, 1 to 4, in which the places lie."""
    return {place // 3 + 1 for place in places}


def random_slip(name: str, chance: random.Random) -> tuple[str, str, set[int]]:
    """Return an identifier in which the slip can happen, what it became, and where."""
    while True:
        identifier = random_identifier(chance)
        made = list(ALL[name](identifier))
        if made:
            return identifier, *chance.choice(made)

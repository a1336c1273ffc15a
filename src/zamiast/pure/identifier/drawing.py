"""New identifiers, drawn from the operating system's secure random source.

No key, no pool, no counter: an identifier carries no meaning, and the one drawn says
nothing of the next. That it is new is for the database's constraint to say.

>>> from zamiast.pure.identifier.code import is_valid
>>> is_valid(generate()), len(set(generate_many(1000)))
(True, 1000)
"""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Callable, Iterator

from zamiast.pure.identifier.code import check_digits_of, complete, contains_pesel
from zamiast.pure.numerals.pesel import MONTH_DAYS, adds_up

_LOWEST = 100_000_000
_ROOM = 900_000_000
"""Nine data digits, the first of them not 0."""

_FAIR = 2**32 // _ROOM * _ROOM
"""Random words of 32 bits from here on are thrown away: they would favour the lowest numbers."""
_BATCH = 8192
_MANY = 2_000_000
_BITS = tuple(1 << place for place in range(8))


def generate() -> str:
    """Return one random identifier: about 651 million are equally likely."""
    while True:
        identifier = complete(str(_LOWEST + secrets.randbelow(_ROOM)))
        if identifier is not None:
            return identifier


def generate_many(count: int) -> Iterator[str]:
    """Yield ``count`` different random identifiers, ready for a bulk issue.

    Remembers what it gave out, to remove repeats: by a set while they are few, by a map
    of one bit for each possible number (125 MB) when they are many.
    """
    new = _map_of_bits() if count > _MANY else _set_of_numbers()
    batches = (_without_pesel(new(_random_numbers())) for _ in itertools.repeat(None))
    return itertools.islice(itertools.chain.from_iterable(batches), count)


def _random_numbers() -> list[int]:
    """A handful of equally likely data numbers of nine digits."""
    words = memoryview(os.urandom(4 * _BATCH)).cast("I")
    return [_LOWEST + word % _ROOM for word in words if word < _FAIR]


New = Callable[[list[int]], list[str]]
"""The identifiers with these data digits, where there is one and it was not given before."""


def _set_of_numbers() -> New:
    given: set[int] = set()

    def new(numbers: list[int]) -> list[str]:
        drawn = dict(zip(numbers, check_digits_of(numbers), strict=True))
        fresh = [f"{number}{check}" for number, check in drawn.items()
                 if check is not None and number not in given]  # fmt: skip
        given.update(drawn)
        return fresh

    return new


def _map_of_bits() -> New:
    given = bytearray((_LOWEST + _ROOM) // 8)

    def new(numbers: list[int]) -> list[str]:
        fresh = []
        for number, check in zip(numbers, check_digits_of(numbers), strict=True):
            if check is not None and not given[number >> 3] & _BITS[number & 7]:
                given[number >> 3] |= _BITS[number & 7]
                fresh.append(f"{number}{check}")
        return fresh

    return new


def _without_pesel(found: list[str]) -> list[str]:
    """The identifiers that hold no PESEL; two cheap sieves leave one in thirty to be looked at."""
    return [
        one for one in found
        if not (
            ((one[2:6] in MONTH_DAYS and adds_up(one[:11]))
             or (one[3:7] in MONTH_DAYS and adds_up(one[1:])))
            and contains_pesel(one)
        )
    ]  # fmt: skip

"""New identifiers, drawn from the operating system's secure random source.

No key, no pool, no counter: an identifier carries no meaning, and the one drawn says
nothing of the next. That it is new is for the database's constraint to say.

>>> from zamiast.pure.identifier.code import is_valid
>>> is_valid(generate()), len(set(generate_many(1000)))
(True, 1000)
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

from zamiast.pure.identifier.code import complete

_LOWEST = 100_000_000
_ROOM = 900_000_000
"""Nine data digits, the first of them not 0."""

_FAIR = 2**32 // _ROOM * _ROOM
"""Random words of 32 bits from here on are thrown away: they would favour the lowest numbers."""
_BATCH = 8192


def generate() -> str:
    """Return one random identifier: about 651 million are equally likely."""
    while True:
        identifier = complete(str(_LOWEST + secrets.randbelow(_ROOM)))
        if identifier is not None:
            return identifier


def generate_many(count: int) -> Iterator[str]:
    """Yield ``count`` different random identifiers, ready for a bulk issue.

    Remembers what it gave out, to remove repeats: about 100 MB for a million.
    """
    given: set[str] = set()
    while len(given) < count:
        for identifier in _batch():
            if identifier not in given:
                given.add(identifier)
                yield identifier
                if len(given) == count:
                    return


def _batch() -> Iterator[str]:
    """Yield the identifiers that one handful of random bytes gives."""
    for word in memoryview(os.urandom(4 * _BATCH)).cast("I"):
        if word < _FAIR:
            identifier = complete(str(_LOWEST + word % _ROOM))
            if identifier is not None:
                yield identifier

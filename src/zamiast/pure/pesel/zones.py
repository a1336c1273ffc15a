"""Which stretches of a text can hold a PESEL at all: a fast sieve before the reading.

Eleven digits, or the words for them, must stand near one another. Ordinary prose has
few, and is left after one pass of a regular expression.

>>> zones("Dziękuję za rozmowę, oddzwonię jutro.")
[]
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from zamiast.pure.pesel.lexicon import NUMBERS
from zamiast.pure.pesel.view import LETTERS, MARKS
from zamiast.pure.pesel.vocabulary import WEAK

REACH = 80
"""How far apart two pieces of one number may stand."""
MARGIN = 90
"""How far around the pieces labels and marks are looked for."""
WORTH = 3
"""Digits that a number word is worth; longer ones may be several in one."""
ENOUGH = 8
"""Eleven digits, less three that a scanner made letters of."""

_WIDE = {"a": "aą", "c": "cć", "e": "eę", "n": "nń", "o": "oó", "s": "sś", "z": "zżź", "l": "lł"}


def _beginnings(latin: bool, size: int = 4) -> str:
    """Return the first letters of number words, as a regular expression."""
    tree: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for word in NUMBERS.keys() - WEAK:
        if latin and not word.isascii():
            continue
        tree[word[0]][word[1]].add(word[2:size])
    return "|".join(
        _either(first)
        + "(?:"
        + "|".join(
            f"{_either(second)}(?:{'|'.join(''.join(map(_either, r)) for r in sorted(rests))})"
            for second, rests in sorted(seconds.items())
        )
        + ")"
        for first, seconds in sorted(tree.items())
    )


def _either(letter: str) -> str:
    """Return the letter in either case, with and without its marks, as a class."""
    return f"[{''.join(_WIDE.get(letter, letter))}{_WIDE.get(letter, letter).upper()}]"


# A negated set of letters is one bitmap: the search runs over all letters fast.
_HEAD = f"[^A-Za-z{LETTERS}]"
_DIGIT = rf"[^\x00-/:-\x7f{LETTERS}{MARKS}]"


@cache
def _seed(latin: bool) -> re.Pattern[str]:
    return re.compile(
        rf"{_HEAD}(?:(?<={_DIGIT})[0-9A-Za-z]*|((?:{_beginnings(latin)})[A-Za-z{LETTERS}]*)"
        r"|(?<=&)[#a]|(?<=\\)u|(?<=%)3[0-9])"
    )


_CYRILLIC = re.compile("[А-Яа-яІіЇї]")


def zones(text: str) -> list[tuple[int, int]]:
    """Return start and end of the stretches worth reading, in order and disjoint."""
    found: list[tuple[int, int]] = []
    start, end, worth = 0, -REACH, 0
    pattern = _seed(latin=not _CYRILLIC.search(text))
    for seed in pattern.finditer(" " + text):
        first, last = seed.span()
        if first - end > REACH:
            if worth >= ENOUGH:
                _append(found, start, end, len(text))
            start, worth = first, 0
        end = last
        size = last - first
        worth += max(WORTH, size // 3) if seed.lastindex else size
    if worth >= ENOUGH:
        _append(found, start, end, len(text))
    return found


def _append(found: list[tuple[int, int]], start: int, end: int, length: int) -> None:
    start, end = max(0, start - MARGIN), min(length, end + MARGIN)
    if found and start <= found[-1][1]:
        start = found.pop()[0]
    found.append((start, end))

"""Which stretches of a text can hold a PESEL at all: a fast sieve before the reading.

Eleven digits, or the words for them, must stand near one another. Ordinary prose has
few, and is left after one pass of a regular expression.

>>> zones("Dziękuję za rozmowę, oddzwonię jutro.")
[]
"""

from __future__ import annotations

import re

from zamiast.pure.pesel.lexicon import NUMBERS
from zamiast.pure.pesel.view import PLAIN
from zamiast.pure.pesel.vocabulary import WEAK

REACH = 220
"""How far apart the pieces of one number may stand."""
MARGIN = 90
"""How far around the pieces labels and marks are looked for."""
WORTH = 3
"""The most digits that a number word is worth without further words."""
ENOUGH = 8


def _beginnings(size: int) -> str:
    """Return the ways in which number words begin, as a regular expression."""
    wide = {"a": "aą", "c": "cć", "e": "eę", "n": "nń", "o": "oó", "s": "sś", "z": "zżź", "l": "lł"}
    words = {word[:size] for word in NUMBERS if word not in WEAK}
    tree: dict[str, set[str]] = {}
    for word in words:
        tree.setdefault(word[0], set()).add(word[1:])

    def either(letter: str) -> str:
        cases = "".join(sorted({v for c in wide.get(letter, letter) for v in (c, c.upper())}))
        return f"[{cases}]"

    def spell(rest: str) -> str:
        return "".join(map(either, rest))

    return "|".join(
        f"{either(head)}(?:{'|'.join(spell(r) for r in sorted(rests, reverse=True))})"
        for head, rests in sorted(tree.items())
    )


_SEED = re.compile(
    rf"[0-9]+|[^{PLAIN}]+"
    r"|&(?=[#a])|\\u|%3[0-9]"
    rf"|(?<![^\W\d_])(?:{_beginnings(4)})\w*"
)


def zones(text: str) -> list[tuple[int, int]]:
    """Return start and end of the stretches worth reading, in order and disjoint."""
    found: list[tuple[int, int]] = []
    start = end = worth = 0
    for seed in _SEED.finditer(text):
        first, last = seed.span()
        if first - end > REACH and end:
            if worth >= ENOUGH:
                _append(found, start, end, len(text))
            worth = 0
            end = 0
        if not end:
            start = first
        end = last
        size = last - first
        worth += (
            size
            if text[first] in "0123456789" or not text[first].isalpha()
            else max(WORTH, size // 3)
        )
    if end and worth >= ENOUGH:
        _append(found, start, end, len(text))
    return found


def _append(found: list[tuple[int, int]], start: int, end: int, length: int) -> None:
    start, end = max(0, start - MARGIN), min(length, end + MARGIN)
    if found and start <= found[-1][1]:
        start = found.pop()[0]
    found.append((start, end))

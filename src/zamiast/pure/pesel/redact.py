"""Cut PESELs out of a text and leave a mark where each one stood."""

from __future__ import annotations

import datetime
from functools import lru_cache

from zamiast.pure.pesel.guard import scan

MARK = "[PESEL usunięty]"
MOST_PASSES = 100
"""One more than the first is rare; a mark that makes numbers would need ever more."""


def redact(text: str, today: datetime.date, mark: str = MARK) -> str:
    """Return ``text`` with ``mark`` for each PESEL; everything else stays as it is.

    Doing it twice changes nothing. What stands on both sides of a number that was cut
    out can make a number of its own, so it is done until nothing is found. ValueError if
    ``mark`` would itself be found, after the word PESEL or without it.

    >>> redact("PESEL: 68031745121, tel. 601 222 333", datetime.date(2026, 1, 1))
    'PESEL: [PESEL usunięty], tel. 601 222 333'
    """
    if _is_number(mark, today):
        raise ValueError("the mark is itself a PESEL")
    for _ in range(MOST_PASSES):
        spans = scan(text, today)
        if not spans:
            return text
        pieces: list[str] = []
        at = 0
        for start, end, _ in spans:
            pieces += (text[at:start], mark)
            at = end
        text = "".join(pieces) + text[at:]
    raise ValueError("the mark makes a PESEL with what stands around it")


@lru_cache(maxsize=16)
def _is_number(mark: str, today: datetime.date) -> bool:
    return bool(scan(mark, today) or scan(f"PESEL {mark}", today))

"""Cut PESELs out of a text and leave a mark where each one stood."""

from __future__ import annotations

import datetime

from zamiast.pure.pesel.guard import scan

MARK = "[PESEL usunięty]"


def redact(text: str, today: datetime.date, mark: str = MARK) -> str:
    """Return ``text`` with ``mark`` for each PESEL; everything else stays as it is.

    Doing it twice changes nothing. What stands on both sides of a number that was cut
    out can make a number of its own, so it is done until nothing is found.

    >>> redact("PESEL: 68031745121, tel. 601 222 333", datetime.date(2026, 1, 1))
    'PESEL: [PESEL usunięty], tel. 601 222 333'
    """
    while spans := scan(text, today):
        pieces: list[str] = []
        at = 0
        for start, end, _ in spans:
            pieces += (text[at:start], mark)
            at = end
        text = "".join(pieces) + text[at:]
    return text

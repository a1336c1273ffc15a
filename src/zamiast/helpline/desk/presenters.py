"""What the desk shows of cases in a list.

Rows are made ready here: what a consultant waits for has a bar of 10 ms.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone, translation

from zamiast.helpline import matters, queues
from zamiast.helpline.desk import wording
from zamiast.helpline.hours import WARSAW
from zamiast.helpline.selectors import CaseRow


@dataclass(frozen=True)
class Line:
    """A case in a list, ready to print."""

    address: str
    number: str
    matter: str
    state: str
    is_identified: bool
    is_confirmed: bool
    opened_at: str
    opened_by: str
    queue: str
    owner: str
    due_at: str  # empty for a case whose clock stands still
    is_overdue: bool
    is_unread: bool


def grouped(number: int) -> str:
    """A case number as it is read out, in groups of three that stay on one line.

    >>> grouped(104217) == "104\N{NO-BREAK SPACE}217"
    True
    """
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def lines(rows: Iterable[CaseRow], *, address: str = "case") -> list[Line]:
    """Rows of a list in the reader's language and the helpline's time."""
    reader = translation.get_language() or "pl"
    place = reverse(address, args=[0])
    states = {state: wording.case_state(state) for state in wording.STATES}
    names = {code: queues.name(code, reader) for code in queues.codes()}
    now = timezone.now()
    return [
        Line(
            place.replace("0", str(row.number)), grouped(row.number),
            matters.shown(row.matter, reader), states[row.state],
            row.is_identified, row.is_confirmed, when(row.opened_at),
            wording.who(row.opened_by_name),
            names.get(row.queue, row.queue), row.owner_name,
            when(row.due_at) if row.state == "open" else "",
            row.state == "open" and row.due_at < now, row.unread,
        )
        for row in rows
    ]  # fmt: skip


def when(moment: datetime.datetime) -> str:
    """A moment in the helpline's time."""
    at = moment.astimezone(WARSAW)
    return f"{at.day:02}.{at.month:02}.{at.year} {at.hour:02}:{at.minute:02}"

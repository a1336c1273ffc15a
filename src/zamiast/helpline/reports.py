"""What supervisors read: the line now, load by hour and day, deadlines kept, matters over time.

``now`` is one cheap statement for a screen that polls. Everything over time comes from
counts that a job writes every ten minutes (``Tally``), never from a million cases.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone

from zamiast.helpline.hours import WARSAW
from zamiast.helpline.models import Tally
from zamiast.verification.models import Call

LONGEST = 366
_BY_DAY = 31  # a longer time is shown by week
_LINE = 40  # who is in a call: as many as fit on a screen

_NOW = """
    SELECT line.callers, line.longest,
           (SELECT count(*) FROM verification_call WHERE ended_at IS NULL),
           (SELECT count(*) FROM helpline_case WHERE state = 'waiting'),
           (SELECT count(*) FROM helpline_case WHERE state = 'open'),
           (SELECT count(*) FROM helpline_case WHERE state = 'open' AND due_at < now()),
           (SELECT count(*) FROM helpline_case WHERE state = 'open' AND owner_id IS NULL),
           (SELECT count(*) FROM helpline_case WHERE unread),
           (SELECT count(*) FROM helpline_callback
             WHERE state IN ('open', 'missed') AND until_at <= %s::timestamptz),
           (SELECT count(*) FROM helpline_callback
             WHERE state IN ('open', 'missed') AND until_at < now())
      FROM helpline_callers_waiting() line
"""


@dataclass(frozen=True)
class Now:
    """The line at this moment.

    ``callers`` wait to be answered, the first of them for ``longest`` seconds; None where no
    telephone exchange tells of them.
    """

    callers: int | None
    longest: int | None
    in_call: int
    waiting: int
    open: int
    overdue: int
    nobody: int
    unread: int
    promised: int
    late: int


@dataclass(frozen=True)
class Hour:
    """One hour of the day over a time."""

    hour: int
    calls: int
    opened: int


@dataclass(frozen=True)
class Span:
    """A day, or a week that begins on it."""

    day: datetime.date
    calls: int
    opened: int
    closed: int
    in_time: int


@dataclass(frozen=True)
class Trend:
    """Cases opened in one matter: in all, in the same time before, and in each span."""

    matter: str
    opened: int
    before: int
    spans: tuple[int, ...]


@dataclass(frozen=True)
class Consultant:
    """What went wrong often in the calls of one consultant."""

    k_number: str
    calls: int
    not_active: int
    limited: int
    asked: int
    declined: int


def now() -> Now:
    """Counts over small indexes, in one statement."""
    tonight = timezone.localtime().replace(hour=23, minute=59, second=59)
    with connection.cursor() as cursor:
        cursor.execute(_NOW, [tonight])
        return Now(*cursor.fetchone())


def in_call() -> list[tuple[str, datetime.datetime]]:
    """Who is in a call, and since when; the longest call first."""
    rows = Call.objects.under_way().order_by("began_at")
    return [
        (name or "", began)
        for name, began in rows.values_list("consultant__k_number", "began_at")[:_LINE]
    ]


def by_hour(days: int) -> list[Hour]:
    """Calls and cases opened in each hour of the day, over so many days."""
    rows = _since(_first(days)).values_list("hour").annotate(Sum("calls"), Sum("opened"))
    found = {hour: (calls, opened) for hour, calls, opened in rows}
    return [Hour(hour, *found.get(hour, (0, 0))) for hour in range(24)]


def by_span(days: int) -> list[Span]:
    """Calls, cases opened, closed, and closed in time, by day or by week."""
    sums = (Sum("calls"), Sum("opened"), Sum("closed"), Sum("in_time"))
    rows = _since(_first(days)).values_list("day").annotate(*sums)
    found = {day: [0, 0, 0, 0] for day in spans(days)}
    for day, *counts in rows:
        place = found[_span(day, days)]
        for number, count in enumerate(counts):
            place[number] += count
    return [Span(day, *counts) for day, counts in found.items()]


def by_matter(days: int) -> list[Trend]:
    """Cases opened in each matter over time, the most frequent first."""
    first, places = _first(days), {day: place for place, day in enumerate(spans(days))}
    length = timezone.localdate() - first + datetime.timedelta(days=1)
    rows = _since(first - length).exclude(matter="")
    counts: dict[str, list[int]] = {}
    before: dict[str, int] = {}
    for matter, day, opened in rows.values_list("matter", "day").annotate(Sum("opened")):
        own = counts.setdefault(matter, [0] * len(places))
        if day < first:
            before[matter] = before.get(matter, 0) + opened
        else:
            own[places[_span(day, days)]] += opened
    found = [
        Trend(matter, sum(own), before.get(matter, 0), tuple(own)) for matter, own in counts.items()
    ]
    return sorted(found, key=lambda row: (-row.opened, row.matter))


def by_consultant(days: int) -> list[Consultant]:
    """Numbers that were not active and confirmations that were declined, the most first."""
    since = datetime.datetime.combine(_first(days), datetime.time(), WARSAW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM helpline_by_consultant(%s::timestamptz)", [since])
        return [Consultant(*row) for row in cursor.fetchall()]


def spans(days: int) -> list[datetime.date]:
    """The days of a time, or the Mondays of its weeks."""
    first = _first(days)
    length = (timezone.localdate() - first).days + 1
    every = [first + datetime.timedelta(days=number) for number in range(length)]
    return list(dict.fromkeys(_span(day, days) for day in every))


def is_by_week(days: int) -> bool:
    """Whether a time is too long to be shown by day."""
    return days > _BY_DAY


def _span(day: datetime.date, days: int) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday()) if is_by_week(days) else day


def _first(days: int) -> datetime.date:
    """The first day; of a time shown by week a Monday, so that no week is a part of one."""
    day = timezone.localdate() - datetime.timedelta(days=days - 1)
    return _span(day, days)


def _since(first: datetime.date) -> QuerySet[Tally]:
    return Tally.objects.filter(day__gte=first)

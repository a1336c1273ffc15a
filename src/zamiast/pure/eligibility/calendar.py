"""Days in Warsaw, ages, and the weekly batch.

>>> next_batch(date(2021, 12, 15)).strftime("%A %d %B %Y")
'Monday 20 December 2021'
>>> next_batch(date(2021, 12, 20)).isoformat()
'2021-12-20'
>>> next_batch(date(2021, 12, 20), strict=True).isoformat()
'2021-12-27'
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

Moment = datetime | date


def warsaw_day(moment: Moment) -> date:
    """Say which day it is in Warsaw at that moment; ValueError for a naive ``datetime``."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(WARSAW).date()


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_batch(day: date, *, strict: bool = False) -> date:
    """Return the first Monday on or after a day; ``strict``: after it."""
    start = day + timedelta(days=1) if strict else day
    return start + timedelta(days=-start.weekday() % 7)

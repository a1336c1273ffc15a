"""Working time: when a deadline falls, and how much of it is left while a case waits.

A queue works either always or between two hours on days that are neither a weekend nor a
public holiday in Poland (from the library ``holidays``). All days are Warsaw's.

>>> office = Hours(time(8), time(16))
>>> friday = datetime(2026, 12, 23, 15, 0, tzinfo=WARSAW)  # Christmas Eve and Christmas are off
>>> after(friday, timedelta(hours=2), office).isoformat()
'2026-12-28T09:00:00+01:00'
>>> between(friday, datetime(2026, 12, 28, 9, 0, tzinfo=WARSAW), office)
datetime.timedelta(seconds=7200)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
_SATURDAY = 5
_DAY = timedelta(days=1)
_LONGEST = 400  # days that may lie between two working days, and more than any deadline


@dataclass(frozen=True)
class Hours:
    """When a queue works; without hours it works day and night."""

    opens: time | None = None
    closes: time | None = None

    @property
    def is_always(self) -> bool:
        """Whether the clock never stands still."""
        return self.opens is None or self.closes is None

    @property
    def day(self) -> timedelta:
        """How long a working day is."""
        if self.opens is None or self.closes is None:
            return _DAY
        noon = date(2000, 1, 1)
        return datetime.combine(noon, self.closes) - datetime.combine(noon, self.opens)


ALWAYS = Hours()


@lru_cache(32)
def days_off(year: int) -> frozenset[date]:
    """The public holidays of a year in Poland."""
    import holidays  # only where a deadline is reckoned: it costs a start 50 ms

    return frozenset(holidays.country_holidays("PL", years=year))


def is_working_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in days_off(day.year)


def after(start: datetime, work: timedelta, hours: Hours) -> datetime:
    """The moment at which so much working time has passed since ``start``."""
    if hours.is_always:
        return start + work
    left, day = work, start.astimezone(WARSAW).date()
    for _ in range(_LONGEST):
        opens, closes = _window(day, hours)
        begins = max(opens, start)
        if begins < closes:
            if left <= closes - begins:
                return (begins + left).astimezone(WARSAW)
            left -= closes - begins
        day += _DAY
    raise ValueError("a deadline more than a year away")


def between(start: datetime, end: datetime, hours: Hours) -> timedelta:
    """How much working time lies between two moments; negative where the end is earlier."""
    if end < start:
        return -between(end, start, hours)
    if hours.is_always:
        return end - start
    found, day = timedelta(), start.astimezone(WARSAW).date()
    while day <= end.astimezone(WARSAW).date():
        opens, closes = _window(day, hours)
        found += max(min(closes, end) - max(opens, start), timedelta())
        day += _DAY
    return found


def _window(day: date, hours: Hours) -> tuple[datetime, datetime]:
    """When work begins and ends on a day; twice the same moment on a day off."""
    assert hours.opens is not None
    assert hours.closes is not None
    opens = datetime.combine(day, hours.opens, WARSAW)
    closes = datetime.combine(day, hours.closes, WARSAW)
    return (opens, closes) if is_working_day(day) else (opens, opens)

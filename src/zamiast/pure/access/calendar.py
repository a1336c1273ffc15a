"""Days in Warsaw: the day of a moment, birthdays, and the days on which an answer can change.

A moment is an aware ``datetime``, or a ``date`` that already is a day in Warsaw. An 18th
birthday therefore begins at midnight in Warsaw, in summer time and in winter time:

>>> from datetime import UTC
>>> warsaw_day(datetime(2026, 7, 14, 21, 59, tzinfo=UTC))
datetime.date(2026, 7, 14)
>>> warsaw_day(datetime(2026, 7, 14, 22, 0, tzinfo=UTC))
datetime.date(2026, 7, 15)

A birthday on 29 February falls, in a common year, on the last day of that month, as the
civil code counts years of age (art. 112):

>>> birthday(date(2008, 2, 29), 18)
datetime.date(2026, 2, 28)
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from zamiast.pure.access import facts as f
from zamiast.pure.access.settings import Settings

WARSAW = ZoneInfo("Europe/Warsaw")

Moment = datetime | date


def warsaw_day(moment: Moment) -> date:
    """Say which day it is in Warsaw at that moment; ValueError for a naive ``datetime``."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(WARSAW).date()


def birthday(born: date, years: int) -> date:
    """Return the day on which somebody born on that day reaches that many years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 2, 28)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Lasting(Protocol):
    """A fact that holds from ``since`` and, when it has one, before ``until``."""

    @property
    def since(self) -> date:
        """Return the first day."""

    @property
    def until(self) -> date | None:
        """Return the first day after the last, or None."""


def holds(fact: Lasting, day: date) -> bool:
    """Say whether a fact holds on that day."""
    return fact.since <= day and (fact.until is None or day < fact.until)


def turning_days(facts: f.Facts, settings: Settings) -> set[date]:
    """Return every day on which an answer can differ from that of the day before."""
    days: set[date | None] = set()
    holder = facts.holder
    if holder is not None:
        _add_person(days, holder)
    for person in facts.others:
        _add_person(days, person)
    for rows, dates_of in _DATES:
        for row in rows(facts):
            days.update(dates_of(row))
    delay = timedelta(days=settings.publication_days)
    days.update(insurance.registered + delay for insurance in facts.insurances)
    if settings.authorisation_months is not None:
        months = settings.authorisation_months
        days.update(add_months(row.since, months) for row in facts.authorisations)
        days.update(add_months(row.given, months) for row in facts.authorisations)
    days.discard(None)
    return days  # type: ignore[return-value]  # None was just discarded


def _add_person(days: set[date | None], person: f.Person) -> None:
    days.add(person.first_login)
    days.add(person.died)
    if person.born is not None:
        days.add(person.born)
        days.update(birthday(person.born, years) for years in AGES)


AGES = (13, 16, 17, 18)


def _dates_of(kind: type[Any]) -> Callable[[Any], tuple[date | None, ...]]:
    """Return a function that reads all dates of a row of this kind."""
    names = [field.name for field in fields(kind) if "date" in str(field.type)]
    return lambda row: tuple(getattr(row, name) for name in names)


_DATES: tuple[tuple[Callable[[f.Facts], tuple[Any, ...]], Callable[[Any], Any]], ...] = tuple(
    (attrgetter(name), _dates_of(kind))
    for name, kind in (
        ("insurances", f.Insurance),
        ("representations", f.Representation),
        ("foster_care", f.FosterCare),
        ("grants", f.Grant),
        ("own_titles", f.OwnTitle),
        ("incapacitations", f.Incapacitation),
        ("authorisations", f.Authorisation),
        ("freezes", f.Freeze),
        ("protected_addresses", f.ProtectedAddress),
        ("professionals", f.ProfessionalTie),
        ("circumstances", f.Circumstance),
    )
)

"""“Who looked”, read for the page: by whom, in which month, day by day, machines folded.

Whoever looks after somebody else's account sees less than its holder: nothing that another
guardian did, and nothing of matters between guardians. The page says so always, whether or
not a line is left out, so that its silence tells nothing (as Sweden hides protected units).
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from zamiast.audit.models import Look, LookQuerySet
from zamiast.errors import NotFound
from zamiast.portal import presenters, selectors
from zamiast.portal.acting import Whose
from zamiast.portal.paging import Page, page_of
from zamiast.portal.presenters import ShownLook

A_PAGE = 30
MOST = 20_000  # lines of a download
WHO = ("everybody", "people", "holders", "yourself", "machines")
_CODES = ("access.", "guardian.", "invitation.", "authorisation.", "document.",
          "case.account_named", "case.names_read")  # fmt: skip
_ABOUT_ACCESS = reduce(operator.or_, (Q(what__startswith=code) for code in _CODES))


@dataclass(frozen=True)
class Chosen:
    """What is looked for: by whom, and in which month (its first day)."""

    who: str = "everybody"
    month: datetime.date | None = None

    @classmethod
    def of(cls, query: Any) -> Chosen:
        """From an address; nonsense counts as nothing chosen.

        >>> Chosen.of({"who": "machines", "month": "2026-11"})
        Chosen(who='machines', month=datetime.date(2026, 11, 1))
        >>> Chosen.of({"who": "x", "month": "2026-13"})
        Chosen(who='everybody', month=None)
        """
        who, month = query.get("who", ""), query.get("month", "")
        try:
            first = datetime.date.fromisoformat(f"{month}-01") if len(month) == 7 else None
        except ValueError:
            first = None
        sensible = first if first and 2000 <= first.year <= 2100 else None
        return cls(who if who in WHO else "everybody", sensible)

    @property
    def address(self) -> str:
        """The same as the end of an address."""
        month = f"&month={self.month:%Y-%m}" if self.month else ""
        return f"who={self.who}{month}"


@dataclass(frozen=True)
class Fold:
    """What machines did one after another: one line that opens."""

    looks: tuple[ShownLook, ...]


@dataclass(frozen=True)
class Day:
    """The looks of one day."""

    date: datetime.date
    entries: list[ShownLook | Fold] = field(default_factory=list)


def page(whose: Whose, chosen: Chosen, number: int) -> Page[Look]:
    """One page of looks, the newest first."""
    return page_of(_rows(whose, chosen), number, A_PAGE)


def everything(whose: Whose, chosen: Chosen) -> list[ShownLook]:
    """All looks, for a download."""
    return shown(whose, _rows(whose, chosen)[:MOST])


def one(whose: Whose, event: int) -> ShownLook:
    """One look. Raises NotFound for one that this reader does not see."""
    found = list(_rows(whose, Chosen()).filter(pk=event)[:1])
    if not found:
        raise NotFound("web.not_found")
    return shown(whose, found)[0]


def months(whose: Whose) -> list[datetime.date]:
    """The months in which anything happened, the newest first."""
    rows = _rows(whose, Chosen()).order_by().annotate(month=TruncMonth("at"))
    found = {row.date() for row in rows.values_list("month", flat=True).distinct()}
    return sorted(found, reverse=True)


def shown(whose: Whose, rows: Iterable[Look]) -> list[ShownLook]:
    """Looks in words; others by name for the holder only, and no name of protected people."""
    rows = list(rows)
    if whose.is_acting:
        return [presenters.look(row, own=whose.own.pk) for row in rows]
    names = selectors.names_around([whose.account.pk], presenters.others_in(rows))
    return [presenters.look(row, names) for row in rows]


def days(looks: Iterable[ShownLook]) -> list[Day]:
    """Looks by day, what machines did in a row folded."""
    return [
        Day(date, list(_folded(of_day)))
        for date, of_day in groupby(looks, lambda look: timezone.localdate(look.at))
    ]


def _folded(looks: Iterable[ShownLook]) -> Iterator[ShownLook | Fold]:
    for is_machine, run in groupby(looks, lambda look: look.is_machine):
        in_a_row = tuple(run)
        if is_machine and len(in_a_row) > 1:
            yield Fold(in_a_row)
        else:
            yield from in_a_row


def _rows(whose: Whose, chosen: Chosen) -> LookQuerySet:
    every = Look.objects.for_account(whose.account.pk)
    rows = every.by_others()
    if chosen.who == "yourself" and not whose.is_acting:
        rows = every.by_holder()
    if whose.is_acting:
        own = Q(actor=f"other-{whose.own.pk}")
        rows = rows.exclude(Q(actor_kind="holder") & ~own)
        rows = rows.exclude(_ABOUT_ACCESS & ~own).exclude(matter__in=selectors.BETWEEN_GUARDIANS)
    if chosen.who == "people":
        rows = rows.by_people()
    elif chosen.who == "holders":
        rows = rows.by_other_holders()
    elif chosen.who == "machines":
        rows = rows.by_machines()
    if chosen.month:
        rows = rows.filter(at__gte=_begins(chosen.month), at__lt=_begins(_next(chosen.month)))
    return rows


def _next(month: datetime.date) -> datetime.date:
    return (month + datetime.timedelta(days=32)).replace(day=1)


def _begins(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())

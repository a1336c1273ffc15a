"""Reading cases for the desk: never the account behind one, only whether there is one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, Sum

from zamiast.helpline.models import Case, CaseQuerySet, Move, Note
from zamiast.login.models import User

PAGE = 50
_KNOWN = Q(account_id__isnull=False)


@dataclass(frozen=True)
class CaseRow:
    """A case as it stands in a list."""

    number: int
    matter: str
    state: str
    is_confirmed: bool
    opened_by_name: str
    opened_at: datetime.datetime
    is_identified: bool


@dataclass(frozen=True)
class CaseOfCall:
    """A case that was opened in the call at hand."""

    number: int
    matter: str
    state: str
    cut: int


@dataclass(frozen=True)
class NoteRow:
    """A note: who wrote it, what, how many national numbers were cut out, when."""

    author_name: str
    text: str
    cut: int
    written_at: datetime.datetime


@dataclass(frozen=True)
class MoveRow:
    """A change of state: which, by whom, when."""

    name: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class Filter:
    """Which cases a list shows: ``which`` is open, mine or all."""

    which: str = "open"
    matter: str | None = None
    before: int | None = None


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the number before which the next page begins."""

    rows: list[CaseRow]
    older: int | None


@dataclass(frozen=True)
class Load:
    """How much there is to do."""

    open: int
    unconfirmed: int


def page(user: User, chosen: Filter, size: int = PAGE) -> Page:
    """One page of a list, the newest first; found by number, so page 1,000 is as fast as 1."""
    cases = Case.objects.all()
    if chosen.which == "open":
        cases = cases.open()
    elif chosen.which == "mine":
        cases = cases.opened_by_user(user.pk)
    if chosen.matter:
        cases = cases.in_matter(chosen.matter)
    if chosen.before:
        cases = cases.filter(number__lt=chosen.before)
    found = rows(cases.order_by("-number")[: size + 1])
    return Page(found[:size], found[size - 1].number if len(found) > size else None)


def open_of(user: User, size: int) -> list[CaseRow]:
    """The open cases that a consultant began, the newest first."""
    return rows(Case.objects.open().opened_by_user(user.pk).order_by("-number")[:size])


def disowned(size: int) -> list[CaseRow]:
    """The cases last disowned by their holders."""
    return rows(Case.objects.disowned().order_by("-number")[:size])


def of_call(call: UUID, matter: str | None = None) -> list[CaseOfCall]:
    """The cases of one call, perhaps in one matter only, the newest first."""
    cases = Case.objects.filter(call_id=call)
    rows = (
        (cases.filter(matter=matter) if matter else cases)
        .annotate(cut=Sum("notes__cut", default=0))
        .order_by("-number")
        .values_list("number", "matter", "state", "cut")
    )
    return [CaseOfCall(*row) for row in rows]


def notes_of(case_number: int) -> list[NoteRow]:
    """The notes of a case, the oldest first."""
    notes = Note.objects.filter(case_id=case_number).order_by("id")
    return [NoteRow(*row) for row in notes.values_list("author_name", "text", "cut", "written_at")]


def moves_of(case_number: int) -> list[MoveRow]:
    """The history of a case, the oldest first."""
    moves = Move.objects.filter(case_id=case_number).order_by("id")
    return [MoveRow(*row) for row in moves.values_list("name", "by", "at")]


def load() -> Load:
    """How many cases are open, and how many of them are unconfirmed."""
    counts = Case.objects.open().aggregate(
        open=Count("pk"), unconfirmed=Count("pk", filter=Q(is_confirmed=False))
    )
    return Load(**counts)


def rows(cases: CaseQuerySet) -> list[CaseRow]:
    """Cases as they stand in a list."""
    found = cases.annotate(known=_KNOWN).values_list(
        "number", "matter", "state", "is_confirmed", "opened_by_name", "opened_at", "known"
    )
    return [CaseRow(*row) for row in found]

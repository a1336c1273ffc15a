"""Reading cases for the desk: never the account behind one, only whether there is one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils import timezone

from zamiast.helpline import queues as queue_data
from zamiast.helpline.models import Case, CaseQuerySet, Membership, Note
from zamiast.login.models import User
from zamiast.verification.models import Call

PAGE = 50
_MICROSECOND = datetime.timedelta(microseconds=1)
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
    queue: str
    owner_name: str
    due_at: datetime.datetime
    waits_for: str
    unread: bool


@dataclass(frozen=True)
class CaseOfCall:
    """A case that was opened in the call at hand."""

    number: int
    matter: str
    state: str
    cut: int
    is_confirmed: bool


@dataclass(frozen=True)
class NoteRow:
    """A note: who wrote it, what, how many national numbers were cut out, when."""

    author_name: str
    text: str
    cut: int
    written_at: datetime.datetime


WHICH = ("open", "waiting", "closed", "disowned", "unread", "all")
MINE, NOBODY = "mine", "nobody"


@dataclass(frozen=True)
class Filter:
    """Which cases a list shows. Open ones stand by deadline, all others the newest first.

    ``before`` is where the page begins: the last number of the page before it, and for open
    cases its deadline in microseconds (``1764059400000000-104217``).
    """

    which: str = "open"
    queue: str | None = None
    matter: str | None = None
    owner: str | None = None
    overdue: bool = False
    before: tuple[int, ...] = ()


@dataclass(frozen=True)
class Page:
    """Rows of a list, and where the next page begins."""

    rows: list[CaseRow]
    older: tuple[int, ...] = ()


@dataclass(frozen=True)
class Load:
    """How much there is to do."""

    open: int
    unconfirmed: int


def page(user: User, chosen: Filter, size: int = PAGE) -> Page:
    """One page of a list, found by where the last one ended: page 1,000 is as fast as 1."""
    cases = _filtered(user, chosen)
    by_deadline = chosen.which == "open"
    if chosen.before:
        cases = _after(cases, chosen.before, by_deadline=by_deadline)
    order = ("due_at", "number") if by_deadline else ("-number",)
    found = rows(cases.order_by(*order)[: size + 1])
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    older = (_microseconds(last.due_at), last.number) if by_deadline else (last.number,)
    return Page(found[:size], older)


def _filtered(user: User, chosen: Filter) -> CaseQuerySet:
    cases = Case.objects.all()
    if chosen.which in ("open", "waiting", "closed", "disowned"):
        cases = getattr(cases, chosen.which)()
    elif chosen.which == "unread":
        cases = cases.filter(unread=True)
    if chosen.queue:
        cases = cases.filter(queue=chosen.queue)
    if chosen.matter:
        cases = cases.in_matter(chosen.matter)
    if chosen.owner in (MINE, NOBODY):
        cases = cases.owned_by(user.pk if chosen.owner == MINE else None)
    if chosen.overdue:
        cases = cases.filter(due_at__lt=timezone.now())
    return cases


def _after(cases: CaseQuerySet, before: tuple[int, ...], *, by_deadline: bool) -> CaseQuerySet:
    if not by_deadline:
        return cases.filter(number__lt=before[-1])
    moment = datetime.datetime.fromtimestamp(0, datetime.UTC)
    moment += datetime.timedelta(microseconds=before[0])
    # a row comparison: one range of the index, where OR would be a filter
    found = cases.extra(
        where=["(helpline_case.due_at, helpline_case.number) > (%s, %s)"],
        params=[moment, before[-1]],
    )
    return cast(CaseQuerySet, found)


def _microseconds(moment: datetime.datetime) -> int:
    return (moment - datetime.datetime.fromtimestamp(0, datetime.UTC)) // _MICROSECOND


def mine(user: User, size: int) -> list[CaseRow]:
    """The open cases that somebody has taken, the most urgent first."""
    return rows(Case.objects.open().owned_by(user.pk).order_by("due_at", "number")[:size])


def waiting_in(queues: tuple[str, ...], size: int) -> list[CaseRow]:
    """Open cases that nobody has taken, in these queues, the most urgent first."""
    free = Case.objects.open().owned_by(None).filter(queue__in=queues)
    return rows(free.order_by("due_at", "number")[:size])


def queues_of(user: User) -> tuple[str, ...]:
    """The queues in which somebody works: those of the role, and those joined."""
    joined = set(Membership.objects.filter(user=user).values_list("queue", flat=True))
    return tuple(
        code for code, queue in queue_data.book().queues.items()
        if user.role in queue.roles or code in joined
    )  # fmt: skip


def of_caller(call: UUID, user: User, size: int) -> list[CaseRow]:
    """Earlier cases of the account that was identified in this very call, the newest first."""
    account = Call.objects.under_way().filter(pk=call, consultant=user, account_id__isnull=False)
    cases = Case.objects.filter(account_id__in=account.values("account_id")).exclude(call_id=call)
    return rows(cases.order_by("-number")[:size])


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
        .values_list("number", "matter", "state", "cut", "is_confirmed")
    )
    return [CaseOfCall(*row) for row in rows]


def notes_of(case_number: int) -> list[NoteRow]:
    """The notes of a case, the oldest first."""
    notes = Note.objects.filter(case_id=case_number).order_by("id")
    return [NoteRow(*row) for row in notes.values_list("author_name", "text", "cut", "written_at")]


def load() -> Load:
    """How many cases are open, and how many of them are unconfirmed."""
    counts = Case.objects.open().aggregate(
        open=Count("pk"), unconfirmed=Count("pk", filter=Q(is_confirmed=False))
    )
    return Load(**counts)


def rows(cases: CaseQuerySet) -> list[CaseRow]:
    """Cases as they stand in a list."""
    found = cases.annotate(known=_KNOWN).values_list(
        "number", "matter", "state", "is_confirmed", "opened_by_name", "opened_at", "known",
        "queue", "owner_name", "due_at", "waits_for", "unread",
    )  # fmt: skip
    return [CaseRow(*row) for row in found]

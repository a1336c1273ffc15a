"""Facts, decisions and explanations of one account, each from one SQL statement.

People are opaque references: the numbers of their accounts as text. An account that
does not exist, or that the operator closed, has no holder, and so decides like one with
which the asker has nothing to do.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection
from django.utils import timezone

from zamiast.guardianship.models import (
    AccessGrant,
    Authorisation,
    Change,
    Freeze,
    Insurance,
    Invitation,
    Notice,
)
from zamiast.guardianship.models.decided import NoticeQuerySet
from zamiast.guardianship.models.row import RowQuerySet
from zamiast.pure import access
from zamiast.pure.access import Decision, Facts, Moment, Question, Settings, Span, Want
from zamiast.pure.access.calendar import holds, warsaw_day
from zamiast.pure.access.question import KNOWING
from zamiast.pure.access.view import STRONG, Audience, View, worded

_FACTS = msgspec.json.Decoder(Facts)
YEARS_AHEAD = 20

__all__ = ["Audience"]


def rules() -> Settings:
    """The operator's choices where neither law nor an official page decides."""
    chosen: Settings = getattr(settings, "ACCESS_RULES", access.DEFAULTS)
    return chosen


def facts_of(account_id: int, *, viewer: int | None = None) -> Facts:
    """All that is known about one account.

    Of the invitations that wait, only those to ``viewer`` are among the grants: from no
    answer does anybody else learn whom an invitation reached.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT guardianship_facts(%s::bigint, %s::bigint)", [account_id, viewer])
        return _FACTS.decode(cursor.fetchone()[0])


def decide(
    actor: int,
    want: Want,
    account: int,
    *,
    at: Moment | None = None,
    about: int | None = None,
) -> Decision:
    """Decide whether the person of one account may do this on another; now, or at a moment."""
    return decide_on(facts_of(account, viewer=actor), actor, want, account, at=at, about=about)


def decide_on(
    facts: Facts,
    actor: int,
    want: Want,
    account: int,
    *,
    at: Moment | None = None,
    about: int | None = None,
) -> Decision:
    """Decide on facts that were read already."""
    question = question_of(actor, want, account, about=about)
    return access.decide(facts, question, at or timezone.now(), settings=rules())


def question_of(actor: int, want: Want, account: int, *, about: int | None = None) -> Question:
    """The question of the engine, people named as facts name them."""
    return Question(str(actor), want, str(account), None if about is None else str(about))


def timeline(
    actor: int,
    want: Want,
    account: int,
    *,
    start: Moment | None = None,
    end: Moment | None = None,
) -> tuple[Span, ...]:
    """From which day the answer is what; from today, for the coming years."""
    first = warsaw_day(start or timezone.now())
    last = end or first + datetime.timedelta(days=366 * YEARS_AHEAD)
    facts = facts_of(account, viewer=actor)
    question = question_of(actor, want, account)
    return access.timeline(facts, question, first, last, settings=rules())


def explain(
    actor: int,
    want: Want,
    account: int,
    *,
    language: str,
    audience: Audience = Audience.PATIENT,
    level: int = STRONG,
    at: Moment | None = None,
    about: int | None = None,
) -> View:
    """A decision in words; ``level`` counts for the consultant. Writes no event: reads none."""
    decision = decide(actor, want, account, at=at, about=about)
    return worded(decision, language, audience=audience, level=level)


@dataclass(frozen=True)
class OpenAccount:
    """An account of somebody else, and what of it is open today."""

    account: int
    decisions: dict[Want, Decision]

    @property
    def wants(self) -> frozenset[Want]:
        """What is allowed."""
        return frozenset(want for want, decision in self.decisions.items() if decision.allowed)


def tied_to(actor: int) -> list[int]:
    """The accounts with which somebody has ever had to do; says nothing of what is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t FROM guardianship_tied(%s::bigint) t ORDER BY t", [actor])
        return [account for (account,) in cursor.fetchall() if account != actor]


def tied_facts(actor: int) -> dict[int, Facts]:
    """What is known about each account with which somebody has ever had to do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, guardianship_facts(t, %s::bigint) FROM guardianship_tied(%s::bigint) t"
            " WHERE t <> %s ORDER BY t",
            [actor, actor, actor],
        )
        return {account: _FACTS.decode(text) for account, text in cursor.fetchall()}


def nameless_around(accounts: Iterable[int], *, at: Moment | None = None) -> set[int]:
    """The people around these accounts whose address is protected: nobody reads their names."""
    wanted = sorted(set(accounts))
    if not wanted or not rules().protected_address_hides:
        return set()
    day = warsaw_day(at or timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT guardianship_facts(a, NULL) FROM unnest(%s::bigint[]) a", [wanted])
        found = [_FACTS.decode(text) for (text,) in cursor.fetchall()]
    return {
        int(row.person) for facts in found for row in facts.protected_addresses if holds(row, day)
    }


def open_accounts(actor: int, *, at: Moment | None = None) -> list[OpenAccount]:
    """“Accounts open to me”: other people's accounts of which anything is open now."""
    found = []
    for account, facts in tied_facts(actor).items():
        decisions = {want: decide_on(facts, actor, want, account, at=at) for want in KNOWING}
        one = OpenAccount(account, decisions)
        if one.wants:
            found.append(one)
    return found


@dataclass(frozen=True)
class Everything:
    """What somebody gave, received and offered, as far as it holds or will."""

    grants_given: list[AccessGrant]
    grants_received: list[AccessGrant]
    authorisations_given: list[Authorisation]
    authorisations_received: list[Authorisation]
    offers: list[Invitation]
    offers_waiting_for_me: int


def everything_granted(account: int, *, at: Moment | None = None) -> Everything:
    """All that the person of this account gave to others, received, offered or is offered.

    What is offered to this person is a number: an invitation names nobody before its
    pairing code was typed. ``Invitation.seen_by_inviter`` says how an offer stands.
    """
    now = timezone.now()
    day = warsaw_day(at or now)
    open_ones = AccessGrant.objects.filter(account__closed_at=None)
    return Everything(
        grants_given=_lasting(open_ones.filter(by=account), day),
        grants_received=_lasting(open_ones.filter(to=account), day),
        authorisations_given=_lasting(Authorisation.objects.filter(by=account), day),
        authorisations_received=_lasting(Authorisation.objects.filter(to=account), day),
        offers=list(Invitation.objects.filter(by=account, cancelled_at=None).order_by("-pk")[:50]),
        offers_waiting_for_me=Invitation.objects.open(now).filter(to=account).count(),
    )


def _lasting(rows: RowQuerySet, day: datetime.date) -> list[Any]:
    """Rows that hold on a day or begin later."""
    return [row for row in rows.standing().order_by("-since", "-pk")
            if row.until is None or row.until > day]  # fmt: skip


def notices(account: int) -> NoticeQuerySet:
    """What the person of this account is told about access that changed, the newest first."""
    return Notice.objects.for_account(account)


# --- the specialists -----------------------------------------------------------


def freezes_to_review() -> RowQuerySet:
    """Freezes that nobody reviewed yet, the most urgent first."""
    return Freeze.objects.standing().filter(reviewed_at=None).order_by("review_by")


def overdue_freezes(at: datetime.datetime | None = None) -> RowQuerySet:
    """Freezes not reviewed in time: for the supervisor and the data protection officer."""
    return freezes_to_review().filter(review_by__lte=at or timezone.now())


def changes_to_decide(case_number: int | None = None) -> list[Change]:
    """Changes that wait for a second specialist, the oldest first."""
    waiting = Change.objects.filter(decided_at=None).order_by("proposed_at")
    return list(waiting if case_number is None else waiting.filter(case_number=case_number))


def changes_of_case(case_number: int) -> list[Change]:
    """Everything that was proposed in one case, the oldest first."""
    return list(Change.objects.filter(case_number=case_number).order_by("pk"))


def registrations(account: int) -> list[Insurance]:
    """Registrations of a child for insurance, the newest first: for specialists."""
    return list(Insurance.objects.filter(account=account).order_by("-since"))

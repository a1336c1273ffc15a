"""The only key to health data and to another person's account.

    grant = open_grant(actor=father, account=child, want=Want.SEE_PRESCRIPTIONS,
                       by=holder(request), purpose=Purpose(reason="prescriptions page"))
    with grant.reading():
        rows = records.selectors.prescriptions(grant)

A grant is made in one place, after a decision and its event. It is no proof that access
is still open: ``reading`` and ``acting`` ask the database again, so that what was
withdrawn or frozen meanwhile is closed. The stricter wins:

- ``reading``: asks at the end, with the account locked against changes. What was read
  before a freeze does not leave after it, and a freeze never waits for a slow read.
- ``acting``: asks at the beginning and keeps the lock, so that an act stands wholly
  before a freeze or not at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import InitVar, dataclass

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit.services import (
    NO_PURPOSE,
    Actor,
    Purpose,
    key_to,
    record,
    record_refusal,
)
from zamiast.errors import NotAllowed
from zamiast.guardianship import locks, selectors
from zamiast.guardianship.actors import seen_at
from zamiast.pure.access import Decision, Want
from zamiast.pure.access.calendar import WARSAW

LIFETIME = datetime.timedelta(minutes=15)
_MAKER = object()


class Refused(NotAllowed):
    """Not allowed, with the decision that says why."""

    def __init__(self, decision: Decision, code: str = "access.refused") -> None:
        super().__init__(code)
        self.decision = decision


@dataclass(frozen=True)
class Grant:
    """That somebody may do one thing on one account, from one moment to another.

    ``actor`` is the account of the person who wants it, ``by`` who is written in the log
    (a consultant may act on behalf of the actor). Made by ``open_grant`` only.
    """

    actor: int
    account: int
    want: Want
    by: Actor
    purpose: Purpose
    level: int
    decision: Decision
    event: int
    key: str
    opened_at: datetime.datetime
    expires_at: datetime.datetime
    made_by: InitVar[object]

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _MAKER:
            raise TypeError("a grant is made by open_grant only")

    def check(self) -> None:
        """Ask the database again, and keep changes out until the end of the transaction.

        Raises Refused where access is no longer open, NotAllowed where the grant is too
        old, RuntimeError outside a transaction.
        """
        locks.together(self.account, self.actor)
        now = timezone.now()
        decision = selectors.decide(self.actor, self.want, self.account, at=now)
        if not decision.allowed:
            raise Refused(decision)
        if now >= self.expires_at:
            raise NotAllowed("access.grant_expired")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in the body; what it read leaves only if access is still open at the end."""
        with _refusing("access.used", self):
            yield
            self.check()

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Write in the body: access is asked first, and no change of it comes in between."""
        with _refusing("access.used", self):
            self.check()
            yield


def open_grant(
    *,
    actor: int,
    account: int,
    want: Want,
    by: Actor,
    purpose: Purpose = NO_PURPOSE,
    level: int = 0,
) -> Grant:
    """Decide, write the event, and make the key; the event is committed before it is used.

    Raises Refused, after the refusal was committed as an event, and RuntimeError inside a
    transaction, where it could not be.
    """
    found = open_grants(
        actor=actor, account=account, wants=(want,), by=by, purpose=purpose, level=level
    )
    return found[0]


def open_grants(
    *,
    actor: int,
    account: int,
    wants: Sequence[Want],
    by: Actor,
    purpose: Purpose = NO_PURPOSE,
    level: int = 0,
) -> list[Grant]:
    """Keys to several kinds of things at once, with one event that names them.

    What is not allowed is left out; Refused (with the decision on the first) where nothing is.
    """
    named = seen_at(account, by, actor)
    with transaction.atomic(durable=True):
        locks.together(account, actor)
        now = timezone.now()
        facts = selectors.facts_of(account, viewer=actor)
        decisions = {want: selectors.decide_on(facts, actor, want, account, at=now)
                     for want in wants}  # fmt: skip
        allowed = [want for want in wants if decisions[want].allowed]
        if allowed:
            event = record("access.opened", by=named, account=account, purpose=purpose, level=level,
                           fields=tuple(want.value for want in allowed))  # fmt: skip
            key = key_to(event)
            return [
                Grant(
                    actor=actor, account=account, want=want, by=named, purpose=purpose,
                    level=level, decision=decisions[want], event=event, key=key, opened_at=now,
                    expires_at=_expiry(now, decisions[want]), made_by=_MAKER,
                )
                for want in allowed
            ]  # fmt: skip
    record_refusal("access.opened", by=named, outcome="refused", account=account, purpose=purpose,
                   level=level)  # fmt: skip
    raise Refused(decisions[wants[0]])


def _expiry(now: datetime.datetime, decision: Decision) -> datetime.datetime:
    """A short time, or the midnight in Warsaw that changes the answer, whichever comes first."""
    latest = now + LIFETIME
    if decision.changes_on is None:
        return latest
    midnight = datetime.datetime.combine(decision.changes_on, datetime.time(), tzinfo=WARSAW)
    return min(latest, midnight)


@contextmanager
def _refusing(what: str, grant: Grant) -> Iterator[None]:
    """One transaction; what it refuses is rolled back and committed as an event."""
    try:
        with transaction.atomic(durable=True):
            yield
    except NotAllowed as refusal:
        if not connection.in_atomic_block:
            outcome = "expired" if refusal.code == "access.grant_expired" else "refused"
            record_refusal(what, by=grant.by, outcome=outcome, account=grant.account,
                           purpose=grant.purpose, level=grant.level)  # fmt: skip
        raise

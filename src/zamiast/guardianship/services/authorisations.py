"""Authorisations: one statement for one person, one scope, some days; revoked at once."""

from __future__ import annotations

import datetime

from django.utils import timezone

from zamiast.audit.services import Actor, record
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.guardianship import locks
from zamiast.guardianship.actors import seen_at
from zamiast.guardianship.models import Authorisation, Because, InvitationKind
from zamiast.guardianship.services.deciding import deciding, require
from zamiast.guardianship.services.pairing import Invited, offer
from zamiast.guardianship.telling import watched
from zamiast.pure.access import Want
from zamiast.pure.access.calendar import warsaw_day
from zamiast.pure.access.facts import Scope


def authorise(
    *,
    giver: int,
    account: int,
    number: str,
    scope: Scope,
    by: Actor,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    after_death: bool = False,
) -> Invited:
    """Offer one kind of authorisation to whoever has this identifier.

    ``account`` is the giver's own, or of a child or ward whom the giver represents. The
    answer is the same whatever number it is. Raises Refused, BadInput for days that do not
    fit or what is no identifier, TooMany.
    """
    with deciding("authorisation.offered", by=by, actor=giver, account=account):
        locks.alone(account)
        require(giver, Want.AUTHORISE, account)
        first = _first_day(since, until)
        if giver != account and scope is Scope.ACCOUNT_DATA:
            raise BadInput(
                "guardianship.scope_not_for_another",
                "Account data are opened by the holder alone.",
            )
        return offer(
            inviter=giver, account=account, number=number, kind=InvitationKind.AUTHORISATION,
            by=by, scope=scope.value, since=first, until=until, after_death=after_death,
        )  # fmt: skip


def revoke_authorisation(*, giver: int, authorisation: int, by: Actor) -> None:
    """End a statement that one gave, at once. Raises NotFound, Refused, Conflict when it ended."""
    found = Authorisation.objects.filter(pk=authorisation, by=giver).first()
    if found is None:
        raise NotFound("guardianship.no_authorisation")
    subject = found.account_id
    with deciding("authorisation.revoked", by=by, actor=giver, account=subject):
        with watched(subject, by=by, actor=giver, because="revoked"):
            rows = Authorisation.objects.filter(pk=authorisation)
            if not rows.end(by=f"account {giver}", because=Because.WITHDRAWN):
                raise Conflict("guardianship.ended_already")
        for concerned in {subject, giver}:
            record("authorisation.revoked", by=seen_at(concerned, by, giver), account=concerned)


def agree_as_minor(*, account: int, authorisation: int, by: Actor) -> None:
    """At 16 and 17: agree that somebody is told about the own health. Raises NotFound, Refused."""
    with deciding("authorisation.agreed", by=by, actor=account, account=account):
        with watched(account, by=by, actor=account, because="agreed"):
            require(account, Want.LOG_IN, account)
            rows = Authorisation.objects.filter(
                pk=authorisation, account=account, scope=Scope.HEALTH_INFORMATION,
                minor_agreed_on=None,
            )  # fmt: skip
            if not rows.standing().update(minor_agreed_on=warsaw_day(timezone.now())):
                raise NotFound("guardianship.no_authorisation")
        record("authorisation.agreed", by=by, account=account)


def _first_day(since: datetime.date | None, until: datetime.date | None) -> datetime.date:
    today = warsaw_day(timezone.now())
    first = since or today
    if first < today:
        raise BadInput("guardianship.backdated", "It begins today or later.")
    if until is not None and until <= first:
        raise BadInput("guardianship.days_not_in_order", "The end comes after the beginning.")
    return first

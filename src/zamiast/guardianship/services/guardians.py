"""The second guardian of a child: invited, withdrawn, giving it up."""

from __future__ import annotations

from collections.abc import Callable

from zamiast.audit.services import Actor, record
from zamiast.errors import NotFound
from zamiast.guardianship import locks
from zamiast.guardianship.actors import seen_at
from zamiast.guardianship.models import AccessGrant, Authorisation, Because, InvitationKind
from zamiast.guardianship.services.deciding import deciding, require
from zamiast.guardianship.services.pairing import Invited, offer
from zamiast.guardianship.telling import watched
from zamiast.pure.access import Want
from zamiast.pure.access.facts import Grant


def invite_second_parent(*, inviter: int, child: int, number: str, by: Actor) -> Invited:
    """Offer a child's account to whoever has this identifier.

    The answer is the same whatever number it is. Raises Refused where the inviter may not
    invite, BadInput for what is no identifier, TooMany.
    """
    with deciding("guardian.offered", by=by, actor=inviter, account=child):
        locks.alone(child)
        require(inviter, Want.INVITE_GUARDIAN, child)
        kind = InvitationKind.GUARDIAN
        return offer(inviter=inviter, account=child, number=number, kind=kind, by=by)


def withdraw_grant(*, grantor: int, child: int, person: int, by: Actor) -> None:
    """Take back the access that one gave to another person, at once.

    Raises Refused where there is none to take back, or where it rests on insurance or the
    law and ends by a ruling only: the decision says which.
    """
    with deciding("guardian.withdrawn", by=by, actor=grantor, account=child):
        with watched(child, by=by, actor=grantor, because="withdrawn"):
            decision = require(grantor, Want.WITHDRAW, child, about=person)
            givers = [
                int(fact.by) for fact in decision.facts if isinstance(fact, Grant) and fact.by
            ]
            grants = AccessGrant.objects.filter(account=child, to=person, by__in=givers)
            if not grants.end(by=f"account {grantor}", because=Because.WITHDRAWN):
                raise NotFound("guardianship.no_grant")
        for concerned in (child, grantor):
            record("guardian.withdrawn", by=seen_at(concerned, by, grantor), account=concerned)


def give_up(*, account: int, child: int, by: Actor) -> None:
    """Give up the access to another account that others gave. Raises NotFound."""
    with deciding("access.given_up", by=by, actor=account, account=child):
        with watched(child, by=by, actor=account, because="given_up"):
            who = f"account {account}"
            ended = sum(
                kind.objects.filter(account=child, to=account).end(
                    by=who, because=Because.WITHDRAWN
                )
                for kind in (AccessGrant, Authorisation)
            )
            if not ended:
                raise NotFound("guardianship.no_grant")
        record("access.given_up", by=seen_at(child, by, account), account=child)


def end_everything(*, account: int, by: Actor, provided: Callable[[], None] = lambda: None) -> int:
    """End all that this person gave to others; return how many. Nothing given is no error.

    ``provided`` runs first, in the same transaction: what it raises ends nothing.
    """
    with deciding("access.all_ended", by=by, actor=account, account=account):
        provided()
        given = [
            (kind, row.pk, row.account_id)
            for kind in (AccessGrant, Authorisation)
            for row in kind.objects.filter(by=account).standing()
        ]
        concerned = {subject for _, _, subject in given} | {account}
        with watched(*concerned, by=by, actor=account, because="withdrawn"):
            ended = sum(
                kind.objects.filter(pk=pk).end(by=f"account {account}", because=Because.WITHDRAWN)
                for kind, pk, _ in given
            )
        for subject in sorted(concerned):
            record("access.all_ended", by=seen_at(subject, by, account), account=subject)
        return ended

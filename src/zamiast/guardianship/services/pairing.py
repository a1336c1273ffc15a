"""Offering something to an identifier, and taking it up with a pairing code.

The inviter gives an identifier and gets a code, whatever number it was: of somebody, of
nobody, of the dead. The code is passed on outside Zamiast. Who types it has the other half:
an account of their own to which the invitation was made. Until then the invitation names
nobody to either. Three wrong codes block it, and the inviter sees no difference.

Only a digest of the code is kept, made with a key that is not in the database.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from zamiast.audit import locks
from zamiast.audit.services import Actor, keyed_hash, record
from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.guardianship import selectors
from zamiast.guardianship.actors import SOMEBODY, seen_at
from zamiast.guardianship.models import (
    AccessGrant,
    Authorisation,
    Invitation,
    InvitationKind,
    Source,
)
from zamiast.guardianship.services.deciding import deciding, require
from zamiast.guardianship.telling import watched
from zamiast.pure import identifier
from zamiast.pure.access import Want
from zamiast.pure.access.calendar import warsaw_day
from zamiast.registry.models import Identifier, State

CODE_DIGITS = 8
OPEN_AT_ONCE = 5
A_DAY = 10


@dataclass(frozen=True)
class Invited:
    """An offer that was made, as its maker sees it."""

    invitation: int
    code: str
    expires_at: datetime.datetime


@dataclass(frozen=True)
class Paired:
    """An offer that was taken up: what, by whom it was made, for whose account."""

    kind: str
    account: int
    by: int
    scope: str | None
    row: int


def offer(
    *,
    inviter: int,
    account: int,
    number: str,
    kind: InvitationKind,
    by: Actor,
    scope: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    after_death: bool = False,
) -> Invited:
    """Write an offer in the caller's transaction; every number costs the same statements."""
    digits = digits_of(number)
    now = timezone.now()
    _limit(inviter, now)
    found = Identifier.objects.filter(
        number=int(digits), state=State.ACTIVE, account__closed_at=None
    ).values_list("account_id", flat=True).first()  # fmt: skip
    to = None if found in (inviter, account) else found
    code, salt = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}", secrets.token_bytes(16)
    made = Invitation.objects.create(
        account_id=account, by_id=inviter, to_id=to, kind=kind, scope=scope, since=since,
        until=until, after_death=after_death, salt=salt, digest=digest(code, salt),
        created_at=now, expires_at=now + Invitation.LIFETIME,
    )  # fmt: skip
    record(
        f"{kind}.offered",
        by=seen_at(account, by, inviter),
        account=account,
        asked=keyed_hash(digits),
    )
    record("invitation.received", by=SOMEBODY, account=to)
    return Invited(made.pk, code, made.expires_at)


def digits_of(number: str) -> str:
    """The digits of a well-formed identifier. Raises BadInput, without repeating them."""
    try:
        return identifier.validate(number)
    except identifier.IdentifierError as error:
        raise BadInput(
            "guardianship.no_identifier", "This is no identifier. Check the twelve digits."
        ) from error


def digest(code: str, salt: bytes | memoryview) -> bytes:
    """What is kept of a pairing code (HMAC-SHA-256)."""
    key = settings.PAIRING_KEY.encode()
    return hmac.digest(key, bytes(salt) + code.encode(), hashlib.sha256)


def _limit(inviter: int, now: datetime.datetime) -> None:
    locks.one_at_a_time("guardianship.offers", inviter)  # for several accounts at once
    mine = Invitation.objects.filter(by=inviter)
    day = mine.filter(created_at__gt=now - datetime.timedelta(days=1)).count()
    if mine.open(now).count() >= OPEN_AT_ONCE or day >= A_DAY:
        raise TooMany(
            "guardianship.too_many_offers", "Too many invitations wait. Cancel one, or wait."
        )


def accept_invitation(*, account: int, code: str, by: Actor) -> Paired:
    """Take up the offer that this code belongs to.

    Raises NotFound where there is no such offer to this account, for whatever reason; the
    miss is committed, and the third blocks all that is offered to the account. Raises
    Refused where the rules do not let this person have it, Conflict where who offered it
    may no longer give it.
    """
    paired: Paired | None = None
    with deciding("invitation.accepted", by=by, actor=account, account=account):
        found = _match(account, code, by)
        if found is not None:
            paired = _take_up(found, account, by)
    if paired is None:
        raise _none()
    return paired


def decline_invitation(*, account: int, code: str, by: Actor) -> None:
    """Say no to an offer; who made it sees no difference. Raises NotFound, as for accepting."""
    with deciding("invitation.declined", by=by, actor=account, account=account):
        found = _match(account, code, by)
        if found is not None:
            _answer(found, "declined_at")
            record("invitation.declined", by=by, account=account)
    if found is None:
        raise _none()


def cancel_invitation(*, invitation: int, inviter: int, by: Actor) -> None:
    """Take an offer back before it was taken up. Raises NotFound, Conflict when it was."""
    with deciding("invitation.cancelled", by=by, actor=inviter, account=inviter):
        mine = Invitation.objects.select_for_update().filter(pk=invitation, by=inviter)
        found = mine.first()
        if found is None:
            raise NotFound("guardianship.no_offer")
        if found.accepted_at or found.cancelled_at:
            raise Conflict("guardianship.offer_answered")
        # Declined or blocked: it stays as it is, and the inviter sees it gone all the same.
        if not (found.declined_at or found.blocked_at):
            _answer(found, "cancelled_at")
        named = seen_at(found.account_id, by, inviter)
        record("invitation.cancelled", by=named, account=found.account_id)


def _match(account: int, code: str, by: Actor) -> Invitation | None:
    """The open offer to this account with this code; None counts as a miss of all of them."""
    typed = "".join(character for character in code if character.isdigit())
    now = timezone.now()
    offers = list(
        Invitation.objects.select_for_update().open(now).filter(to=account).order_by("pk")
    )
    matching = [one for one in offers
                if hmac.compare_digest(digest(typed, one.salt), bytes(one.digest))]  # fmt: skip
    if matching:
        return matching[0]
    for one in offers:
        one.tries += 1
        one.blocked_at = now if one.tries >= Invitation.TRIES else None
        one.save(update_fields=["tries", "blocked_at"])
    record("invitation.missed", by=by, account=account)
    return None


def _take_up(offered: Invitation, account: int, by: Actor) -> Paired:
    kind = InvitationKind(offered.kind)
    take = _take_up_guardian if kind is InvitationKind.GUARDIAN else _take_up_authorisation
    with watched(offered.account_id, by=by, actor=account, because="accepted"):
        row = take(offered, account)
        _answer(offered, "accepted_at")
    for concerned in {offered.account_id, offered.by_id}:
        record(f"{kind}.accepted", by=seen_at(concerned, by, account), account=concerned)
    return Paired(offered.kind, offered.account_id, offered.by_id, offered.scope, row)


def _take_up_guardian(offered: Invitation, account: int) -> int:
    require(account, Want.ACCEPT_GRANT, offered.account_id)
    _still_may(offered, Want.INVITE_GUARDIAN)
    today = warsaw_day(timezone.now())
    grant = AccessGrant.objects.create(
        account_id=offered.account_id, to_id=account, by_id=offered.by_id, since=today,
        accepted_on=today, source=Source.HOLDER, entered_by=f"account {offered.by_id}",
    )  # fmt: skip
    return int(grant.pk)


def _take_up_authorisation(offered: Invitation, account: int) -> int:
    _still_may(offered, Want.AUTHORISE)
    today = warsaw_day(timezone.now())
    if offered.until is not None and offered.until <= today:
        raise Conflict("guardianship.offer_fell")
    row = Authorisation.objects.create(
        account_id=offered.account_id, to_id=account, by_id=offered.by_id,
        scope=offered.scope or "", given_on=today,
        since=max(today, offered.since or today), until=offered.until,
        after_death=offered.after_death, source=Source.HOLDER,
        entered_by=f"account {offered.by_id}",
    )  # fmt: skip
    return int(row.pk)


def _still_may(offered: Invitation, want: Want) -> None:
    """Raise Conflict where who offered may no longer give it; why is not the other's business."""
    if not selectors.decide(offered.by_id, want, offered.account_id).allowed:
        raise Conflict("guardianship.offer_fell", "This offer no longer holds.")


def _answer(offered: Invitation, column: str) -> None:
    setattr(offered, column, timezone.now())
    offered.save(update_fields=[column])


def _none() -> NotFound:
    return NotFound(
        "guardianship.no_such_offer",
        "This code does not fit. Ask for it again; after three wrong codes a new one is needed.",
    )

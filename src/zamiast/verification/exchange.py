"""What a telephone exchange tells of its calls: the events, and the tokens that it shows.

    token = make_token("exchange-1")            # shown once, kept as a digest
    tell(token, event)                          # "accepted", "repeated", "over", …

Of the caller's number two digits are kept, of the exchange's own name for the call a keyed
digest, of keyed tones nothing: what they open, they open at once.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit import doorway
from zamiast.audit.services import OPERATOR, keyed_hash, record
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.verification.models import Exchange

EVENTS = ("newCall", "answer", "hangup", "tones")
INTENT_DIGITS, PAPER_DIGITS = 12, 8
_TOKEN = re.compile(r"zt_[A-Za-z0-9_-]{43}")
_GROUPS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Told:
    """One event as an exchange tells it; ``number`` and ``tones`` go no further than here."""

    event: str
    call: str
    at: datetime.datetime
    direction: str | None = None
    number: str = ""
    queue: str | None = None
    agent: str | None = None
    tones: str = ""


@dataclass(frozen=True)
class ExchangeRow:
    """An exchange, for the operator."""

    name: str
    made_at: datetime.datetime
    heard_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


def code_digest(kind: str, digits: str) -> bytes:
    """What is kept of a code for the telephone's keys, with a key outside the database."""
    return hmac.digest(settings.CONFIRM_KEY.encode(), f"{kind}:{digits}".encode(), hashlib.sha256)


def last_two(number: str) -> str | None:
    """The last two digits of a caller's number; all else is forgotten here.

    >>> last_two("+48 600 700 817"), last_two("*******17"), last_two("anonymous")
    ('17', '17', None)
    """
    digits = "".join(character for character in number if character in "0123456789")
    return digits[-2:] if len(digits) >= 2 else None


def codes(tones: str, digits: int) -> list[bytes]:
    """Digests of the groups of so many digits that were keyed; ``#`` and ``*`` end a group."""
    kind = "intent" if digits == INTENT_DIGITS else "paper"
    return [code_digest(kind, group) for group in _GROUPS.findall(tones) if len(group) == digits]


def tell(token: str, told: Told) -> str:
    """Take an event in.

    ``accepted``; ``repeated`` or ``over`` (an answer after the end), where nothing changed;
    ``unknown_agent``; ``stale`` (its time is not now); ``no_token``.
    """
    queue = doorway.cleaned(told.queue)[:40] if told.queue else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_exchange_event(%s::bytea, %s::bytea, %s::text, %s::timestamptz,"
            " %s::text, %s::text, %s::text, %s::text, %s::bytea[], %s::bytea[])",
            [_digest(token), keyed_hash(f"call:{told.call}"), told.event, told.at, told.direction,
             queue, last_two(told.number), told.agent, codes(told.tones, INTENT_DIGITS),
             codes(told.tones, PAPER_DIGITS)],
        )  # fmt: skip
        return str(cursor.fetchone()[0])


def make_token(name: str) -> str:
    """A token for a new exchange; the operator's command. Raises BadInput, Conflict."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        raise BadInput(
            "telephony.name", "Name the exchange in small letters, digits and hyphens: exchange-1."
        )
    token = f"zt_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        if Exchange.objects.filter(name=name).exists():
            raise Conflict("telephony.known", f"{name} is known. Revoke it and choose a new name.")
        Exchange.objects.create(name=name, digest=_digest(token), made_at=timezone.now())
        record("telephony.token_made", by=OPERATOR)
    return token


def revoke(name: str) -> None:
    """From now on nothing of this exchange is heard. Raises NotFound."""
    with transaction.atomic():
        known = Exchange.objects.filter(name=name, revoked_at=None)
        if not known.update(revoked_at=timezone.now()):
            raise NotFound("telephony.unknown", "No exchange of this name has a token.")
        record("telephony.token_revoked", by=OPERATOR)


def exchanges() -> list[ExchangeRow]:
    """All exchanges by name, those that were revoked too."""
    rows = Exchange.objects.order_by("name")
    return [
        ExchangeRow(*row) for row in rows.values_list("name", "made_at", "heard_at", "revoked_at")
    ]


def _digest(token: str) -> bytes:
    """Of what looks like no token, a digest that fits none."""
    return hashlib.sha256(token.encode() if _TOKEN.fullmatch(token) else b"").digest()

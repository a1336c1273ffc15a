"""Writing to the log. Every write of the product names its event here, in its transaction."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from zamiast.audit import doorway


@dataclass(frozen=True)
class Actor:
    """Who acts: a kind and the name that the holder may see (K-417 for staff)."""

    kind: str
    name: str
    on_behalf_of: str | None = None


OPERATOR = Actor("operator", "operator")
ANONYMOUS = Actor("anonymous", "anonymous")


def machine(name: str) -> Actor:
    """A job or an import, named."""
    return Actor("machine", name)


@dataclass(frozen=True)
class Purpose:
    """Why: the matter, the case, the call, the step of the script, a reason in words."""

    matter: str | None = None
    case: int | None = None
    call: UUID | None = None
    step: str | None = None
    reason: str | None = None


NO_PURPOSE = Purpose()


def record(
    what: str,
    *,
    by: Actor,
    account: int | None = None,
    outcome: str = "done",
    purpose: Purpose = NO_PURPOSE,
    level: int = 0,
    fields: tuple[str, ...] = (),
    asked: bytes | None = None,
) -> int:
    """Write one event in the current transaction; return its number.

    ``what`` and ``outcome`` are stable codes such as ``identifier.replaced``;
    ``fields`` names what was opened; ``asked`` comes from ``keyed_hash``.
    """
    # Cut: the words that take the place of a number may make the reason longer.
    reason = doorway.cleaned(purpose.reason)[:200] if purpose.reason else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_write(%s::text, %s::text, %s::text, %s::bigint, %s::text, %s::text,"
            " %s::text, %s::text, %s::bigint, %s::uuid, %s::text, %s::text, %s::smallint,"
            " %s::bytea)",
            [by.kind, by.name, by.on_behalf_of, account, what, outcome, ",".join(fields) or None,
             purpose.matter, purpose.case, purpose.call, purpose.step, reason, level, asked],
        )  # fmt: skip
        return int(cursor.fetchone()[0])


def key_to(event: int) -> str:
    """The key to an event of this very transaction: it opens, later and in this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_key(%s::bigint)", [event])
        return str(cursor.fetchone()[0])


def record_refusal(
    what: str,
    *,
    by: Actor,
    outcome: str,
    account: int | None = None,
    purpose: Purpose = NO_PURPOSE,
    level: int = 0,
) -> None:
    """Write a refusal and commit it, before its error is raised.

    Raises RuntimeError inside a transaction: there the event would be rolled back
    together with the refused request.
    """
    with transaction.atomic(durable=True):
        record(what, by=by, outcome=outcome, account=account, purpose=purpose, level=level)


def keyed_hash(value: str) -> bytes:
    """What was asked for in vain, so that it can be compared but not read (HMAC-SHA-256)."""
    return hmac.digest(settings.ASKED_KEY.encode(), value.encode(), hashlib.sha256)

"""Reading calls. The desk learns whether a caller is identified, never as whom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zamiast.login.models import User
from zamiast.verification.models import Call


@dataclass(frozen=True)
class CallNow:
    """A call as its consultant may see it: level 1 and no more."""

    id: UUID
    began_at: datetime.datetime
    is_identified: bool
    language: str | None


@dataclass(frozen=True)
class Tries:
    """Well-formed numbers of one consultant that were not active, and those not looked up."""

    k_number: str
    calls: int
    not_active: int
    limited: int


def under_way(user: User, call: UUID | None = None) -> CallNow | None:
    """The call that a consultant has now; with ``call``, only if it is that one."""
    calls = Call.objects.under_way().filter(consultant=user)
    if call:
        calls = calls.filter(pk=call)
    known = Q(account_id__isnull=False)
    row = calls.annotate(known=known).values_list("id", "began_at", "known", "language").first()
    return CallNow(*row) if row else None


def tries_since(moment: datetime.datetime) -> list[Tries]:
    """Who tried numbers in vain since a moment, the most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k_number, calls, not_active, limited FROM verification_tries(%s::timestamptz)",
            [moment],
        )
        return [Tries(*row) for row in cursor.fetchall()]

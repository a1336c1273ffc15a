"""Reading calls. The desk learns whether a caller is identified, never as whom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from zamiast.login.models import User
from zamiast.verification.models import Alarm

# In every page of the desk: one call at a time, found by its own small index.
_UNDER_WAY = """
    SELECT id, began_at, account_id IS NOT NULL, language, begun_by
      FROM verification_call WHERE consultant_id = %s::bigint AND ended_at IS NULL
"""


@dataclass(frozen=True)
class CallNow:
    """A call as its consultant may see it: level 1 and no more."""

    id: UUID
    began_at: datetime.datetime
    is_identified: bool
    language: str | None
    begun_by: str

    @property
    def is_callback(self) -> bool:
        """Whether we call, because somebody asked for it."""
        return self.begun_by == "callback"


@dataclass(frozen=True)
class Tries:
    """Well-formed numbers of one consultant that were not active, and those not looked up."""

    k_number: str
    calls: int
    not_active: int
    limited: int


def under_way(user: User, call: UUID | None = None) -> CallNow | None:
    """The call that a consultant has now; with ``call``, only if it is that one."""
    with connection.cursor() as cursor:
        cursor.execute(_UNDER_WAY, [user.pk])
        row = cursor.fetchone()
    return CallNow(*row) if row and call in (None, row[0]) else None


def call_now(session_digest: str) -> UUID | None:
    """The call that whoever has this session has now: one statement, for a page that waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_call_now(%s::text)", [session_digest])
        found: UUID | None = cursor.fetchone()[0]
    return found


def confirmed_about(session_digest: str, matter: str) -> RawSQL:
    """In a query of calls: whose account this session has confirmed; NULL below level 2."""
    sql = "(SELECT l.account_id FROM verification_level_in(%s, verification_call.id, %s) l)"
    values = [session_digest, matter]
    return RawSQL(sql, values, output_field=BigIntegerField())  # noqa: S611 - no text of others


def tries_since(moment: datetime.datetime) -> list[Tries]:
    """Who tried numbers in vain since a moment, the most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k_number, calls, not_active, limited FROM verification_tries(%s::timestamptz)",
            [moment],
        )
        return [Tries(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class AlarmRow:
    """An alarm and who has seen it. Which account it is about, nobody at the desk reads."""

    id: int
    at: datetime.datetime
    kind: str
    k_number: str | None
    times: int
    case_number: int | None
    supervisor: str | None
    supervisor_at: datetime.datetime | None
    dpo: str | None
    dpo_at: datetime.datetime | None


@dataclass(frozen=True)
class Stopped:
    """A consultant whom the limit of an hour stops; or for whom a supervisor lifted it."""

    k_number: str
    lifted_by: str | None
    reason: str | None
    until: datetime.datetime | None


def stopped() -> list[Stopped]:
    """Whom the limit stops now, and for whom it is lifted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT k_number, lifted_by, reason, until FROM verification_stopped()")
        return [Stopped(*row) for row in cursor.fetchall()]


def alarms(size: int = 100) -> list[AlarmRow]:
    """The last alarms, the newest first."""
    rows = Alarm.objects.order_by("-at", "-id").values_list(
        "id", "at", "kind", "consultant__k_number", "times", "case_number",
        "supervisor__k_number", "supervisor_at", "dpo__k_number", "dpo_at",
    )[:size]  # fmt: skip
    return [AlarmRow(*row) for row in rows]

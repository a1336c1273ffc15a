"""What the supervisor and the data protection officer watch: no account is named here."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection
from django.db.models import Count

from zamiast.guardianship import selectors as guardianship
from zamiast.guardianship.models import Change
from zamiast.helpline.models import NamedInVain

_LATELY = 50
_WAITING = """
    SELECT (SELECT count(*) FROM guardianship_freeze
             WHERE ended_on IS NULL AND reviewed_at IS NULL AND review_by <= now()),
           (SELECT count(*) FROM verification_alarm WHERE {column} IS NULL)
"""


def overdue() -> list[dict[str, Any]]:
    """Freezes that nobody reviewed in time, the longest overdue first."""
    rows = guardianship.overdue_freezes().select_related("placed_by")
    return [
        {"case": row.case_number, "by": row.placed_by.k_number,
         "placed_at": row.placed_at, "review_by": row.review_by}
        for row in rows
    ]  # fmt: skip


def waiting(role: str) -> tuple[int, int]:
    """Freezes that nobody reviewed in time, and alarms that nobody of this role has seen.

    The marks on every page of whoever watches them; one cheap statement.
    """
    column = {"supervisor": "supervisor_at", "dpo": "dpo_at"}[role]
    with connection.cursor() as cursor:
        cursor.execute(_WAITING.format(column=column))
        freezes, alarms = cursor.fetchone()
    return freezes, alarms


def changes_lately() -> list[Change]:
    """The last changes that were decided, the newest first."""
    rows = Change.objects.exclude(decided_at=None).select_related("proposed_by", "decided_by")
    return list(rows.order_by("-decided_at")[:_LATELY])


def named_in_vain(since: datetime.datetime) -> list[tuple[str, int]]:
    """How many numbers that were not active each specialist typed, the most first."""
    rows = NamedInVain.objects.filter(at__gte=since).values_list("by__k_number")
    return [(name or "", count) for name, count in rows.annotate(n=Count("pk")).order_by("-n")]

"""What the supervisor and the data protection officer watch: no account is named here."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count

from zamiast.guardianship import selectors as guardianship
from zamiast.guardianship.models import Change
from zamiast.helpline.models import NamedInVain

_LATELY = 50


def overdue() -> list[dict[str, Any]]:
    """Freezes that nobody reviewed in time, the longest overdue first."""
    rows = guardianship.overdue_freezes().select_related("placed_by")
    return [
        {"case": row.case_number, "by": row.placed_by.k_number,
         "placed_at": row.placed_at, "review_by": row.review_by}
        for row in rows
    ]  # fmt: skip


def overdue_count() -> int:
    """How many freezes nobody reviewed in time: the mark on the pages of who watches them."""
    return guardianship.overdue_freezes().count()


def changes_lately() -> list[Change]:
    """The last changes that were decided, the newest first."""
    rows = Change.objects.exclude(decided_at=None).select_related("proposed_by", "decided_by")
    return list(rows.order_by("-decided_at")[:_LATELY])


def named_in_vain(since: datetime.datetime) -> list[tuple[str, int]]:
    """How many numbers that were not active each specialist typed, the most first."""
    rows = NamedInVain.objects.filter(at__gte=since).values_list("by__k_number")
    return [(name or "", count) for name, count in rows.annotate(n=Count("pk")).order_by("-n")]

"""Telling of freezes that nobody reviewed in time."""

from __future__ import annotations

import structlog
from django.db import connection

log = structlog.get_logger("zamiast.guardianship")


def raise_overdue_freezes() -> int:
    """Write one event for each freeze that became overdue; return how many.

    Safe to run twice. What the supervisor and the data protection officer see does not
    depend on it: their pages count what is overdue.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT guardianship_tell_overdue()")
        raised = int(cursor.fetchone()[0])
    if raised:
        log.warning("freezes were not reviewed in 72 hours", freezes=raised)
    return raised

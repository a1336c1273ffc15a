"""How the last nightly proof ended: shown to holders and to the data protection officer.

A proof that failed, or that nobody made for a while, is as visible as one that succeeded.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

FRESH_FOR = datetime.timedelta(hours=36)  # one night may fail to run


@dataclass(frozen=True)
class Proof:
    """The last comparison of the holders' view with the log."""

    at: datetime.datetime
    is_complete: bool
    complete_at: datetime.datetime | None
    is_fresh: bool

    @property
    def is_good(self) -> bool:
        """Whether the view lacks nothing, as of last night."""
        return self.is_complete and self.is_fresh


def latest() -> Proof | None:
    """The last proof; None before the first night."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proved_at, is_complete, complete_at FROM audit_view_proof()")
        row = cursor.fetchone()
    if row is None:
        return None
    return Proof(row[0], row[1], row[2], timezone.now() - row[0] < FRESH_FOR)

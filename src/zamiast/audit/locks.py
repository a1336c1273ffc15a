"""Two that would be counted at once wait for one another, until the transaction ends.

A limit that is read and then written is no limit for whoever sends twenty requests together.
"""

from __future__ import annotations

from django.db import connection


def one_at_a_time(what: str, account: int) -> None:
    """Wait for whoever does the same for the same account; hold it until the commit."""
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside a transaction is gone at once")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [what, account])

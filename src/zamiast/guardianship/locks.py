"""One lock for each account: the database decides who was first, a reader or a freeze.

Whoever changes a fact of an account holds it alone until the commit; a trigger sees to
that (``sql/rows.sql``), and services ask for all they need at once, in order, so that two
of them never wait for one another. Whoever opens or uses an account holds it together
with others. Locks end with the transaction and write nothing to the disk.
"""

from __future__ import annotations

from django.db import connection


def alone(*accounts: int) -> None:
    """Wait for everybody else at these accounts, and keep them out until the commit."""
    _lock("pg_advisory_xact_lock", accounts)


def together(*accounts: int) -> None:
    """Wait for who changes these accounts, and keep such changes out until the commit."""
    _lock("pg_advisory_xact_lock_shared", accounts)


def _lock(function: str, accounts: tuple[int, ...]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside a transaction is gone at once")
    with connection.cursor() as cursor:
        # In the order of the keys: two that want the same accounts queue, and never block.
        cursor.execute(
            f"SELECT {function}(k) FROM (SELECT DISTINCT guardianship_key(a) AS k"  # noqa: S608
            " FROM unnest(%s::bigint[]) a ORDER BY k) keys",
            [list(accounts)],
        )

"""Work that keeps the runs in order."""

from __future__ import annotations

from django.db import connection


def forget_answers() -> int:
    """Forget answers and drafts of calls that ended, and runs nobody needs any more.

    Returns how many runs were touched. Safe to run twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT scripts_forget()")
        return int(cursor.fetchone()[0])

"""Work that keeps the calls in order."""

from __future__ import annotations

from django.db import connection


def forget_questions() -> int:
    """Delete questions that were answered or given up; return how many. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_forget_questions()")
        return int(cursor.fetchone()[0])

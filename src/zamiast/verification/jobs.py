"""Work that keeps the calls in order."""

from __future__ import annotations

from django.db import connection

from zamiast.verification import confirming


def forget_questions() -> int:
    """Delete questions that were answered or given up; return how many. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_forget_questions()")
        return int(cursor.fetchone()[0])


def tidy_confirmations() -> int:
    """Close confirmations that ran out; return how many. Safe to run twice."""
    return confirming.tidy()

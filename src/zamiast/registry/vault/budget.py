"""Limits that count in the database: a restart or a second process forgets none.

Whoever can ask freely can try all possible PESELs; so every caller, and all together,
have so many questions in each hour and day.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, transaction

from zamiast.audit.services import Actor, record
from zamiast.errors import TooMany

HOUR = "1 hour"
DAY = "1 day"

_SPEND = """
    INSERT INTO vault.budget AS b (name, began, used)
    SELECT %(name)s::text, date_bin(%(window)s::interval, now(), 'epoch'), %(count)s::bigint
     WHERE %(count)s::bigint <= %(limit)s::bigint
    ON CONFLICT (name, began) DO UPDATE SET used = b.used + excluded.used
     WHERE b.used + excluded.used <= %(limit)s::bigint
    RETURNING used
"""
_NOTE_REFUSAL = """
    INSERT INTO vault.budget AS b (name, began, used, is_refused)
    VALUES (%s::text, date_bin(%s::interval, now(), 'epoch'), 0, true)
    ON CONFLICT (name, began) DO UPDATE SET is_refused = true WHERE NOT b.is_refused
    RETURNING true
"""


class UsedUp(TooMany):
    """A limit is reached; ``limit_name`` and ``window`` say which."""

    def __init__(self, name: str, window: str) -> None:
        super().__init__("vault.too_many", "The vault was asked too often. Try again later.")
        self.limit_name, self.window = name, window


def setting(name: str) -> int:
    """A limit from ``config/settings/vault.py``."""
    return int(getattr(settings, name))


def spend(name: str, count: int, *, limit: int, window: str) -> None:
    """Use up ``count`` of a limit, in the current transaction. Raises UsedUp."""
    values: dict[str, Any] = {"name": name, "count": count, "limit": limit, "window": window}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        if cursor.fetchone() is None:
            raise UsedUp(name, window)


def note_refusal(error: UsedUp, what: str, *, by: Actor) -> None:
    """Write the first refusal of a window to the log; further ones would only flood it."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_NOTE_REFUSAL, [error.limit_name, error.window])
        if cursor.fetchone():
            record(what, by=by, outcome="too_many")
        cursor.execute("DELETE FROM vault.budget WHERE began < now() - interval '3 days'")

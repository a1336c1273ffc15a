"""Work that keeps cases in order. Every job is safe to run twice, and to be killed anywhere.

The worker reads no case: it calls functions of the database that change what is due and
write the event with it.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit import retention
from zamiast.helpline import queues

log = structlog.get_logger("zamiast.helpline")
_AT_ONCE = 200  # cases deleted in one transaction
_COUNTED = datetime.timedelta(hours=50)  # counted anew at each run: late closings too


def wake_cases() -> int:
    """Go on with cases that waited until today; return how many."""
    woken = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM helpline_asleep(%s::date)", [timezone.localdate()])
        for number, queue, left in cursor.fetchall():
            due = queues.resumed(left, timezone.now(), queue)
            cursor.execute("SELECT helpline_wake(%s::bigint, %s::timestamptz)", [number, due])
            woken += bool(cursor.fetchone()[0])
    return woken


def remind_holders() -> int:
    """Remind holders whose letter a case waits for, two days before; return how many."""
    return _number("SELECT helpline_remind(%s::date)", timezone.localdate())


def mark_overdue() -> int:
    """Write into the history of each case whose deadline passed; return how many."""
    return _number("SELECT helpline_mark_overdue()")


def mark_missed() -> int:
    """Mark promised callbacks whose time passed; return how many."""
    return _number("SELECT helpline_mark_missed()")


def count_hours() -> int:
    """Count calls and cases of the last two days by hour and matter, for the supervisor."""
    return _number("SELECT helpline_count(%s::timestamptz)", timezone.now() - _COUNTED)


def forget_drafts() -> int:
    """Delete drafts that nobody went on with; return how many."""
    before = timezone.now() - retention.kept_for("drafts")
    return _number("SELECT helpline_forget_drafts(%s::timestamptz)", before)


def forget_cases() -> int:
    """Delete cases whose time of keeping is over, with their documents; return how many.

    The deletion is each case's last event. Files go before the commit: killed in between, the
    next run finds the rows again and deletes them.
    """
    before, deleted = timezone.now() - retention.kept_for("cases"), set[int]()
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM helpline_forget_cases(%s::timestamptz, %s::int)", [before, _AT_ONCE]
            )
            rows = cursor.fetchall()
            for _case, document in rows:
                if document:
                    _unlink(document)
        deleted |= {number for number, _document in rows}
        if not rows:
            return len(deleted)


def _unlink(document: UUID) -> None:
    place = Path(settings.DOCUMENTS) / document.hex[:2] / document.hex
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        log.error("a document of a deleted case is still on the disk", document=str(document),
                  why=error.strerror)  # fmt: skip


def _number(sql: str, *values: datetime.date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return int(cursor.fetchone()[0])

"""The daily proof that the holders' view lacks nothing of the log."""

from __future__ import annotations

import structlog
from django.db import connection, transaction

from zamiast.audit.services import machine, record

log = structlog.get_logger("zamiast.audit")

_MISSING = """
    SELECT count(*) FROM audit_event e
     WHERE e.account_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM audit_look l
                        WHERE l.event_id = e.id AND l.account_id = e.account_id
                          AND (l.at, l.what, l.actor_kind, l.actor, l.outcome, l.level)
                            = (e.at, e.what, e.actor_kind, e.actor, e.outcome, e.level)
                          AND (l.on_behalf_of, l.fields, l.matter, l.case_number)
                              IS NOT DISTINCT FROM
                              (e.on_behalf_of, e.fields, e.matter, e.case_number))
"""


class ViewIncomplete(Exception):
    """Somebody cannot see a line of the log that is about them."""


def prove_view_complete() -> int:
    """Count events at an account that its holder cannot see; write the result to the log.

    Zero is the only good answer. Safe to run at any time.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_MISSING)
            missing = int(cursor.fetchone()[0])
        outcome = "incomplete" if missing else "complete"
        record("log.view_proved", by=machine("prove_view_complete"), outcome=outcome)
    if missing:
        log.error("the holders' view lacks events of the log", missing=missing)
    return missing

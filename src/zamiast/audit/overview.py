"""What the jobs do, when they ran last and run next: for operators and supervisors.

>>> import datetime
>>> noon = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=datetime.UTC)
>>> next_run("17 * * * *", noon).isoformat()
'2026-11-25T12:17:00+00:00'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit import retention

_NOTE = """
    INSERT INTO audit_schedule (name, cron, says, noted_at) VALUES (%s, %s, %s, now())
    ON CONFLICT (name) DO UPDATE SET cron = EXCLUDED.cron, says = EXCLUDED.says, noted_at = now()
"""
_FORGET = """
    WITH gone AS (DELETE FROM procrastinate_jobs j
                   WHERE j.status IN ('succeeded', 'cancelled', 'aborted', 'failed')
                     AND NOT EXISTS (SELECT FROM procrastinate_events e
                                      WHERE e.job_id = j.id AND e.at > %s)
                  RETURNING 1)
    SELECT count(*) FROM gone
"""
SILENT = datetime.timedelta(hours=2)  # a worker that noted nothing for so long is not there


@dataclass(frozen=True)
class Job:
    """One kind of job: its last and next run, its failures of the last seven days."""

    name: str
    cron: str
    says: str
    noted_at: datetime.datetime | None
    succeeded_at: datetime.datetime | None
    failed_at: datetime.datetime | None
    failures: int
    waiting: int
    running: int
    next_at: datetime.datetime | None = None

    @property
    def is_failing(self) -> bool:
        """Whether the last run failed."""
        if self.failed_at is None:
            return False
        return self.succeeded_at is None or self.failed_at > self.succeeded_at

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"is_failing": self.is_failing}


def jobs() -> list[Job]:
    """All jobs by name."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_jobs()")
        return [replace(Job(*row), next_at=next_run(row[1], now)) for row in cursor.fetchall()]


def is_silent(found: list[Job]) -> bool:
    """Whether no worker has said for some time that it is there."""
    noted = [job.noted_at for job in found if job.noted_at]
    return not noted or max(noted) < timezone.now() - SILENT


def next_run(cron: str, now: datetime.datetime) -> datetime.datetime | None:
    """When a schedule comes round next; None for work that is not scheduled."""
    if not cron:
        return None
    from croniter import croniter

    found: datetime.datetime = croniter(cron, now).get_next(datetime.datetime)
    return found


def note_schedule(rows: Iterable[tuple[str, str, str]]) -> int:
    """The worker says which jobs it has: name, cron, what for."""
    known = list(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        for row in known:
            cursor.execute(_NOTE, row)
        names = [name for name, _cron, _says in known]
        cursor.execute("DELETE FROM audit_schedule WHERE name <> ALL (%s::text[])", [names])
    return len(known)


def forget_jobs() -> int:
    """Delete finished jobs whose time of keeping is over; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [timezone.now() - retention.kept_for("jobs")])
        return int(cursor.fetchone()[0])

"""What every fact has: whose account, the days on which it holds, who said so, how it ended.

Days are whole days in Warsaw. ``until`` is the first day after the last, known from the
start; ``ended_on`` is the first day on which the fact no longer holds, entered later and
once. The earlier of the two counts. A row that was never true ends because of a
``mistake`` and is as good as not there; its history stays. ``source_key`` is what another
system calls the row, so that it is known again (``services/intake.py``).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField
from zamiast.pure.access.calendar import warsaw_day


class Source(models.TextChoices):
    """Where a row comes from."""

    IMPORT = "import"
    CASE = "case"
    HOLDER = "holder"
    OPERATOR = "operator"


class Because(models.TextChoices):
    """Why a row ended."""

    WITHDRAWN = "withdrawn"
    RULING = "ruling"
    JOB_CHANGE = "job_change"
    REVIEW = "review"
    REPLACED = "replaced"
    REVERSED = "reversed"
    MISTAKE = "mistake"
    OTHER = "other"


class RowQuerySet(models.QuerySet[Any]):
    """Rows, named by adjectives."""

    def standing(self) -> RowQuerySet:
        """Those that nobody ended; their own last day may have passed."""
        return self.filter(ended_on__isnull=True)

    def holding(self, day: datetime.date) -> RowQuerySet:
        """Those that hold on a day."""
        open_end = models.Q(until__isnull=True) | models.Q(until__gt=day)
        not_ended = models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=day)
        return self.filter(open_end, not_ended, since__lte=day)

    def end(self, *, by: str, because: str, on: datetime.date | None = None) -> int:
        """End those of the rows that still stand; return how many."""
        now = timezone.now()
        day = on or warsaw_day(now)
        return self.standing().update(
            ended_on=day, ended_at=now, ended_by=by, ended_because=because
        )


class Row(models.Model):
    """A fact about one account."""

    account = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    source_key = GuardedCharField(  # what another system calls it
        max_length=200, default="", db_default=""
    )
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField(default=timezone.now)
    case_number = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, null=True)  # noqa: DJ001 - NULL: not ended
    ended_because = models.CharField(  # noqa: DJ001 - NULL: not ended
        max_length=10, choices=Because.choices, null=True
    )

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_in_order",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                violation_error_message="The last day is not before the first.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ended_whole",
                condition=models.Q(
                    ended_on__isnull=True, ended_at__isnull=True,
                    ended_by__isnull=True, ended_because__isnull=True,
                )
                | models.Q(
                    ended_on__isnull=False, ended_at__isnull=False,
                    ended_by__isnull=False, ended_because__in=Because.values,
                ),
                violation_error_message="An ending says when, by whom and why.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_source",
                condition=models.Q(source__in=Source.values),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_for_each_key",
                fields=["source_key"],
                condition=~models.Q(source_key="")
                & (
                    models.Q(ended_because__isnull=True)
                    | ~models.Q(ended_because__in=["mistake", "replaced"])
                ),
                violation_error_message="Another row has this key.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"

    @property
    def last(self) -> datetime.date | None:
        """The first day on which the row no longer holds, None where it goes on."""
        return min((day for day in (self.until, self.ended_on) if day), default=None)

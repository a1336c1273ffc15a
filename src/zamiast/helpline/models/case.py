"""Cases: what a caller or writer came with, until it is closed."""

from __future__ import annotations

import datetime
from typing import cast

from django.conf import settings
from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedTextField
from zamiast.helpline import matters
from zamiast.helpline.moves import Reason, State

LONGEST_NOTE = 4000
LONGEST_SHOWN = 5 * LONGEST_NOTE  # of a note too long to save: what comes back to be shortened


def _in_two_days() -> datetime.datetime:
    """A deadline for a case that nobody reckoned one for."""
    return timezone.now() + datetime.timedelta(days=2)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, named by adjectives.

    State and matter stand in the SQL as literals, from closed lists: a prepared statement
    with a parameter there would be planned for any value, use no partial index, and read
    a million rows in search of a rare one.
    """

    def open(self) -> CaseQuerySet:
        """Those that somebody still has to work on."""
        return self._where("state", State.OPEN.value)

    def waiting(self) -> CaseQuerySet:
        """Those that wait for somebody else."""
        return self._where("state", State.WAITING.value)

    def closed(self) -> CaseQuerySet:
        """Those that are done."""
        return self._where("state", State.CLOSED.value)

    def disowned(self) -> CaseQuerySet:
        """Those of which the holder said: that was not me."""
        return self._where("state", State.DISOWNED.value)

    def in_matter(self, code: str) -> CaseQuerySet:
        """Those in one matter. Raises BadInput for an unknown one."""
        matters.name(code, "pl")
        return self._where("matter", code)

    def _where(self, column: str, literal: str) -> CaseQuerySet:
        found = self.extra(where=[f"helpline_case.{column} = '{literal}'"])  # noqa: S610
        return cast(CaseQuerySet, found)

    def owned_by(self, user_id: int | None) -> CaseQuerySet:
        """Those that one member of staff has taken; with None those that nobody has."""
        return self.filter(owner_id=user_id)

    def for_account(self, account_id: int) -> CaseQuerySet:
        """Those of one account, the newest first."""
        return self.filter(account_id=account_id).order_by("-number")


def _by_deadline(name: str, *first: str) -> models.Index:
    """Open cases, the most urgent first, by what a list is filtered by."""
    return models.Index(
        fields=[*first, "due_at", "number"],
        name=f"helpline_case_{name}",
        condition=models.Q(state="open"),
    )


def _those(name: str, condition: models.Q, *first: str) -> models.Index:
    """The few cases of one kind, the newest first."""
    return models.Index(
        fields=[*first, "-number"], name=f"helpline_case_{name}", condition=condition
    )


class Case(models.Model):
    """One matter of one caller. Below level 2 it is unconfirmed."""

    number = models.BigAutoField(primary_key=True)
    matter = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    account_id = models.BigIntegerField(null=True)  # NULL: a caller without an account
    is_confirmed = models.BooleanField(default=False)
    level = models.SmallIntegerField(default=0)
    call_id = models.UUIDField(null=True)
    opened_by = models.ForeignKey(  # NULL: it came by the public form
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_by_name = models.CharField(max_length=16)  # K-417: what the holder may know
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, default="pl")
    # whose work it is, and by when
    queue = models.CharField(max_length=24, default="line")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    owner_name = models.CharField(max_length=16, default="")
    due_at = models.DateTimeField(default=_in_two_days)
    overdue_at = models.DateTimeField(null=True)  # when a job noticed that it is late
    # while it waits: for what, until which day, how many seconds of the deadline are left
    waits_for = models.CharField(max_length=16, choices=Reason.choices, default="")
    waits_until = models.DateField(null=True)
    left_seconds = models.IntegerField(null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    unread = models.BooleanField(default=False)  # the holder wrote, and nobody answered yet
    version = models.IntegerField(default=0)  # counts what was written: nobody overwrites unseen

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="helpline_confirmed_needs_level_2",
                condition=models.Q(is_confirmed=False) | models.Q(level__gte=2),
            ),
            models.CheckConstraint(
                name="helpline_case_state", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="helpline_waiting_says_for_what",
                condition=models.Q(state="waiting", left_seconds__isnull=False)
                & ~models.Q(waits_for="")
                | ~models.Q(state="waiting") & models.Q(waits_for="", left_seconds__isnull=True),
                violation_error_message="A case that waits says for what; no other does.",
            ),
            models.CheckConstraint(
                name="helpline_merged_says_into_what",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | ~models.Q(state="merged") & models.Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="helpline_case_by_somebody_or_the_form",
                condition=models.Q(opened_by__isnull=False)
                | models.Q(is_confirmed=False, opened_by_name="form"),
            ),
            models.UniqueConstraint(
                name="helpline_one_case_per_call_and_matter",
                fields=["call_id", "matter"],
                violation_error_message="This call has a case in this matter already.",
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-number"], name="helpline_case_account"),
            _by_deadline("due"),
            _by_deadline("queue_due", "queue"),
            _by_deadline("owner_due", "owner"),
            _by_deadline("matter_due", "matter"),
            _by_deadline("queue_matter_due", "queue", "matter"),
            models.Index(fields=["matter", "-number"], name="helpline_case_matter"),
            models.Index(fields=["queue", "-number"], name="helpline_case_queue"),
            models.Index(fields=["queue", "matter", "-number"], name="helpline_case_queue_matter"),
            models.Index(fields=["owner", "-number"], name="helpline_case_owner"),
            _those("waiting", models.Q(state="waiting")),
            _those("disowned", models.Q(state="disowned")),
            _those("unread", models.Q(unread=True)),
            _those("merged", models.Q(merged_into__isnull=False), "merged_into"),
        ]

    def __str__(self) -> str:
        return f"case {self.number}"


class Note(models.Model):
    """What a consultant wrote down about a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=16)
    text = GuardedTextField(max_length=LONGEST_NOTE)
    cut = models.SmallIntegerField(default=0)  # how many national numbers were cut out
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"note on {self.case_id}"


class Move(models.Model):
    """One change of a case's state: its history."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    name = models.CharField(max_length=16)
    detail = models.CharField(max_length=64, default="")  # a queue, a reason, a K-number, a case
    by = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} by {self.by}"

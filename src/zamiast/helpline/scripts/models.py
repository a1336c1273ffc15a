"""Runs of scripts in calls, each with the very version that it began with."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField, GuardedTextField
from zamiast.helpline.models import LONGEST_NOTE


class ScriptVersion(models.Model):
    """The content of a script that was used, by its digest: a changed file changes no call."""

    digest = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the content
    script = models.CharField(max_length=32)
    version = models.IntegerField()
    content = GuardedTextField()
    first_used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.script} {self.version}"


class ScriptRun(models.Model):
    """One script in one call.

    ``answers`` holds codes of options, days and numbers of cases, never what was typed
    freely; when the call ends, only those that a case needs are left. ``note`` is the note
    until it is saved in a case: it outlives a browser, and ends with the call.
    """

    call_id = models.UUIDField()
    script = models.CharField(max_length=32)
    of = models.ForeignKey(ScriptVersion, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)  # in which it is read aloud
    answers = models.JSONField(default=dict)
    note = GuardedTextField(max_length=LONGEST_NOTE, default="")
    is_current = models.BooleanField(default=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scripts_one_run_per_call_and_script", fields=["call_id", "script"]
            ),
            models.UniqueConstraint(
                name="scripts_one_run_at_a_time",
                fields=["call_id"],
                condition=models.Q(is_current=True),
                violation_error_message="A call is in one script at a time.",
            ),
            models.CheckConstraint(
                name="scripts_run_language", condition=models.Q(language__in=["pl", "en", "uk"])
            ),
        ]
        indexes = [
            models.Index(
                fields=["began_at"],
                name="scripts_run_not_ended",
                condition=models.Q(ended_at=None),
            ),
            models.Index(fields=["ended_at"], name="scripts_run_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.script} in {self.call_id}"


class CallerNumber(models.Model):
    """By which public number somebody who is no patient named themselves. It proves nothing.

    ``name``, ``city`` and the last two digits of the telephone are those of the register of
    facilities on that day; where the number stands in no register, they are empty.
    """

    call_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    number = GuardedCharField(max_length=20)
    is_checked = models.BooleanField(default=False)  # its check digit fits
    facility = models.ForeignKey(
        "records.Organization", models.SET_NULL, null=True, related_name="+"
    )
    name = GuardedCharField(max_length=300, default="")
    city = GuardedCharField(max_length=100, default="")
    ending = models.CharField(max_length=2, default="")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} in {self.call_id}"

    @property
    def is_known(self) -> bool:
        """Whether the number stands in the register of facilities."""
        return self.facility_id is not None

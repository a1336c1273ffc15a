"""Changes of access by the helpline: proposed by one specialist, decided by another.

What a change added and ended is kept, so that it can be reversed, and everybody whose
access changed has a notice to read.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField, GuardedTextField


class ChangeKind(models.TextChoices):
    """What a specialist can change, each with documents."""

    RECORD_REPRESENTATION = "record_representation"
    END_REPRESENTATION = "end_representation"
    RECORD_FOSTER_CARE = "record_foster_care"
    END_FOSTER_CARE = "end_foster_care"
    RECORD_INCAPACITATION = "record_incapacitation"
    END_INCAPACITATION = "end_incapacitation"
    OPEN_ACCESS = "open_access"
    CLOSE_ACCESS = "close_access"
    PROTECT_ADDRESS = "protect_address"
    END_PROTECTION = "end_protection"
    CORRECT_LINK = "correct_link"
    LIFT_FREEZE = "lift_freeze"
    REVERSE = "reverse"


class Change(models.Model):
    """One change of access to one account, in one case."""

    case_number = models.BigIntegerField()
    account = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=ChangeKind.choices)
    person = models.ForeignKey("registry.Account", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, default="")
    authority = models.CharField(max_length=12, default="")
    degree = models.CharField(max_length=8, default="")
    widened_to_health = models.BooleanField(default=False)
    court = GuardedCharField(max_length=200, default="")
    file_number = GuardedCharField(max_length=60, default="")
    ruled_on = models.DateField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    reason = GuardedTextField(max_length=2000)
    taken_by = models.ForeignKey(  # who took the call; empty where the case came in writing
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = GuardedTextField(max_length=2000, null=True)
    is_approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guardianship_change_kind", condition=Q(kind__in=ChangeKind.values)
            ),
            models.CheckConstraint(
                name="guardianship_change_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                violation_error_message="Another specialist decides.",
            ),
            models.CheckConstraint(
                name="guardianship_change_not_by_who_took_the_call",
                condition=Q(taken_by__isnull=True)
                | (
                    ~Q(proposed_by=F("taken_by"))
                    & (Q(decided_by__isnull=True) | ~Q(decided_by=F("taken_by")))
                ),
                violation_error_message="Who took the call neither proposes nor decides.",
            ),
            models.CheckConstraint(
                name="guardianship_change_decision_whole",
                condition=Q(
                    decided_by__isnull=True, decided_at__isnull=True,
                    decision__isnull=True, is_approved__isnull=True,
                )
                | Q(
                    decided_by__isnull=False, decided_at__isnull=False,
                    decision__isnull=False, is_approved__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="guardianship_reversal_names_its_change",
                condition=Q(kind="reverse", reverses__isnull=False)
                | (~Q(kind="reverse") & Q(reverses__isnull=True)),
            ),
            models.UniqueConstraint(
                name="guardianship_reversed_once",
                fields=["reverses"],
                condition=Q(is_approved=True) | Q(is_approved__isnull=True),
                violation_error_message="This change is being reversed already.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case_number"], name="guardianship_change_case"),
            models.Index(
                fields=["proposed_at"],
                name="guardianship_change_waiting",
                condition=Q(decided_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.pk} in case {self.case_number}"


class ChangedRow(models.Model):
    """One row that a change added or ended."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="rows")
    table = models.CharField(max_length=20)  # the model's name
    row = models.BigIntegerField()
    was_added = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="guardianship_changed_once", fields=["change", "table", "row"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} of change {self.change_id}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, named by adjectives."""

    def for_account(self, account_id: int) -> NoticeQuerySet:
        """Those to one holder, the newest first."""
        return self.filter(account_id=account_id).order_by("-at", "-pk")

    def unread(self) -> NoticeQuerySet:
        """Those that the holder has not marked as read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """What somebody is told about access that changed: to their own account, or of theirs.

    ``what`` is a code: gained, lost, changed; ``because`` a code of the reason.
    """

    account = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    about = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)
    because = models.CharField(max_length=32)
    case_number = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guardianship_notice_what",
                condition=Q(what__in=["gained", "lost", "changed"]),
            ),
        ]
        indexes = [models.Index(fields=["account", "-at"], name="guardianship_notice_account")]

    def __str__(self) -> str:
        return f"notice {self.pk}"

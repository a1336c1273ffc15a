"""Something offered to whoever has an identifier, taken up with a pairing code.

``to`` is empty where the number that was given is of nobody who can be invited. Nothing
that the inviter sees differs by that.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zamiast.pure.access import facts


class InvitationKind(models.TextChoices):
    """What is offered."""

    GUARDIAN = "guardian"
    AUTHORISATION = "authorisation"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, named by adjectives."""

    def open(self, now: datetime.datetime) -> InvitationQuerySet:
        """Those that can still be taken up."""
        return self.filter(
            accepted_at=None, declined_at=None, cancelled_at=None, blocked_at=None,
            expires_at__gt=now,
        )  # fmt: skip


class Invitation(models.Model):
    """An offer of one person, for one account, to one other person."""

    LIFETIME = datetime.timedelta(days=7)
    TRIES = 3

    account = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    by = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    to = models.ForeignKey("registry.Account", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=InvitationKind.choices)
    scope = models.CharField(max_length=20, null=True)  # noqa: DJ001 - NULL: a guardian
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    after_death = models.BooleanField(default=False)
    salt = models.BinaryField()
    digest = models.BinaryField()
    tries = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guardianship_invitation_kind",
                condition=Q(kind="guardian", scope__isnull=True, since__isnull=True)
                | Q(
                    kind="authorisation", since__isnull=False,
                    scope__in=[scope.value for scope in facts.Scope],
                ),
            ),
            models.CheckConstraint(
                name="guardianship_invitation_tries", condition=Q(tries__gte=0, tries__lte=3)
            ),
            models.CheckConstraint(
                name="guardianship_invitation_days_in_order",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="guardianship_invitation_of_another_person",
                condition=Q(to__isnull=True) | (~Q(to=F("by")) & ~Q(to=F("account"))),
            ),
            models.CheckConstraint(
                name="guardianship_invitation_ends_one_way",
                condition=Q(accepted_at__isnull=True)
                | Q(declined_at__isnull=True, cancelled_at__isnull=True, blocked_at__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["by", "-created_at"], name="guardianship_invitation_by"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def seen_by_inviter(self) -> str:
        """How it stands, as far as the inviter may know: a no and a miss look like waiting."""
        if self.accepted_at:
            return "accepted"
        if self.cancelled_at:
            return "cancelled"
        return "waiting" if timezone.now() < self.expires_at else "expired"

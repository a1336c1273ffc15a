"""The call: who took it, about which account; and numbers that were not active."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, named by adjectives."""

    def under_way(self) -> CallQuerySet:
        """Those not ended."""
        return self.filter(ended_at=None)


class Call(models.Model):
    """One telephone call at the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    account_id = models.BigIntegerField(null=True)  # level 1: identified, nothing more
    language = models.CharField(max_length=2, null=True)  # noqa: DJ001 - NULL: not known yet

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultant"],
                condition=models.Q(ended_at=None),
                name="verification_one_call_at_a_time",
                violation_error_message="A consultant takes one call at a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class NotActive(models.Model):
    """A well-formed number that was not active: who asked, in which call, when."""

    call = models.ForeignKey(Call, models.CASCADE)
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    was_limited = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["consultant", "at"], name="verification_recent_not_active"),
            models.Index(fields=["at"], name="verification_not_active_at"),
        ]

    def __str__(self) -> str:
        return f"not active at {self.at:%H:%M}"

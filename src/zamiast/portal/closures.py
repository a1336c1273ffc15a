"""Which login belonged to an account that its holder closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Closure(models.Model):
    """A holder closed the account; for some days this login can open it again."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    account = models.OneToOneField("registry.Account", models.CASCADE, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"closure of account {self.account_id}"

"""Which login opens which account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Link(models.Model):
    """A login belongs to one account, an account to one login."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    account = models.OneToOneField("registry.Account", models.CASCADE, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"link of account {self.account_id}"

"""Which login opens which account, the identities that open a login, the phones woken for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from zamiast.audit.telling import Kind
from zamiast.portal.addresses import MailAddress
from zamiast.portal.closures import Closure

__all__ = ["Closure", "Link", "MailAddress", "PushSubscription"]


class Link(models.Model):
    """A login belongs to one account, an account to one login."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    account = models.OneToOneField("registry.Account", models.CASCADE, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"link of account {self.account_id}"


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    """Subscriptions, named by adjectives."""

    def wanting(self, kind: Kind) -> PushSubscriptionQuerySet:
        """Those that want to be woken for this kind of news."""
        return self.filter(**{f"on_{WOKEN_BY[kind]}": True})


# Four switches on the page for six kinds of news.
WOKEN_BY = {
    Kind.CONFIRMATION: "confirmation",
    Kind.ANSWER: "answer",
    Kind.RECEIPT: "answer",
    Kind.ENTRY: "entry",
    Kind.ACCESS: "look",
    Kind.LOOK: "look",
}


class PushSubscription(models.Model):
    """A browser that a holder lets us wake (RFC 8030); whose it is, and for what.

    The address is a key: whoever has it can wake the phone. It is encrypted, and found by
    its digest.
    """

    account = models.ForeignKey("registry.Account", models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    sealed = models.TextField()
    language = models.CharField(max_length=2, default="pl")
    on_confirmation = models.BooleanField(default=True)
    on_answer = models.BooleanField(default=True)
    on_entry = models.BooleanField(default=True)
    on_look = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now)
    looks_told_at = models.DateTimeField(null=True)

    objects = PushSubscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"a browser of account {self.account_id}"


class Identity(models.Model):
    """Somebody at an identity provider: its issuer and its subject, and nothing else.

    The subject may be ``person:`` and a number of ours, where the provider's own is a PESEL.
    Written and read by ``portal_enter`` only (``sql/identity.sql``).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="portal_identity_of_one_login", fields=["issuer", "subject"]
            )
        ]

    def __str__(self) -> str:
        return f"identity of login {self.user_id}"

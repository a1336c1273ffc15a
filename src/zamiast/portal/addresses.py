"""The mail address to which a holder wants to be told that there is something new."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone

from zamiast.audit.telling import Kind

LINK_LIVES = datetime.timedelta(days=1)

# Four switches on the page for the kinds of news. A question on the telephone is over
# before a mail is read.
MAILED_BY = {
    Kind.ANSWER: "answer",
    Kind.RECEIPT: "answer",
    Kind.ENTRY: "entry",
    Kind.ACCESS: "access",
    Kind.LOOK: "look",
}


class MailAddressQuerySet(models.QuerySet["MailAddress"]):
    """Addresses, named by adjectives."""

    def usable(self) -> MailAddressQuerySet:
        """Those that their owner confirmed and whose mail server takes our mail."""
        return self.filter(confirmed_at__isnull=False, refused_at__isnull=True)

    def wanting(self, kind: Kind) -> MailAddressQuerySet:
        """Those that want to be told of this kind of news."""
        switch = MAILED_BY.get(kind)
        return self.usable().filter(**{f"on_{switch}": True}) if switch else self.none()


class MailAddress(models.Model):
    """One address for an account: encrypted, and used only after it was confirmed by a link."""

    account = models.OneToOneField("registry.Account", models.CASCADE, related_name="+")
    sealed = models.TextField()
    language = models.CharField(max_length=2, default="pl")
    on_answer = models.BooleanField(default=True)
    on_entry = models.BooleanField(default=False)
    on_access = models.BooleanField(default=True)
    on_look = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    link_digest = models.BinaryField(null=True)
    link_expires_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)  # the mail server says: no such address
    looks_told_at = models.DateTimeField(null=True)

    objects = MailAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="portal_mail_link_expires",
                condition=models.Q(link_digest__isnull=True, link_expires_at__isnull=True)
                | models.Q(link_digest__isnull=False, link_expires_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"mail address of account {self.account_id}"

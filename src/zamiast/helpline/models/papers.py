"""Documents of cases, and the accounts that a case with documents is about."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField
from zamiast.helpline.models.case import Case

LARGEST_DOCUMENT = 10 * 1024 * 1024


class DocumentKind(models.TextChoices):
    """What a document can be, told by its content and not by its name."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


class Document(models.Model):
    """A document of a case. Its bytes lie outside the web root under a random name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    name = GuardedCharField(max_length=200)  # as the sender called it
    kind = models.CharField(max_length=4, choices=DocumentKind.choices)
    size = models.IntegerField()
    sha256 = models.BinaryField()
    added_by_name = models.CharField(max_length=16)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="helpline_document_kind", condition=models.Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="helpline_document_size",
                condition=models.Q(size__gt=0, size__lte=LARGEST_DOCUMENT),
                violation_error_message="A document has 10 MB at most.",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk} of case {self.case_id}"


class CaseAccount(models.Model):
    """An account that a case is about, known to the specialist by a letter."""

    LETTERS = "ABCDEFGH"

    case = models.ForeignKey(Case, models.PROTECT, related_name="accounts")
    letter = models.CharField(max_length=1)
    account_id = models.BigIntegerField()
    how = models.CharField(max_length=10)  # caller, identifier, tied
    named_by_name = models.CharField(max_length=16)
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="helpline_case_account_once", fields=["case", "account_id"]
            ),
            models.UniqueConstraint(name="helpline_case_letter_once", fields=["case", "letter"]),
            models.CheckConstraint(
                name="helpline_case_account_how",
                condition=models.Q(how__in=["caller", "identifier", "tied"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} of case {self.case_id}"


class NamedInVain(models.Model):
    """A number typed in a case that was not active: who typed it, when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="helpline_named_in_vain")]

    def __str__(self) -> str:
        return f"not active at {self.at:%H:%M}"

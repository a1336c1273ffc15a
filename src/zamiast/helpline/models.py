"""Cases: what a caller or writer came with, until it is closed."""

from __future__ import annotations

import uuid
from typing import cast

from django.conf import settings
from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField, GuardedTextField
from zamiast.helpline import matters
from zamiast.helpline.moves import State

LONGEST_NOTE = 4000
LONGEST_SHOWN = 5 * LONGEST_NOTE  # of a note too long to save: what comes back to be shortened
LARGEST_DOCUMENT = 10 * 1024 * 1024


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, named by adjectives.

    State and matter stand in the SQL as literals, from closed lists: a prepared statement
    with a parameter there would be planned for any value, use no partial index, and read
    a million rows in search of a rare one.
    """

    def open(self) -> CaseQuerySet:
        """Those that somebody still has to work on."""
        return self._where("state", State.OPEN.value)

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

    def opened_by_user(self, user_id: int) -> CaseQuerySet:
        """Those that one consultant opened."""
        return self.filter(opened_by=user_id)

    def for_account(self, account_id: int) -> CaseQuerySet:
        """Those of one account, the newest first."""
        return self.filter(account_id=account_id).order_by("-number")


class Case(models.Model):
    """One matter of one caller. Below level 2 it is unconfirmed."""

    number = models.BigAutoField(primary_key=True)
    matter = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    account_id = models.BigIntegerField(null=True)  # NULL: a caller without an account
    is_confirmed = models.BooleanField(default=False)
    level = models.SmallIntegerField(default=0)
    call_id = models.UUIDField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_by_name = models.CharField(max_length=16)  # K-417: what the holder may know
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, default="pl")

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
            models.UniqueConstraint(
                name="helpline_one_case_per_call_and_matter",
                fields=["call_id", "matter"],
                violation_error_message="This call has a case in this matter already.",
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-number"], name="helpline_case_account"),
            models.Index(
                fields=["-number"],
                include=["is_confirmed"],
                name="helpline_case_open",
                condition=models.Q(state="open"),
            ),
            models.Index(
                fields=["-number"],
                name="helpline_case_disowned",
                condition=models.Q(state="disowned"),
            ),
            models.Index(fields=["opened_by", "-number"], name="helpline_case_opened_by"),
            models.Index(
                fields=["opened_by", "-number"],
                name="helpline_case_open_of",
                condition=models.Q(state="open"),
            ),
            models.Index(fields=["matter", "-number"], name="helpline_case_matter"),
            models.Index(
                fields=["matter", "-number"],
                name="helpline_case_open_matter",
                condition=models.Q(state="open"),
            ),
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
    by = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} by {self.by}"


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

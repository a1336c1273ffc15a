"""Persons, their accounts and the identifiers that stand for them.

An identifier is stored as a number (12 digits fit a bigint). Rows of identifiers
are never deleted, so the unique number keeps a retired one from being issued again.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField


class Person(models.Model):
    """A natural person. No national number is kept here."""

    family_name = GuardedCharField(max_length=200)
    given_names = GuardedCharField(max_length=200)
    birth_date = models.DateField(null=True)
    # "1951" or "1951-03" where the source knows no day; birth_date is then NULL, so that
    # no rule about age can take a guess for the truth.
    birth_partial = models.CharField(max_length=7, default="")
    gender = models.CharField(max_length=8, default="unknown")  # FHIR AdministrativeGender
    died_on = models.DateField(null=True)
    is_dead = models.BooleanField(default=False)  # known to be dead, perhaps without a date
    address_line = GuardedCharField(max_length=300, default="")
    postal_code = GuardedCharField(max_length=20, default="")
    city = GuardedCharField(max_length=100, default="")
    country = models.CharField(max_length=2, default="PL")  # ISO 3166-1 alpha-2
    language = models.CharField(max_length=2, default="pl")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="registry_birth_date_is_whole_or_partial",
                condition=models.Q(birth_date__isnull=True) | models.Q(birth_partial=""),
            ),
            models.CheckConstraint(
                name="registry_death_date_means_dead",
                condition=models.Q(died_on__isnull=True) | models.Q(is_dead=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}"


class SourceRecord(models.Model):
    """Under which number another system knows a person: an import repeats without copies."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sources")
    system = models.CharField(max_length=200)
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "value"], name="registry_one_person_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system}|{self.value}"


class Account(models.Model):
    """The account of a person. It exists from the start; it is *used* from the first login on."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    opened_at = models.DateTimeField(default=timezone.now)
    first_used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(  # noqa: DJ001 - NULL: open
        max_length=16, null=True, choices=[("death", "death"), ("operator", "operator")]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="registry_account_closed_with_reason",
                condition=models.Q(closed_at__isnull=True, closed_because__isnull=True)
                | models.Q(closed_at__isnull=False, closed_because__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the account can be used."""
        return self.closed_at is None


class State(models.TextChoices):
    """The states of an identifier."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    RETIRED = "retired"


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """Identifiers, named by adjectives."""

    def current(self) -> IdentifierQuerySet:
        """Active or suspended ones: at most one for each account."""
        return self.filter(state__in=[State.ACTIVE, State.SUSPENDED])


class Identifier(models.Model):
    """Twelve digits that stand for one account."""

    number = models.BigIntegerField(unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="identifiers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    issued_at = models.DateTimeField(default=timezone.now)
    suspended_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=~models.Q(state=State.RETIRED),
                name="registry_one_current_identifier",
                violation_error_message="An account has one identifier at a time.",
            ),
            models.CheckConstraint(
                name="registry_identifier_has_12_digits",
                condition=models.Q(number__gte=100_000_000_000, number__lte=999_999_999_999),
            ),
            models.CheckConstraint(
                name="registry_identifier_state", condition=models.Q(state__in=State.values)
            ),
        ]

    def __str__(self) -> str:
        return f"identifier {self.pk}"

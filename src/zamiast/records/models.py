"""Health records as they came, and the practitioners and facilities that they name.

One table holds the entries of every kind: what lists need stands in columns, all else in
``content``, the resource's own JSON. A row that a later import changes is kept whole in
``FormerEntry`` with the time until which it held, so that the table read every day stays small.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from zamiast.audit.fields import GuardedCharField
from zamiast.registry.models import Account


class Party(models.Model):
    """Somebody or something that resources name: known by its id in its source.

    ``numbers`` are the public ones ("system|value") by which other resources may name it.
    """

    system = models.CharField(max_length=200)
    value = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    numbers = ArrayField(models.TextField(), default=list)
    content = models.JSONField(default=dict)

    class Meta:
        abstract = True


class Practitioner(Party):
    """Somebody who works in health care (FHIR Practitioner)."""

    family_name = GuardedCharField(max_length=200)
    given_names = GuardedCharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="records_one_practitioner"),
        ]
        indexes = [GinIndex(fields=["numbers"], name="records_practitioner_numbers")]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class Organization(Party):
    """A facility or its part (FHIR Organization)."""

    name = GuardedCharField(max_length=300)
    city = GuardedCharField(max_length=100, default="")
    postal_code = GuardedCharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="records_one_organization"),
        ]
        indexes = [GinIndex(fields=["numbers"], name="records_organization_numbers")]

    def __str__(self) -> str:
        return str(self.name)


class Location(Party):
    """Where something takes place (FHIR Location)."""

    name = GuardedCharField(max_length=300)
    city = GuardedCharField(max_length=100, default="")
    postal_code = GuardedCharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="records_one_location"),
        ]
        indexes = [GinIndex(fields=["numbers"], name="records_location_numbers")]

    def __str__(self) -> str:
        return str(self.name)


class Role(Party):
    """What a practitioner does at a facility (FHIR PractitionerRole), as it names itself."""

    name = GuardedCharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="records_one_role"),
        ]
        indexes = [GinIndex(fields=["numbers"], name="records_role_numbers")]

    def __str__(self) -> str:
        return str(self.name)


class Source(models.Model):
    """A system that sends entries; numbered, because every entry names one."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return str(self.name)


class Kept(models.Model):
    """The columns of an entry, of today and of before.

    ``kind`` and ``value`` are the resource's type and id. ``at`` is when it happened or was
    written; of a day without an hour it is midnight in Warsaw, and ``content`` tells which.
    ``about`` names the resource that it belongs to, for instance "Encounter/12". The keys
    that open a prescription or a referral stand in columns of their own and nowhere else.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    value = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    status = models.CharField(max_length=32, default="")
    code_system = GuardedCharField(max_length=200, default="")
    code = GuardedCharField(max_length=100, default="")
    display = GuardedCharField(max_length=500, default="")
    performer = GuardedCharField(max_length=300, default="")
    about = models.CharField(max_length=100, default="")
    access_key = models.CharField(max_length=44, default="")
    access_code = models.CharField(max_length=4, default="")
    content = models.JSONField()
    digest = models.BinaryField()
    since = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind}/{self.value}"

    @property
    def name(self) -> str:
        """How other entries of the same source call this one."""
        return f"{self.kind}/{self.value}"


class Entry(Kept):
    """An entry as it holds now."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "value"], name="records_one_entry"),
            models.CheckConstraint(
                name="records_access_key_has_44_digits",
                condition=models.Q(access_key="") | models.Q(access_key__regex=r"^[0-9]{44}$"),
            ),
            models.CheckConstraint(
                name="records_access_code_has_4_digits",
                condition=models.Q(access_code="") | models.Q(access_code__regex=r"^[0-9]{4}$"),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "kind", "at"], name="records_entry_account"),
        ]


class FormerEntry(Kept):
    """An entry as it was until an import changed it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="former")
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "kind"], name="records_former_account")]


class Dispute(models.Model):
    """That a holder says: this entry is wrong. Ends when its author changed it, or by the case.

    The case itself belongs to the helpline; only its number stands here.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="disputes")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    case_number = models.BigIntegerField(unique=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=16, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(ended_at=None), name="records_one_dispute"
            ),
            models.CheckConstraint(
                name="records_dispute_ended_with_reason",
                condition=models.Q(ended_at=None, ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"dispute about {self.entry_id}"

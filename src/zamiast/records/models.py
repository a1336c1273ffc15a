"""Practitioners and organizations, as other systems know them."""

from __future__ import annotations

from django.db import models

from zamiast.audit.fields import GuardedCharField


class Practitioner(models.Model):
    """Somebody who works in health care (FHIR Practitioner)."""

    system = models.CharField(max_length=200)
    value = models.CharField(max_length=100)
    family_name = GuardedCharField(max_length=200)
    given_names = GuardedCharField(max_length=200)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="records_one_practitioner"),
        ]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}"


class Organization(models.Model):
    """A facility or its part (FHIR Organization)."""

    system = models.CharField(max_length=200)
    value = models.CharField(max_length=100)
    name = GuardedCharField(max_length=300)
    city = GuardedCharField(max_length=100, default="")
    postal_code = GuardedCharField(max_length=20, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="records_one_organization"),
        ]

    def __str__(self) -> str:
        return str(self.name)

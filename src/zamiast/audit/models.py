"""The log of record, and what the holder is shown of it.

Rows are written by the SQL function ``audit_write`` only, and never changed:
trigger and grants see to it (``sql/log.sql``).
"""

from __future__ import annotations

from django.db import models

from zamiast.audit.fields import GuardedCharField


class Event(models.Model):
    """One thing that happened: who, to whose account, what, why, with what result."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=64, null=True)  # noqa: DJ001 - NULL: for nobody
    account_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=64)
    outcome = models.CharField(max_length=64)
    fields = models.TextField(null=True)  # noqa: DJ001 - NULL: no fields were opened
    matter = models.CharField(max_length=32, null=True)  # noqa: DJ001
    case_number = models.BigIntegerField(null=True)
    call = models.UUIDField(null=True)
    step = models.CharField(max_length=200, null=True)  # noqa: DJ001
    purpose = GuardedCharField(max_length=200, null=True)
    level = models.SmallIntegerField()
    asked = models.BinaryField(null=True)
    written_by = models.CharField(max_length=63)
    salt = models.BinaryField()
    commitment = models.BinaryField()

    class Meta:
        managed = False
        db_table = "audit_event"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.what} {self.outcome}"


ANOTHER = models.Q(actor__startswith="other")
"""A holder, but not the one of the account."""
LINKED = "login.linked"


class LookQuerySet(models.QuerySet["Look"]):
    """Looks, named by adjectives."""

    def for_account(self, account_id: int) -> LookQuerySet:
        """Those at one account, the newest first."""
        return self.filter(account_id=account_id).order_by("-at", "-event_id")

    def by_others(self) -> LookQuerySet:
        """Those that the holder did not do; another holder is written as ``other``.

        A login that a provider opened is shown too: the holder need not have been there.
        """
        return self.exclude(models.Q(actor_kind="holder") & ~ANOTHER & ~models.Q(what=LINKED))

    def by_holder(self) -> LookQuerySet:
        """Those of whoever logged in as the holder."""
        return self.filter(~ANOTHER, actor_kind="holder")

    def by_people(self) -> LookQuerySet:
        """Those of the helpline's staff and of the operator."""
        return self.filter(actor_kind__in=["staff", "operator"])

    def by_other_holders(self) -> LookQuerySet:
        """Those of somebody else who may see the account."""
        return self.filter(ANOTHER, actor_kind="holder")

    def by_machines(self) -> LookQuerySet:
        """Those that no person did."""
        return self.filter(actor_kind="machine")


class Look(models.Model):
    """What the holder is shown of one event at the own account."""

    event_id = models.BigIntegerField(primary_key=True)
    account_id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=64, null=True)  # noqa: DJ001
    what = models.CharField(max_length=64)
    outcome = models.CharField(max_length=64)
    fields = models.TextField(null=True)  # noqa: DJ001
    matter = models.CharField(max_length=32, null=True)  # noqa: DJ001
    case_number = models.BigIntegerField(null=True)
    level = models.SmallIntegerField()
    written_by = models.CharField(max_length=63)

    objects = LookQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "audit_look"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.what}"

"""The call, its confirmation by the holder, and what went wrong often enough to be looked at."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField
from zamiast.verification.moves import State


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, named by adjectives."""

    def under_way(self) -> CallQuerySet:
        """Those not ended."""
        return self.filter(ended_at=None)


class Call(models.Model):
    """One telephone call at the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    account_id = models.BigIntegerField(null=True)  # level 1: identified, nothing more
    last_two = models.CharField(max_length=2, null=True)  # noqa: DJ001 - of the caller's number
    begun_by = models.CharField(max_length=8, db_default="button")
    language = models.CharField(max_length=2, null=True)  # noqa: DJ001 - NULL: not known yet

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultant"],
                condition=models.Q(ended_at=None),
                name="verification_one_call_at_a_time",
                violation_error_message="A consultant takes one call at a time.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account_id", "-began_at"],
                name="verification_call_account",
                condition=models.Q(account_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class NotActive(models.Model):
    """A well-formed number that was not active: who asked, in which call, when."""

    call = models.ForeignKey(Call, models.CASCADE)
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    was_limited = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["consultant", "at"], name="verification_recent_not_active"),
            models.Index(fields=["at"], name="verification_not_active_at"),
        ]

    def __str__(self) -> str:
        return f"not active at {self.at:%H:%M}"


class Confirmation(models.Model):
    """One number read out in a call, and what became of it.

    Bound to call, consultant, session, account and fields. Of the six digits only a digest is
    kept, with a key outside the database. Rows are written by ``sql/confirm.sql`` only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    call = models.ForeignKey(Call, models.PROTECT, related_name="confirmations")
    nth = models.SmallIntegerField()  # first, second or third number of the call
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    session_digest = models.CharField(max_length=40)
    account_id = models.BigIntegerField(null=True)  # who is asked; NULL: nobody could be
    about_id = models.BigIntegerField(null=True)  # whose data it opens: own, or a child's
    matter = models.CharField(max_length=32)
    fields = models.CharField(max_length=400)  # codes with commas, as the holder read them
    means = models.CharField(max_length=8, db_default="app")  # app, paper, or an intent
    pair = models.ForeignKey("Pair", models.PROTECT, null=True, related_name="+")
    digest = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)  # of a confirmed one
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verification_three_numbers_a_call", fields=["call", "nth"]
            ),
            models.UniqueConstraint(
                name="verification_one_prompt_at_a_time",
                fields=["account_id"],
                condition=models.Q(state="waiting"),
                violation_error_message="A holder is asked one question at a time.",
            ),
            models.UniqueConstraint(
                name="verification_one_confirmed_at_a_time",
                fields=["call"],
                condition=models.Q(state="confirmed"),
            ),
            models.CheckConstraint(
                name="verification_nth", condition=models.Q(nth__gte=1, nth__lte=3)
            ),
            models.CheckConstraint(
                name="verification_confirmation_state", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="verification_confirmed_is_whole",
                condition=~models.Q(state="confirmed")
                | models.Q(
                    account_id__isnull=False, about_id__isnull=False,
                    answered_at__isnull=False, until__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="verification_waiting_has_a_holder",
                condition=~models.Q(state="waiting") | models.Q(account_id__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["account_id", "-asked_at"], name="verification_of_account"),
            models.Index(
                fields=["expires_at"],
                name="verification_open",
                condition=models.Q(state__in=["waiting", "in_vain", "confirmed"]),
            ),
            models.Index(fields=["consultant", "asked_at"], name="verification_of_consultant"),
        ]

    def __str__(self) -> str:
        return f"confirmation {self.nth} of {self.call_id}"


class Suspension(models.Model):
    """The holder wants to be asked nothing by telephone until they say otherwise."""

    account_id = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d}"


class Lift(models.Model):
    """A supervisor let a consultant go on after the limit of an hour, for an hour."""

    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = GuardedCharField(max_length=200)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verification_lift_by_another",
                condition=~models.Q(by=models.F("consultant")),
                violation_error_message="Nobody lifts the limit for oneself.",
            ),
        ]
        indexes = [models.Index(fields=["consultant", "until"], name="verification_lift_of")]

    def __str__(self) -> str:
        return f"until {self.until:%H:%M}"


class Alarm(models.Model):
    """Something that a supervisor and the data protection officer look at."""

    KINDS = ("not_active", "all_not_active", "declines", "all_declines", "three_consultants",
             "two_calls", "many_prompts", "not_me", "lifted")  # fmt: skip

    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    consultant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    account_id = models.BigIntegerField(null=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    times = models.IntegerField()
    case_number = models.BigIntegerField(null=True)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    supervisor_at = models.DateTimeField(null=True)
    dpo = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dpo_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verification_alarm_kind",
                condition=models.Q(
                    kind__in=["not_active", "all_not_active", "declines", "all_declines",
                              "three_consultants", "two_calls", "many_prompts", "not_me",
                              "lifted"]
                ),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-at"], name="verification_alarm_at"),
            models.Index(fields=["kind", "consultant", "at"], name="verification_alarm_of"),
            models.Index(fields=["kind", "account_id", "at"], name="verification_alarm_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


class Exchange(models.Model):
    """A telephone exchange that may tell of calls: its name, and a digest of its token."""

    name = GuardedCharField(max_length=40, unique=True)
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"exchange {self.name}"


class Line(models.Model):
    """A call as an exchange knows it. Of its own name for the call a keyed digest is kept, of
    the caller's number two digits, of keyed tones nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="+")
    digest = models.BinaryField()
    first_heard_at = models.DateTimeField()
    direction = models.CharField(max_length=3, null=True)  # noqa: DJ001 - NULL: not told yet
    queue = GuardedCharField(max_length=40, null=True)
    last_two = models.CharField(max_length=2, null=True)  # noqa: DJ001 - of the caller's number
    began_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    call = models.OneToOneField(Call, models.PROTECT, null=True, related_name="+")
    tries = models.SmallIntegerField(db_default=0)  # how many codes were keyed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verification_one_line_a_call", fields=["exchange", "digest"]
            ),
        ]
        indexes = [models.Index(fields=["first_heard_at"], name="verification_line_age")]

    def __str__(self) -> str:
        return f"line {self.pk}"


class Intent(models.Model):
    """A call that the holder began in the account: what it is about, and a code to key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account_id = models.BigIntegerField()
    about_id = models.BigIntegerField()
    matter = models.CharField(max_length=32)
    fields = models.CharField(max_length=400)
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    keyed_at = models.DateTimeField(null=True)
    line = models.OneToOneField(Line, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)  # up by the desk
    ended_at = models.DateTimeField(null=True)  # given up, or replaced by another one

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verification_one_intent_at_a_time",
                fields=["account_id"],
                condition=models.Q(keyed_at=None, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"intent {self.pk}"


class Sheet(models.Model):
    """A sheet of numbered pairs that the holder printed: a word to hear, digits to key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account_id = models.BigIntegerField()
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    misses = models.SmallIntegerField(db_default=0)  # in a row
    blocked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verification_one_sheet",
                fields=["account_id"],
                condition=models.Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"sheet {self.pk}"


class Pair(models.Model):
    """One pair of a sheet: an HMAC of its digits. Its word is derived and kept nowhere."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="pairs")
    nth = models.SmallIntegerField()
    digest = models.BinaryField()
    asked_at = models.DateTimeField(null=True)  # its word was read out: it serves once

    class Meta:
        constraints = [
            models.UniqueConstraint(name="verification_pair_number", fields=["sheet", "nth"]),
        ]

    def __str__(self) -> str:
        return f"pair {self.nth}"


class Act(models.Model):
    """A rare act that the desk asks for in a confirmed call; done by the holder's passkey."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    act = models.CharField(max_length=32)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verification_one_act_at_a_time",
                fields=["account_id"],
                condition=models.Q(state="waiting"),
            ),
            models.CheckConstraint(
                name="verification_act_state",
                condition=models.Q(state__in=["waiting", "done", "declined", "replaced"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.state}"

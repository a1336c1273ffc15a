"""The work on cases: callbacks that were promised, letters, drafts, links, teams, counts."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models
from django.utils import timezone

from zamiast.audit.fields import GuardedTextField
from zamiast.helpline.models.case import LONGEST_NOTE, Case

LONGEST_WISH = 200


class CallbackState(models.TextChoices):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"  # the time passed; it is still to be kept
    GIVEN_UP = "given_up"  # nobody answered, or the caller does not want it any more


class NumberKind(models.TextChoices):
    """Where the number to call stands. Nobody at the desk types or sees one."""

    TELEPHONE = "telephone"  # the number of the call, known to the telephone system
    ACCOUNT = "account"  # given by the holder with the wish, in the account; deleted after it
    FACILITY = "facility"  # the number registered for the facility


class CallbackQuerySet(models.QuerySet["Callback"]):
    """Callbacks, named by adjectives; states as literals, as in ``CaseQuerySet``."""

    def promised(self) -> CallbackQuerySet:
        """Those still to be kept, missed ones too."""
        found = self.extra(where=["helpline_callback.state IN ('open', 'missed')"])
        return cast(CallbackQuerySet, found)


class Callback(models.Model):
    """A promise to call back: asked for by the caller, by when, to which kind of number."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="callbacks", db_index=False)
    state = models.CharField(max_length=8, choices=CallbackState.choices, default="open")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    number_kind = models.CharField(max_length=9, choices=NumberKind.choices)
    ending = models.CharField(max_length=2, default="")  # the number's last two digits, if known
    wish = GuardedTextField(max_length=LONGEST_WISH, default="")  # what to have ready
    tries = models.SmallIntegerField(default=0)  # how often nobody answered
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    promised_by_name = models.CharField(max_length=16)
    promised_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_by_name = models.CharField(max_length=16, default="")
    settled_by_name = models.CharField(max_length=16, default="")
    settled_at = models.DateTimeField(null=True)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="helpline_callback_state", condition=models.Q(state__in=CallbackState.values)
            ),
            models.CheckConstraint(
                name="helpline_callback_number_kind",
                condition=models.Q(number_kind__in=NumberKind.values),
            ),
            models.CheckConstraint(
                name="helpline_callback_times",
                condition=models.Q(until_at__gt=models.F("from_at")),
                violation_error_message="A callback ends after it begins.",
            ),
            models.CheckConstraint(
                name="helpline_callback_ending",
                condition=models.Q(ending="") | models.Q(ending__regex=r"^[0-9]{2}$"),
                violation_error_message="Two digits of a number and no more are kept.",
            ),
            models.UniqueConstraint(
                name="helpline_one_callback_per_case",
                fields=["case"],
                condition=models.Q(state__in=["open", "missed"]),
                violation_error_message="A callback is promised in this case already.",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="helpline_callback_case"),
            models.Index(
                fields=["until_at", "id"],
                name="helpline_callback_promised",
                condition=models.Q(state__in=["open", "missed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"callback in case {self.case_id} until {self.until_at:%Y-%m-%d %H:%M}"


class Message(models.Model):
    """A letter between the helpline and the holder of the account, in a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    is_from_holder = models.BooleanField()
    author_name = models.CharField(max_length=16)  # K-417, or holder
    text = GuardedTextField(max_length=LONGEST_NOTE)
    cut = models.SmallIntegerField(default=0)  # how many national numbers were cut out
    canned = models.CharField(max_length=48, default="")  # the ready answer it began with: code:2
    written_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)  # by the other side

    def __str__(self) -> str:
        return f"message in case {self.case_id}"


class Draft(models.Model):
    """What somebody has typed and not saved yet: it outlives a crashed browser."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6)  # note or answer
    text = GuardedTextField(max_length=LONGEST_NOTE)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="helpline_one_draft", fields=["case", "user", "kind"]),
            models.CheckConstraint(
                name="helpline_draft_kind", condition=models.Q(kind__in=["note", "answer"])
            ),
        ]
        indexes = [models.Index(fields=["saved_at"], name="helpline_draft_saved")]

    def __str__(self) -> str:
        return f"draft in case {self.case_id}"


class LinkKind(models.TextChoices):
    """How two cases belong together."""

    RELATED = "related"
    SPLIT = "split"  # the second was made out of the first
    REPEATED = "repeated"  # opened although one was open in the same matter


class Link(models.Model):
    """Two cases that belong together."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=LinkKind.choices)
    by_name = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="helpline_one_link", fields=["case", "other"]),
            models.CheckConstraint(
                name="helpline_link_to_another", condition=~models.Q(case=models.F("other"))
            ),
            models.CheckConstraint(
                name="helpline_link_kind", condition=models.Q(kind__in=LinkKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class Membership(models.Model):
    """Somebody works in a queue beyond those of the own role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    queue = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="helpline_one_membership", fields=["user", "queue"])
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.queue}"


class Tally(models.Model):
    """How much happened in one hour, by matter; an empty matter counts the calls."""

    day = models.DateField()
    hour = models.SmallIntegerField()
    matter = models.CharField(max_length=32)
    calls = models.IntegerField(default=0)
    opened = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)  # of those closed

    class Meta:
        constraints = [
            models.UniqueConstraint(name="helpline_one_tally", fields=["day", "hour", "matter"])
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.hour} {self.matter}"

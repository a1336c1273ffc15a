"""One table for each kind of fact of ``pure.access.facts``, keyed by the account.

Everybody who can have access has an account, so people are named by it. Only an insurer
may be somebody whom the registry does not know: what the other system calls that person
is kept, and nobody can log in with it.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField, GuardedTextField
from zamiast.guardianship.models.row import Row
from zamiast.pure.access import facts


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


def _one_of(name: str, field: str, kind: type[StrEnum]) -> models.CheckConstraint:
    """Only the words of the engine stand in a column that the engine reads."""
    words = [member.value for member in kind]
    return models.CheckConstraint(
        name=f"guardianship_{name}", condition=Q(**{f"{field}__in": words})
    )


class Insurance(Row):
    """The registration of a child for insurance: from ``since`` on, shown from ``published_on``."""

    insurer = models.ForeignKey("registry.Account", models.PROTECT, null=True, related_name="+")
    insurer_ref = GuardedCharField(max_length=200, default="")
    payer = models.CharField(max_length=16, choices=_choices(facts.Payer))
    payer_nip = models.CharField(max_length=10, default="")
    published_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            _one_of("insurance_payer", "payer", facts.Payer),
            models.CheckConstraint(
                name="guardianship_insurer_is_known_or_referred_to",
                condition=Q(insurer__isnull=False, insurer_ref="")
                | (Q(insurer__isnull=True) & ~Q(insurer_ref="")),
            ),
            models.CheckConstraint(
                name="guardianship_nobody_insures_themselves_as_a_child",
                condition=Q(insurer__isnull=True) | ~Q(insurer=F("account")),
            ),
            models.CheckConstraint(
                name="guardianship_insurance_nip_form",
                condition=Q(payer_nip="") | Q(payer_nip__regex=r"^[0-9]{10}$"),
            ),
            models.UniqueConstraint(
                name="guardianship_one_registration",
                fields=["account", "insurer", "insurer_ref", "payer", "payer_nip", "since"],
                condition=~Q(ended_because="mistake") | Q(ended_because__isnull=True),
                nulls_distinct=False,
                violation_error_message="This registration is there already.",
            ),
        ]


class Representation(Row):
    """Somebody represents the holder in law, by birth or by a ruling."""

    person = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=_choices(facts.Role))
    authority = models.CharField(max_length=12, choices=_choices(facts.Authority), default="full")
    court = GuardedCharField(max_length=200, default="")
    file_number = GuardedCharField(max_length=60, default="")
    ruled_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            _one_of("representation_role", "role", facts.Role),
            _one_of("representation_authority", "authority", facts.Authority),
            models.CheckConstraint(
                name="guardianship_nobody_represents_themselves",
                condition=~Q(person=F("account")),
            ),
        ]


class FosterCare(Row):
    """A foster carer: day-to-day matters, more only if the court widened it to health."""

    carer = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    widened_to_health = models.BooleanField(default=False)
    court = GuardedCharField(max_length=200, default="")
    file_number = GuardedCharField(max_length=60, default="")

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                name="guardianship_nobody_fosters_themselves", condition=~Q(carer=F("account"))
            ),
        ]


class AccessGrant(Row):
    """Access given by a guardian, or by the operator after a case with documents."""

    to = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    by = models.ForeignKey("registry.Account", models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                name="guardianship_grant_by_operator_has_a_case",
                condition=Q(by__isnull=False) | Q(case_number__isnull=False),
                violation_error_message="The operator opens an account only after a case.",
            ),
            models.CheckConstraint(
                name="guardianship_grant_to_another_person",
                condition=~Q(to=F("account")) & (Q(by__isnull=True) | ~Q(to=F("by"))),
            ),
            models.UniqueConstraint(
                name="guardianship_one_grant_at_a_time",
                fields=["account", "to", "by"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                violation_error_message="This person has this access already.",
            ),
        ]


class OwnTitle(Row):
    """The child is insured on its own ground."""

    title = models.CharField(max_length=12, choices=_choices(facts.Title), default="other")

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            _one_of("own_title", "title", facts.Title),
            models.UniqueConstraint(
                name="guardianship_one_own_title",
                fields=["account", "title", "since"],
                condition=~Q(ended_because="mistake") | Q(ended_because__isnull=True),
            ),
        ]


class Incapacitation(Row):
    """A court took away the holder's capacity to act, fully or partly."""

    degree = models.CharField(max_length=8, choices=_choices(facts.Degree))
    court = GuardedCharField(max_length=200, default="")
    file_number = GuardedCharField(max_length=60, default="")

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            _one_of("incapacitation_degree", "degree", facts.Degree),
        ]


class Authorisation(Row):
    """One statement authorising one person for one scope, by the holder or a representative."""

    to = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    by = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20, choices=_choices(facts.Scope))
    given_on = models.DateField()
    after_death = models.BooleanField(default=False)
    minor_agreed_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            _one_of("authorisation_scope", "scope", facts.Scope),
            models.CheckConstraint(
                name="guardianship_authorisation_not_backdated",
                condition=Q(since__gte=F("given_on")),
                violation_error_message="An authorisation begins on the day it is given or later.",
            ),
            models.CheckConstraint(
                name="guardianship_authorisation_to_another_person",
                condition=~Q(to=F("account")) & ~Q(to=F("by")),
            ),
        ]


class Freeze(Row):
    """Access stopped in an emergency, for one person or for everybody but the holder.

    One specialist places it, another reviews it. Without a review it does not end.
    """

    REVIEW_WITHIN = datetime.timedelta(hours=72)

    person = models.ForeignKey("registry.Account", models.PROTECT, null=True, related_name="+")
    reason = GuardedTextField(max_length=2000)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    review_by = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    review = GuardedTextField(max_length=2000, null=True)
    is_kept = models.BooleanField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                name="guardianship_freeze_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("placed_by")),
                violation_error_message="Another specialist reviews a freeze.",
            ),
            models.CheckConstraint(
                name="guardianship_freeze_review_whole",
                condition=Q(
                    reviewed_by__isnull=True, reviewed_at__isnull=True,
                    review__isnull=True, is_kept__isnull=True,
                )
                | Q(
                    reviewed_by__isnull=False, reviewed_at__isnull=False,
                    review__isnull=False, is_kept__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="guardianship_freeze_does_not_end_by_itself", condition=Q(until__isnull=True)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["review_by"],
                name="guardianship_freeze_to_review",
                condition=Q(reviewed_at__isnull=True),
            ),
        ]


class ProtectedAddress(Row):
    """A person whose address is protected neither sees nor is seen."""


class CircumstanceKind(models.TextChoices):
    """What is worth knowing and by itself changes no right."""

    DIVORCE = "divorce"
    CONVICTION = "conviction"
    OBJECTION = "objection"
    UNABLE_TO_LOG_IN = "unable_to_log_in"  # of the holder; the other kinds are of a person


class Circumstance(Row):
    """Something that people ask about."""

    person = models.ForeignKey("registry.Account", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=CircumstanceKind.choices)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                name="guardianship_circumstance_kind",
                condition=Q(kind__in=CircumstanceKind.values),
            ),
        ]

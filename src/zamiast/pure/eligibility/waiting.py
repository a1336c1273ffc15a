"""How long one cohort makes one person wait: age, interval, infection, batch.

180 days are counted from the day after the shot, so the 180th is 180 days after it; the
referral comes with the first batch on or after that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zamiast.pure.eligibility.calendar import add_months, next_batch
from zamiast.pure.eligibility.codes import Code
from zamiast.pure.eligibility.facts import Dose, DoseKind, Facts
from zamiast.pure.eligibility.seasons import Cohort

AFTER = {
    "none": frozenset[DoseKind](),
    "course": frozenset({DoseKind.COURSE}),
    "booster": frozenset({DoseKind.BOOSTER}),
    "any": frozenset(DoseKind),
}


@dataclass(frozen=True, slots=True)
class Wait:
    """What a person waits for in a cohort: each code with its day, and the day of the batch."""

    cohort: Cohort
    conditions: tuple[tuple[Code, date], ...]
    reached_on: date
    batch_on: date | None
    issued_on: date


def last_dose(facts: Facts, day: date) -> Dose | None:
    """Return the last dose up to a day that the system can count: recorded, and rightly so."""
    counted = (d for d in facts.doses if d.recorded and d.correct and d.day <= day)
    return max(counted, key=lambda dose: dose.day, default=None)


def wait_in(cohort: Cohort, facts: Facts, born: date, day: date) -> Wait | None:
    """Work out the wait of a person in a cohort, or None when the cohort is not theirs."""
    last = last_dose(facts, day)
    if not _belongs(cohort, facts, born, last):
        return None
    of_age = age_reached(cohort, born)
    conditions = [(Code.COHORT_NOT_OPEN, cohort.issued_from), (Code.BELOW_MIN_AGE, of_age)]
    if last is not None and (since := _interval_over(cohort, last.day)):
        conditions.append((Code.INTERVAL_NOT_ELAPSED, since))
    infections = [test for test in facts.positive_tests if test <= day]
    if infections and cohort.recovery_days is not None:
        recovered = max(infections) + timedelta(days=cohort.recovery_days)
        conditions.append((Code.RECENT_INFECTION, recovered))
    reached = max(when for _, when in conditions)
    if cohort.max_age is not None and reached >= add_months(born, 12 * (cohort.max_age + 1)):
        return None
    batch = _batch_on(cohort, reached, of_age)
    return Wait(cohort, tuple(conditions), reached, batch, batch or reached)


def _belongs(cohort: Cohort, facts: Facts, born: date, last: Dose | None) -> bool:
    """Say whether a cohort is for this person, now or at a later age."""
    if cohort.group is not None and cohort.group not in facts.groups:
        return False
    if not (cohort.born_from or born.year) <= born.year <= (cohort.born_to or born.year):
        return False
    if last is None:
        return cohort.follows in ("none", "any")
    return last.kind in AFTER[cohort.follows]


def age_reached(cohort: Cohort, born: date) -> date:
    """Return the day on which somebody born then is old enough for the cohort."""
    months = cohort.min_age_months or 12 * (cohort.min_age or 0)
    return add_months(born, months)


def _interval_over(cohort: Cohort, dose: date) -> date | None:
    if cohort.interval_months is not None:
        return add_months(dose, cohort.interval_months)
    if cohort.interval_days is not None:
        return dose + timedelta(days=cohort.interval_days)
    return None


def _batch_on(cohort: Cohort, reached: date, of_age: date) -> date | None:
    """Return the day of the batch that brings the referral, where batches are known."""
    if cohort.batch == "monday":
        strict = cohort.batch_after == "birthday" and reached == of_age
        return next_batch(reached, strict=strict)
    if cohort.issued_to is not None and reached <= cohort.issued_to:
        return cohort.issued_to
    return None

"""Explain why there is no COVID-19 referral yet. It explains, and never makes one.

>>> facts = Facts(Asks.VACCINATION, True, date(1960, 5, 1), (Dose(date(2021, 6, 17)),))
>>> why = explain(facts, date(2021, 12, 15))
>>> why.codes, str(why.reached_on), str(why.next_batch)
(('WAITING_FOR_NEXT_BATCH',), '2021-12-14', '2021-12-20')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zamiast.pure.eligibility.calendar import Moment, warsaw_day
from zamiast.pure.eligibility.codes import ACTORS, Actor, Code
from zamiast.pure.eligibility.facts import Asks, Dose, DoseKind, Facts, Referral
from zamiast.pure.eligibility.seasons import Book, Cohort, Season, book
from zamiast.pure.eligibility.waiting import Wait, last_dose, wait_in

Fact = Dose | Referral


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is none: a code, its day, the facility to turn to, the facts it rests on."""

    code: Code
    day: date | None = None
    facility: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def who(self) -> Actor:
        """Return who can act."""
        return ACTORS[self.code]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All reasons on one day, the rule they come from, and the days that matter."""

    day: date
    version: str
    season: Season | None
    reasons: tuple[Reason, ...]
    cohort: Cohort | None = None
    reached_on: date | None = None
    next_batch: date | None = None
    changes_on: date | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all reasons."""
        return tuple(reason.code.value for reason in self.reasons)


def explain(facts: Facts, moment: Moment, *, rules: Book | None = None) -> Explanation:
    """Explain on the day of a moment; ``rules`` are the shipped ones unless given.

    First comes what was asked for: a test order has nothing to do with a vaccination, and
    has effects in law of its own. ValueError for a moment without a time zone.
    """
    day, rules = warsaw_day(moment), rules or book()
    season = rules.season_on(day)
    if facts.asks is not Asks.VACCINATION:
        code = Code.VACCINATION_OR_TEST if facts.asks is None else Code.TEST_ORDERED_BY_DOCTOR
        return Explanation(day, rules.version, season, (Reason(code),))
    reasons = list(_about_person(facts)) + list(_about_referrals(facts, day))
    if not _settled(reasons):
        reasons += _about_record(facts, day)
        if facts.born is not None:
            return _about_rules(facts, facts.born, day, rules, reasons)
    changes_on = min((r.day for r in reasons if r.day and r.day > day), default=None)
    return Explanation(day, rules.version, season, tuple(reasons), changes_on=changes_on)


def _settled(reasons: list[Reason]) -> bool:
    """Say whether there is a referral already, so that no rule needs to be asked."""
    there = (Code.ALREADY_BOOKED, Code.ALREADY_ISSUED_AND_VALID)
    return any(reason.code in there for reason in reasons)


def _about_person(facts: Facts) -> Iterator[Reason]:
    if facts.for_child and not facts.child_account_open:
        yield Reason(Code.ON_CHILDS_ACCOUNT)
    if not facts.in_register:
        yield Reason(Code.NO_PESEL_OR_NOT_IN_REGISTER)
    if facts.born is None:
        yield Reason(Code.BIRTH_DATE_UNKNOWN)


def _about_referrals(facts: Facts, day: date) -> Iterator[Reason]:
    """Look at the last referral: booked, valid, or expired; a used one says nothing."""
    issued = [r for r in facts.referrals if r.issued <= day]
    last = max(issued, key=lambda referral: referral.issued, default=None)
    if last is None or (last.used is not None and last.used <= day):
        return
    if last.booked is not None and last.booked >= day:
        yield Reason(Code.ALREADY_BOOKED, last.booked, facts=(last,))
    elif day < last.expires:
        yield Reason(Code.ALREADY_ISSUED_AND_VALID, last.expires, facts=(last,))
    else:
        yield Reason(Code.EXPIRED_AWAITING_REISSUE, facts=(last,))


def _about_record(facts: Facts, day: date) -> Iterator[Reason]:
    """Name what only the author of a record can put right."""
    for dose in facts.doses:
        if dose.day > day:
            continue
        if not dose.recorded:
            yield Reason(Code.PREVIOUS_DOSE_NOT_RECORDED, None, dose.facility, (dose,))
        elif not dose.correct:
            yield Reason(Code.RECORD_ERROR, None, dose.facility, (dose,))


def _about_rules(
    facts: Facts, born: date, day: date, rules: Book, reasons: list[Reason]
) -> Explanation:
    """Ask the rules of the season, and say honestly when none are known."""
    season = rules.season_on(day)
    if season is None or not season.known:
        before = rules.season_before(day)
        if before is not None and before.known:
            reasons.append(Reason(Code.SEASON_CLOSED, before.until))
        reasons.append(Reason(Code.NO_RULES_FOR_SEASON))
        return Explanation(day, rules.version, season, tuple(reasons))
    cohorts = rules.of(season)
    opening = min(cohort.issued_from for cohort in cohorts)
    if day < opening:
        reasons.append(Reason(Code.SEASON_NOT_STARTED, opening))
    last = last_dose(facts, day)
    if facts.wants_further_dose or _had_this_season(last, season):
        reasons.append(Reason(Code.NEEDS_DOCTOR, facts=(last,) if last else ()))
        return Explanation(day, rules.version, season, tuple(reasons), changes_on=season.until)
    waits = [wait for cohort in cohorts if (wait := wait_in(cohort, facts, born, day))]
    if not waits:
        reasons.append(Reason(Code.NEEDS_DOCTOR, facts=(last,) if last else ()))
        return Explanation(day, rules.version, season, tuple(reasons))
    best = min(waits, key=lambda wait: wait.issued_on)
    return _waiting(best, day, rules, season, reasons)


def _waiting(
    wait: Wait, day: date, rules: Book, season: Season, reasons: list[Reason]
) -> Explanation:
    """Say what the cohort that comes first still waits for."""
    named = {reason.day for reason in reasons if reason.code is Code.SEASON_NOT_STARTED}
    for code, when in wait.conditions:
        if when > day and not (code is Code.COHORT_NOT_OPEN and when in named):
            reasons.append(Reason(code, when))
    if wait.reached_on <= day < wait.issued_on:
        reasons.append(Reason(Code.WAITING_FOR_NEXT_BATCH, wait.issued_on))
    if not reasons:
        reasons.append(Reason(Code.NOTHING_IN_THE_WAY))
    # A day after the season's end is of no use: nobody knows the rules of the next one.
    ahead = day < wait.issued_on < season.until
    return Explanation(
        day,
        rules.version,
        season,
        tuple(reasons),
        cohort=wait.cohort,
        reached_on=wait.reached_on,
        next_batch=wait.batch_on if ahead else None,
        changes_on=wait.issued_on if ahead else None,
    )


def _had_this_season(last: Dose | None, season: Season) -> bool:
    """Say whether the one dose of this season was given; another takes a doctor's referral."""
    return last is not None and last.kind is DoseKind.SEASONAL and last.day >= season.since

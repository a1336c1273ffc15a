"""One question on one day, and the few things that most rules ask about it.

The predicates return the fact that makes them true, or None, so that a rule can say on
what it rests. Where facts contradict one another, the stricter one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from zamiast.pure.access.calendar import Lasting, add_months, birthday, holds
from zamiast.pure.access.facts import (
    Authorisation,
    Authority,
    Degree,
    Facts,
    FosterCare,
    Grant,
    Incapacitation,
    Insurance,
    OwnTitle,
    Person,
    Representation,
    Role,
    Scope,
)
from zamiast.pure.access.question import Question
from zamiast.pure.access.settings import Settings

Row = TypeVar("Row", bound=Lasting)
SUFFICIENT = (Authority.FULL, Authority.CO_DECIDING)


class Case:
    """The facts, the question and the day, with the holder's age worked out once."""

    __slots__ = (
        "actor",
        "adult",
        "born",
        "day",
        "facts",
        "holder",
        "minor",
        "question",
        "settings",
    )

    def __init__(
        self, facts: Facts, holder: Person, question: Question, day: date, settings: Settings
    ) -> None:
        self.facts = facts
        self.holder = holder
        self.question = question
        self.day = day
        self.settings = settings
        self.actor = question.actor
        born = self.born = holder.born
        # Somebody whose birth date is not known is neither: silence opens nothing.
        self.adult = born is not None and birthday(born, 18) <= day
        self.minor = born is not None and born <= day and not self.adult

    def reached(self, years: int) -> bool:
        """Say whether the holder has reached that age."""
        return self.born is not None and birthday(self.born, years) <= self.day

    def birthday(self, years: int) -> date | None:
        """Return the holder's birthday of that age, when the birth date is known."""
        return None if self.born is None else birthday(self.born, years)

    def until_adult(self, end: date | None) -> date | None:
        """Return the end of a thing that a child's 18th birthday ends too."""
        eighteenth = self.birthday(18) if self.minor else None
        return min((day for day in (end, eighteenth) if day), default=None)

    @property
    def teen(self) -> bool:
        """Say whether the holder is 16 or 17."""
        return self.minor and self.reached(16)

    def current(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows that hold on this day."""
        return (row for row in rows if holds(row, self.day))


def incapacitated(case: Case, ref: str, degree: Degree) -> Incapacitation | None:
    """Return the ruling that took away this person's capacity to that degree."""
    for row in case.facts.incapacitations:
        if row.person == ref and row.degree is degree and holds(row, case.day):
            return row
    return None


def authority_rows(case: Case, ref: str) -> list[Representation]:
    """Return the current rows that make this person a parent or guardian of the minor holder."""
    if not case.minor:
        return []
    return [
        row
        for row in case.facts.representations
        if row.person == ref and row.role is not Role.CURATOR and holds(row, case.day)
    ]


def represents(case: Case, ref: str) -> Representation | FosterCare | None:
    """Return the fact by which this person may act for the holder in matters of health.

    A parent or guardian of a minor, with full authority or co-deciding; a foster carer whose
    duties the court widened; the guardian of a fully incapacitated adult.
    """
    if case.adult:
        return _guardian_of_adult(case, ref)
    rows = authority_rows(case, ref)
    if any(row.authority not in SUFFICIENT for row in rows):
        return None
    if rows:
        return rows[0]
    foster = foster_carer(case, ref)
    return foster if foster is not None and foster.widened_to_health else None


def _guardian_of_adult(case: Case, ref: str) -> Representation | None:
    rows = [
        row
        for row in case.facts.representations
        if row.person == ref and row.role is Role.GUARDIAN and holds(row, case.day)
    ]
    if not rows or any(row.authority not in SUFFICIENT for row in rows):
        return None
    return rows[0] if incapacitated(case, case.holder.ref, Degree.FULL) else None


def foster_carer(case: Case, ref: str) -> FosterCare | None:
    """Return the current foster care of this person for the minor holder, the narrower first."""
    if not case.minor:
        return None
    rows = [row for row in case.facts.foster_care if row.carer == ref and holds(row, case.day)]
    return min(rows, key=lambda row: row.widened_to_health, default=None)


def own_title(case: Case) -> OwnTitle | None:
    """Return the ground on which the holder is insured by itself today."""
    return next(case.current(case.facts.own_titles), None)


def overtaken(case: Case, insurance: Insurance) -> OwnTitle | None:
    """Return the own title that ended this registration: it does not revive by itself."""
    for title in case.facts.own_titles:
        if title.since <= case.day and (title.until is None or insurance.registered < title.until):
            return title
    return None


def running(case: Case, insurance: Insurance) -> bool:
    """Say whether a registration is in force today, published or not."""
    started = insurance.registered <= case.day
    return started and (insurance.ended is None or case.day < insurance.ended)


def insures(case: Case, ref: str) -> Insurance | None:
    """Return the registration, published and in force, by which this person sees the child."""
    if not case.minor:
        return None
    for row in case.facts.insurances:
        if row.insurer != ref or not running(case, row) or overtaken(case, row):
            continue
        if row.published is not None and row.published <= case.day and _may_insure(case, ref):
            return row
    return None


def _may_insure(case: Case, ref: str) -> bool:
    """Say whether registering the child is enough for this person."""
    if represents(case, ref) is not None:
        return True
    if any(row.authority not in SUFFICIENT for row in authority_rows(case, ref)):
        return False
    if foster_carer(case, ref) is not None:
        return case.settings.foster_insurer_sees_account
    return not case.settings.insurer_must_represent


def opened_by_operator(case: Case, ref: str) -> Grant | None:
    """Return the operator's grant, made after a case with documents, to a representative."""
    for grant in case.facts.grants:
        if grant.by is None and grant.to == ref and holds(grant, case.day):
            return grant if represents(case, ref) is not None else None
    return None


def granted(case: Case, ref: str, path: tuple[str, ...] = ()) -> Grant | None:
    """Return the grant from another guardian by which this person sees the account."""
    for grant in case.facts.grants:
        if grant.by is None or grant.to != ref or not holds(grant, case.day):
            continue
        if accepted(case, grant) and grant_reaches(case, grant) and _stands(case, grant, path):
            return grant
    return None


def accepted(case: Case, grant: Grant) -> bool:
    """Say whether the other person has accepted the grant."""
    if not case.settings.grant_needs_acceptance:
        return True
    return grant.accepted is not None and grant.accepted <= case.day


def grant_reaches(case: Case, grant: Grant) -> bool:
    """Say whether the grant can work for the person it was made to."""
    if not has_used_account(case, grant.to):
        return False
    if case.adult:
        return incapacitated(case, case.holder.ref, Degree.FULL) is not None
    if not case.minor or own_title(case) is not None:
        return False
    if any(row.authority not in SUFFICIENT for row in authority_rows(case, grant.to)):
        return False
    return not case.settings.grantee_must_represent or represents(case, grant.to) is not None


def _stands(case: Case, grant: Grant, path: tuple[str, ...]) -> bool:
    """Say whether the grant stands by itself or still has the grantor's access to lean on."""
    if case.settings.representing_grantee_stands_alone and represents(case, grant.to) is not None:
        return True
    return grant.by is not None and account_ground(case, grant.by, (*path, grant.to)) is not None


def account_ground(case: Case, ref: str, path: tuple[str, ...] = ()) -> Insurance | Grant | None:
    """Return what opens the whole account to this person; ``path`` stops grants in a circle."""
    if ref in path:
        return None
    return insures(case, ref) or opened_by_operator(case, ref) or granted(case, ref, path)


def has_used_account(case: Case, ref: str) -> bool:
    """Say whether this person has ever used their own account."""
    person = case.facts.person(ref)
    return person is not None and person.first_login is not None and person.first_login <= case.day


def lapses(case: Case, row: Authorisation) -> date | None:
    """Return the first day on which an authorisation no longer holds, by its end or by setting."""
    months = case.settings.authorisation_months
    if row.until is not None or months is None:
        return row.until
    return add_months(max(row.given, row.since), months)


def in_time(case: Case, row: Authorisation) -> bool:
    """Say whether an authorisation runs today; it never begins before the day it was given."""
    end = lapses(case, row)
    return max(row.given, row.since) <= case.day and (end is None or case.day < end)


def giver_may(case: Case, row: Authorisation) -> bool:
    """Say whether the giver could give it: an adult holder, or a representative."""
    if row.by == case.holder.ref:
        of_age = case.birthday(18)
        return of_age is not None and of_age <= row.given
    return row.scope is not Scope.ACCOUNT_DATA and represents(case, row.by) is not None


def minor_agrees(case: Case, row: Authorisation) -> bool:
    """Say whether a 16- or 17-year-old agreed, where their own consent is needed too."""
    if not case.teen or row.scope is not Scope.HEALTH_INFORMATION:
        return True
    return row.minor_agreed is not None and row.minor_agreed <= case.day


def authorised(case: Case, ref: str, scope: Scope) -> Authorisation | None:
    """Return the authorisation of this scope that holds for this person today."""
    for row in case.facts.authorisations:
        if row.to != ref or row.scope is not scope or not in_time(case, row):
            continue
        if giver_may(case, row) and minor_agrees(case, row):
            return row
    return None

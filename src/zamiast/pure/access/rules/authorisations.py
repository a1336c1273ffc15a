"""Authorisations: separate kinds, each with its days, given by the holder or a representative."""

from __future__ import annotations

from collections.abc import Iterator

from zamiast.pure.access import sources
from zamiast.pure.access.case import (
    Case,
    authorised,
    giver_may,
    in_time,
    lapses,
    minor_agrees,
    represents,
)
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Authorisation, Scope
from zamiast.pure.access.question import KNOWING, Want
from zamiast.pure.access.rule import ACCOUNT_BEGAN, Does, Finding, rule
from zamiast.pure.access.rules.adult import parental_tie

SCOPES = {
    Want.SEE_ACCOUNT: Scope.ACCOUNT_DATA,
    Want.SEE_PRESCRIPTIONS: Scope.ACCOUNT_DATA,
    Want.SEE_REFERRALS: Scope.ACCOUNT_DATA,
    Want.SEE_DOCUMENTATION: Scope.DOCUMENTATION,
    Want.HEALTH_INFORMATION: Scope.HEALTH_INFORMATION,
}


def _to_actor(case: Case) -> Iterator[Authorisation]:
    return (row for row in case.facts.authorisations if row.to == case.actor)


def _of_scope(case: Case) -> Iterator[Authorisation]:
    scope = SCOPES[case.question.want]
    return (row for row in _to_actor(case) if row.scope is scope)


@rule(Does.OPENS, Code.AUTHORISED, KNOWING, source=sources.ARTICLE_7A, valid_from=ACCOUNT_BEGAN)
def authorised_by_statement(case: Case) -> Finding | None:
    """An authorised person sees what the statement is for, on the days it holds, and no more."""
    row = authorised(case, case.actor, SCOPES[case.question.want])
    return Finding((row,), lapses(case, row)) if row else None


@rule(
    Does.OPENS,
    Code.AUTHORISED_AFTER_DEATH,
    {Want.SEE_DOCUMENTATION},
    source=sources.RECORDS_AFTER_DEATH,
)
def authorised_after_death(case: Case) -> Finding | None:
    """An authorisation to the records given for after death goes on when the holder has died."""
    died = case.holder.died
    if died is None or died > case.day or case.question.want is not Want.SEE_DOCUMENTATION:
        return None
    row = authorised(case, case.actor, Scope.DOCUMENTATION)
    if row is None or not row.after_death or row.given > died:
        return None
    return Finding((row,), row.until)


@rule(
    Does.EXPLAINS,
    Code.NOT_AUTHORISED,
    KNOWING,
    source=sources.ARTICLE_7A,
    remedies=(Remedy.ASK_HOLDER, Remedy.AUTHORISE_ON_PAPER),
)
def not_authorised(case: Case) -> Finding | None:
    """An adult's account is seen by others only when the adult authorised them."""
    if not case.adult or parental_tie(case) or represents(case, case.actor):
        return None
    if any(grant.to == case.actor for grant in case.facts.grants):
        return None
    if any(_to_actor(case)) or any(t.person == case.actor for t in case.facts.professionals):
        return None
    return Finding((case.holder,))


@rule(
    Does.EXPLAINS,
    Code.AUTHORISED_FOR_OTHER_KIND,
    KNOWING,
    source=sources.ARTICLE_7A,
    remedies=(Remedy.ASK_HOLDER,),
)
def authorised_for_other_kind(case: Case) -> Finding | None:
    """Each kind of authorisation is a statement of its own; one does not include another."""
    if any(_of_scope(case)):
        return None
    row = next((row for row in _to_actor(case) if in_time(case, row)), None)
    return Finding((row,)) if row else None


@rule(
    Does.EXPLAINS,
    Code.AUTHORISATION_NOT_YET,
    KNOWING,
    source=sources.AUTHORISATION_START,
    remedies=(Remedy.WAIT,),
)
def authorisation_not_yet(case: Case) -> Finding | None:
    """An authorisation holds from its first day, which is never before the day it was given."""
    later = [row for row in _of_scope(case) if max(row.given, row.since) > case.day]
    if not later:
        return None
    first = min(later, key=lambda row: max(row.given, row.since))
    return Finding((first,), max(first.given, first.since))


@rule(
    Does.EXPLAINS,
    Code.AUTHORISATION_ENDED,
    KNOWING,
    source=sources.ARTICLE_7A,
    remedies=(Remedy.ASK_HOLDER,),
)
def authorisation_ended(case: Case) -> Finding | None:
    """An authorisation ends on its last day, or at once when it is withdrawn."""
    rows = [row for row in _of_scope(case) if max(row.given, row.since) <= case.day]
    if not rows or any(in_time(case, row) for row in rows):
        return None
    return Finding((max(rows, key=lambda row: lapses(case, row) or row.since),))


@rule(
    Does.EXPLAINS,
    Code.GIVER_NOT_REPRESENTATIVE,
    KNOWING,
    source=sources.TEEN_RECORDS,
    remedies=(Remedy.ASK_HOLDER, Remedy.ASK_REPRESENTATIVE),
    level=3,
)
def giver_not_representative(case: Case) -> Finding | None:
    """An authorisation counts only while the one who gave it is entitled to give it."""
    for row in _of_scope(case):
        if in_time(case, row) and not giver_may(case, row):
            return Finding((row,))
    return None


@rule(
    Does.EXPLAINS,
    Code.DOUBLE_CONSENT_MISSING,
    {Want.HEALTH_INFORMATION},
    source=sources.DOUBLE_CONSENT,
    remedies=(Remedy.ASK_MINOR_TO_AGREE,),
    level=3,
)
def double_consent_missing(case: Case) -> Finding | None:
    """At 16 and 17 telling a third person needs the young person's own consent as well."""
    for row in _of_scope(case):
        if in_time(case, row) and giver_may(case, row) and not minor_agrees(case, row):
            return Finding((row,), case.birthday(18))
    return None


@rule(
    Does.EXPLAINS,
    Code.TREATMENT_NOT_DELEGABLE,
    {Want.CONSENT_TO_TREATMENT},
    source=sources.ARTICLE_7A,
    remedies=(Remedy.ASK_FACILITY, Remedy.ASK_COURT),
)
def treatment_not_delegable(case: Case) -> Finding | None:
    """An adult consents to treatment in person: no authorisation passes that on."""
    return Finding((case.holder,)) if case.adult else None

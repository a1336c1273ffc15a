"""The account of an adult, seen by parents of a grown-up child, guardians and curators."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.calendar import holds
from zamiast.pure.access.case import Case, incapacitated, opened_by_operator, represents
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Degree, Fact, Role
from zamiast.pure.access.question import EVERYTHING, KNOWING, Want
from zamiast.pure.access.rule import Does, Finding, rule
from zamiast.pure.access.rules.child import MANAGING

OTHERS = EVERYTHING - {Want.LOG_IN, Want.WITHDRAW}


@rule(
    Does.EXPLAINS,
    Code.TURNED_18,
    OTHERS,
    source=sources.GUARDIAN_LIST,
    remedies=(Remedy.ASK_HOLDER, Remedy.APPLY_AS_GUARDIAN),
)
def turned_18(case: Case) -> Finding | None:
    """Parents lose access on the day of the child's 18th birthday."""
    tie = parental_tie(case)
    if not case.adult or tie is None or represents(case, case.actor) is not None:
        return None
    return Finding((case.holder, tie))


def parental_tie(case: Case) -> Fact | None:
    """Return what tied this person to the holder as a child."""
    eighteenth = case.birthday(18)
    if eighteenth is None:
        return None
    for row in case.facts.representations:
        if row.person == case.actor and row.role is Role.PARENT:
            return row
    for insurance in case.facts.insurances:
        if insurance.insurer == case.actor and insurance.registered < eighteenth:
            return insurance
    for grant in case.facts.grants:
        if grant.to == case.actor and grant.since < eighteenth:
            return grant
    for foster in case.facts.foster_care:
        if foster.carer == case.actor:
            return foster
    return None


@rule(
    Does.EXPLAINS,
    Code.GUARDIAN_NOT_OPENED,
    MANAGING,
    source=sources.BOTH_PARENTS,
    remedies=(Remedy.APPLY_AS_GUARDIAN,),
)
def guardian_not_opened(case: Case) -> Finding | None:
    """The guardian of a fully incapacitated adult applies for access, with the court's paper."""
    if not case.adult or opened_by_operator(case, case.actor) is not None:
        return None
    if incapacitated(case, case.holder.ref, Degree.PARTIAL) is not None:
        return None
    for row in case.facts.representations:
        if row.person == case.actor and row.role is Role.GUARDIAN and holds(row, case.day):
            return Finding((row,))
    return None


@rule(
    Does.EXPLAINS,
    Code.PARTLY_INCAPACITATED,
    OTHERS,
    source=sources.REPRESENTATIVES,
    remedies=(Remedy.ASK_HOLDER, Remedy.SHOW_RULING),
    level=3,
)
def partly_incapacitated(case: Case) -> Finding | None:
    """A partly incapacitated adult logs in alone; a curator does not see the account by office."""
    ruling = incapacitated(case, case.holder.ref, Degree.PARTIAL)
    if not case.adult or ruling is None or incapacitated(case, case.holder.ref, Degree.FULL):
        return None
    for row in case.facts.representations:
        if row.person == case.actor and row.role is not Role.PARENT and holds(row, case.day):
            return Finding((ruling, row))
    return None


@rule(
    Does.EXPLAINS,
    Code.NO_ROUTE_FOR_ADULT,
    KNOWING,
    source=sources.GAP_GROUP,
    remedies=(Remedy.AUTHORISE_ON_PAPER, Remedy.ASK_COURT),
    level=3,
)
def no_route_for_adult(case: Case) -> Finding | None:
    """An adult who cannot log in and has no guardian: there is no way into the account yet."""
    if not case.adult or not case.holder.unable_to_log_in:
        return None
    return None if incapacitated(case, case.holder.ref, Degree.FULL) else Finding((case.holder,))

"""Representation in law: being told, consenting to treatment, authorising others."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.case import Case, authority_rows, foster_carer, represents
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.question import Want
from zamiast.pure.access.rule import Does, Finding, rule
from zamiast.pure.access.rules.child import MANAGING, insurer_not_representative

BY_LAW = frozenset({Want.HEALTH_INFORMATION, Want.CONSENT_TO_TREATMENT})


@rule(Does.OPENS, Code.REPRESENTS_IN_LAW, BY_LAW, source=sources.OMBUDSMAN)
def represents_in_law(case: Case) -> Finding | None:
    """A parent with full or co-deciding authority, or a guardian, is told and decides."""
    row = represents(case, case.actor)
    return Finding((row,), case.until_adult(row.until)) if row else None


@rule(Does.OPENS, Code.MAY_AUTHORISE, {Want.AUTHORISE}, source=sources.TEEN_RECORDS)
def may_authorise(case: Case) -> Finding | None:
    """Only the representative in law authorises others for a child or ward."""
    row = represents(case, case.actor)
    return Finding((row,), row.until) if row else None


@rule(
    Does.EXPLAINS,
    Code.NOT_REPRESENTATIVE,
    MANAGING | BY_LAW | {Want.AUTHORISE, Want.ACCEPT_GRANT},
    source=sources.LOST_ACCESS,
    remedies=(Remedy.SHOW_RULING, Remedy.ASK_REPRESENTATIVE, Remedy.CORRECT_LINK),
)
def not_representative(case: Case) -> Finding | None:
    """Who is neither parent with authority nor guardian does not act for the child."""
    if not case.minor or authority_rows(case, case.actor) or foster_carer(case, case.actor):
        return None
    if case.question.want in MANAGING and insurer_not_representative(case) is not None:
        return None
    if any(tie.person == case.actor for tie in case.facts.professionals):
        return None
    return Finding((case.holder,))

"""Access that was given: by the other guardian, or by the operator after a case with documents."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.calendar import holds
from zamiast.pure.access.case import (
    Case,
    accepted,
    grant_reaches,
    granted,
    has_used_account,
    opened_by_operator,
)
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Grant
from zamiast.pure.access.question import SEEING, Want
from zamiast.pure.access.rule import ACCOUNT_BEGAN, Does, Finding, rule
from zamiast.pure.access.rules.child import MANAGING


@rule(Does.OPENS, Code.GRANTED, SEEING, source=sources.BOTH_PARENTS, valid_from=ACCOUNT_BEGAN)
def granted_by_guardian(case: Case) -> Finding | None:
    """A second guardian, added by the first, has equal rights, if they use their own account."""
    grant = granted(case, case.actor)
    return Finding((grant,), case.until_adult(grant.until)) if grant else None


@rule(
    Does.OPENS,
    Code.OPENED_BY_OPERATOR,
    SEEING,
    source=sources.QUESTIONS,
    valid_from=ACCOUNT_BEGAN,
)
def opened_after_documents(case: Case) -> Finding | None:
    """The operator opens the account to a parent or guardian whose documents were checked."""
    grant = opened_by_operator(case, case.actor)
    return Finding((grant,), grant.until) if grant else None


def _to_actor(case: Case) -> list[Grant]:
    grants = case.facts.grants
    return [g for g in grants if g.to == case.actor and g.by is not None and g.since <= case.day]


@rule(
    Does.EXPLAINS,
    Code.GRANT_ENDED,
    MANAGING,
    source=sources.GUARDIAN_LIST,
    remedies=(Remedy.ASK_GRANTOR, Remedy.SHOW_RULING),
    level=3,
)
def grant_ended(case: Case) -> Finding | None:
    """A grant ends when its grantor withdraws it, at any time."""
    rows = [grant for grant in case.facts.grants if grant.to == case.actor]
    ended = [g for g in rows if g.until is not None and g.since < g.until <= case.day]
    if not ended or case.adult or any(holds(grant, case.day) for grant in rows):
        return None
    return Finding((max(ended, key=lambda grant: grant.until or case.day),))


@rule(
    Does.EXPLAINS,
    Code.GRANT_NOT_ACCEPTED,
    MANAGING,
    source=sources.INFERENCE,
    setting="grant_needs_acceptance",
    remedies=(Remedy.ACCEPT_INVITATION,),
)
def grant_not_accepted(case: Case) -> Finding | None:
    """An invitation opens the account when the invited person has typed its pairing code."""
    for grant in case.current(_to_actor(case)):
        if not accepted(case, grant):
            return Finding((grant,), grant.until)
    return None


@rule(
    Does.EXPLAINS,
    Code.ACCOUNT_NEVER_USED,
    MANAGING | {Want.ACCEPT_GRANT},
    source=sources.BOTH_PARENTS,
    remedies=(Remedy.LOG_IN_ONCE,),
)
def account_never_used(case: Case) -> Finding | None:
    """Only a person who already uses their own account can be added."""
    if has_used_account(case, case.actor):
        return None
    grant = next(case.current(_to_actor(case)), None)
    return Finding((grant,)) if grant else None


@rule(
    Does.EXPLAINS,
    Code.GRANTOR_LOST_ACCESS,
    MANAGING,
    source=sources.INFERENCE,
    setting="representing_grantee_stands_alone",
    remedies=(Remedy.ASK_GRANTOR, Remedy.SHOW_RULING),
    level=3,
)
def grantor_lost_access(case: Case) -> Finding | None:
    """A grant that leans on the grantor's own access ends together with it."""
    if granted(case, case.actor) is not None:
        return None
    for grant in case.current(_to_actor(case)):
        if accepted(case, grant) and grant_reaches(case, grant):
            return Finding((grant,))
    return None

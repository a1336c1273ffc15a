"""Changing who has access: inviting a second guardian, accepting, withdrawing."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.case import (
    Case,
    account_ground,
    grant_reaches,
    incapacitated,
    insures,
    opened_by_operator,
    represents,
)
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Degree, Grant
from zamiast.pure.access.question import Want
from zamiast.pure.access.rule import ACCOUNT_BEGAN, Does, Finding, rule


@rule(
    Does.OPENS,
    Code.MAY_INVITE,
    {Want.INVITE_GUARDIAN},
    source=sources.GUARDIAN_LIST,
    valid_from=ACCOUNT_BEGAN,
)
def may_invite(case: Case) -> Finding | None:
    """Who has the child's account open, or a ward's, may add a second guardian."""
    ground = account_ground(case, case.actor)
    return Finding((ground,), case.until_adult(None)) if ground else None


@rule(
    Does.OPENS,
    Code.MAY_ACCEPT,
    {Want.ACCEPT_GRANT},
    source=sources.BOTH_PARENTS,
    valid_from=ACCOUNT_BEGAN,
)
def may_accept(case: Case) -> Finding | None:
    """The invited person accepts, if they use their own account and represent the child."""
    for grant in case.current(case.facts.grants):
        offered = grant.accepted is None or case.day < grant.accepted
        if grant.to == case.actor and grant.by and offered and grant_reaches(case, grant):
            return Finding((grant,), grant.until)
    return None


def _grants_to_other(case: Case) -> list[Grant]:
    about = case.question.about
    return [g for g in case.current(case.facts.grants) if g.to == about and g.by is not None]


@rule(
    Does.OPENS,
    Code.MAY_WITHDRAW,
    {Want.WITHDRAW},
    own=None,
    source=sources.GUARDIAN_LIST,
    valid_from=ACCOUNT_BEGAN,
)
def may_withdraw(case: Case) -> Finding | None:
    """Who gave access takes it back, at any time."""
    if case.question.own and not (case.adult and _acts_alone(case)):
        return None
    any_guardian = not case.settings.only_grantor_withdraws
    for grant in _grants_to_other(case):
        if grant.by == case.actor or (any_guardian and account_ground(case, case.actor)):
            return Finding((grant,))
    return _own_statement(case) or _own_professional(case)


def _acts_alone(case: Case) -> bool:
    return incapacitated(case, case.actor, Degree.FULL) is None


def _own_statement(case: Case) -> Finding | None:
    """Find an authorisation that the actor gave to the other person and that still runs."""
    for row in case.facts.authorisations:
        given = row.by == case.actor and row.to == case.question.about and row.given <= case.day
        if given and (row.until is None or case.day < row.until):
            return Finding((row,))
    return None


def _own_professional(case: Case) -> Finding | None:
    if not case.question.own:
        return None
    for tie in case.current(case.facts.professionals):
        if tie.person == case.question.about:
            return Finding((tie,))
    return None


def _entitled(case: Case) -> bool:
    """Say whether the actor may learn at all on what another person's access rests."""
    return represents(case, case.actor) is not None or account_ground(case, case.actor) is not None


@rule(
    Does.EXPLAINS,
    Code.NEEDS_RULING,
    {Want.WITHDRAW},
    source=sources.DIVORCE_RULING,
    remedies=(Remedy.SHOW_RULING, Remedy.ASK_COURT, Remedy.ASK_SPECIALIST),
    level=3,
)
def needs_ruling(case: Case) -> Finding | None:
    """Access from insurance or from law ends by a ruling, not by the other parent's wish."""
    about = case.question.about
    if about is None or about == case.actor or not _entitled(case):
        return None
    row = insures(case, about) or opened_by_operator(case, about) or represents(case, about)
    return Finding((row,)) if row else None


@rule(
    Does.EXPLAINS,
    Code.NOT_THE_GRANTOR,
    {Want.WITHDRAW},
    source=sources.INFERENCE,
    remedies=(Remedy.ASK_GRANTOR, Remedy.ASK_SPECIALIST),
    setting="only_grantor_withdraws",
    level=3,
)
def not_the_grantor(case: Case) -> Finding | None:
    """A grant is taken back by the person who gave it."""
    if not _entitled(case):
        return None
    for grant in _grants_to_other(case):
        if grant.by != case.actor:
            return Finding((grant,))
    return None


@rule(
    Does.EXPLAINS,
    Code.NOTHING_TO_WITHDRAW,
    {Want.WITHDRAW},
    own=None,
    source=sources.GUARDIAN_LIST,
    remedies=(Remedy.CHECK_GRANTS,),
)
def nothing_to_withdraw(case: Case) -> Finding | None:
    """There is no access of that person that the actor gave."""
    if case.question.own and not case.adult:
        return None
    hidden = needs_ruling(case) is None and not_the_grantor(case) is None
    return Finding() if hidden else None

"""What closes an account, whatever opens it."""

from __future__ import annotations

from datetime import date

from zamiast.pure.access import sources
from zamiast.pure.access.calendar import birthday
from zamiast.pure.access.case import Case, authority_rows, incapacitated
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Authority, Degree, Freeze, ProtectedAddress
from zamiast.pure.access.question import EVERYTHING, SEEING, Want
from zamiast.pure.access.rule import Does, Finding, rule
from zamiast.pure.access.rules.authorisations import authorised_after_death

# Withdrawing makes less visible, so a protected address must never stand in its way.
SHOWING = EVERYTHING - {Want.WITHDRAW}
BY_AUTHORITY = EVERYTHING - {Want.LOG_IN}


@rule(
    Does.CLOSES,
    Code.HOLDER_DIED,
    EVERYTHING,
    own=None,
    source=sources.RECORDS_AFTER_DEATH,
    remedies=(Remedy.ASK_FACILITY, Remedy.ASK_SPECIALIST),
    level=3,
)
def holder_died(case: Case) -> Finding | None:
    """Death closes the account; only an authorisation to the records can outlive it."""
    if not _dead(case.holder.died, case.day) or authorised_after_death(case):
        return None
    return Finding((case.holder,))


@rule(
    Does.CLOSES,
    Code.ACTOR_DIED,
    EVERYTHING,
    source=sources.RECORDS_AFTER_DEATH,
    remedies=(Remedy.ASK_SPECIALIST,),
    level=3,
)
def actor_died(case: Case) -> Finding | None:
    """Nobody acts from the account of a person who died."""
    actor = case.facts.person(case.actor)
    return Finding((actor,)) if actor and _dead(actor.died, case.day) else None


def _dead(died: date | None, day: date) -> bool:
    return died is not None and died <= day


@rule(
    Does.CLOSES,
    Code.ACTOR_CANNOT_LOG_IN,
    SEEING | {Want.INVITE_GUARDIAN, Want.ACCEPT_GRANT, Want.WITHDRAW, Want.AUTHORISE},
    source=sources.NO_LOGIN_WHEN_INCAPACITATED,
    remedies=(Remedy.ASK_SPECIALIST,),
    level=3,
)
def actor_cannot_log_in(case: Case) -> Finding | None:
    """Who may not log in to the own account cannot open another from there."""
    ruling = incapacitated(case, case.actor, Degree.FULL)
    if ruling:
        return Finding((ruling,), ruling.until)
    actor = case.facts.person(case.actor)
    if actor is None or actor.born is None:
        return None
    sixteenth = birthday(actor.born, 16)
    return Finding((actor,), sixteenth) if case.day < sixteenth else None


@rule(
    Does.CLOSES,
    Code.FROZEN,
    EVERYTHING,
    own=None,
    source=sources.EMERGENCY_FREEZE,
    setting="freeze_closes",
    remedies=(Remedy.ASK_SPECIALIST,),
    level=3,
)
def frozen(case: Case) -> Finding | None:
    """A freeze stops one person, or everybody but the holder, until it is lifted."""
    if not case.settings.freeze_closes:
        return None
    for freeze in case.current(case.facts.freezes):
        if _hits(freeze, case):
            return Finding((freeze,), freeze.until)
    return None


def _hits(freeze: Freeze, case: Case) -> bool:
    return freeze.person == case.actor or (freeze.person is None and not case.question.own)


@rule(
    Does.CLOSES,
    Code.PROTECTED_ADDRESS,
    SHOWING,
    source=sources.PROTECTED,
    setting="protected_address_hides",
    remedies=(Remedy.ASK_SPECIALIST,),
    level=3,
)
def protected_address(case: Case) -> Finding | None:
    """A person whose address is protected is shown to nobody else."""
    row = _protected(case, case.holder.ref)
    return Finding((row,), row.until) if row else None


@rule(
    Does.CLOSES,
    Code.ACTOR_PROTECTED,
    SHOWING,
    source=sources.PROTECTED,
    setting="protected_address_hides",
    remedies=(Remedy.ASK_SPECIALIST,),
    level=3,
)
def actor_protected(case: Case) -> Finding | None:
    """A person whose address is protected opens no other account."""
    row = _protected(case, case.actor)
    return Finding((row,), row.until) if row else None


def _protected(case: Case, ref: str) -> ProtectedAddress | None:
    if not case.settings.protected_address_hides:
        return None
    rows = case.current(case.facts.protected_addresses)
    return next((row for row in rows if row.person == ref), None)


@rule(
    Does.CLOSES,
    Code.AUTHORITY_TAKEN_AWAY,
    BY_AUTHORITY,
    source=sources.AUTHORITY_LAPSES,
    remedies=(Remedy.SHOW_RULING, Remedy.ASK_COURT),
    level=3,
)
def authority_taken_away(case: Case) -> Finding | None:
    """A parent whose authority a court took away does not act for the child."""
    return _authority(case, Authority.TAKEN_AWAY)


@rule(
    Does.CLOSES,
    Code.AUTHORITY_SUSPENDED,
    BY_AUTHORITY,
    source=sources.AUTHORITY_LAPSES,
    remedies=(Remedy.SHOW_RULING, Remedy.ASK_COURT),
    level=3,
)
def authority_suspended(case: Case) -> Finding | None:
    """A parent whose authority is suspended does not act for the child meanwhile."""
    return _authority(case, Authority.SUSPENDED)


@rule(
    Does.CLOSES,
    Code.AUTHORITY_LIMITED,
    BY_AUTHORITY,
    source=sources.OMBUDSMAN,
    remedies=(Remedy.SHOW_RULING,),
    level=3,
)
def authority_limited(case: Case) -> Finding | None:
    """Authority limited in another way than to co-deciding: the ruling must be read first."""
    return _authority(case, Authority.LIMITED)


def _authority(case: Case, authority: Authority) -> Finding | None:
    for row in authority_rows(case, case.actor):
        if row.authority is authority:
            return Finding((row,), row.until)
    return None

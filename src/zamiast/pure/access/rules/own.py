"""A person's own account: nothing below 16, a reduced list at 16 and 17, everything at 18."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.case import Case, incapacitated
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Degree
from zamiast.pure.access.question import EVERYTHING, KNOWING, Want
from zamiast.pure.access.rule import ACCOUNT_BEGAN, Does, Finding, rule

ADULTS_OWN = KNOWING | {Want.LOG_IN, Want.AUTHORISE, Want.CONSENT_TO_TREATMENT}
TEENS_OWN = KNOWING | {Want.LOG_IN}


@rule(
    Does.OPENS,
    Code.OWN_ACCOUNT,
    ADULTS_OWN,
    own=True,
    source=sources.KNOW_YOUR_ACCOUNT,
    valid_from=ACCOUNT_BEGAN,
)
def own_account(case: Case) -> Finding | None:
    """An adult uses the own account in full, unless fully incapacitated."""
    if not case.adult or incapacitated(case, case.actor, Degree.FULL):
        return None
    return Finding((case.holder,))


@rule(
    Does.OPENS,
    Code.OWN_ACCOUNT_TEEN,
    TEENS_OWN,
    own=True,
    source=sources.TEENAGER,
    valid_from=ACCOUNT_BEGAN,
)
def own_account_teen(case: Case) -> Finding | None:
    """At 16 and 17 one logs in and sees the own history, with a reduced list of functions."""
    if not case.teen or incapacitated(case, case.actor, Degree.FULL):
        return None
    return Finding((case.holder,), case.birthday(18))


@rule(
    Does.EXPLAINS,
    Code.BELOW_16,
    EVERYTHING - {Want.CONSENT_TO_TREATMENT},
    own=True,
    source=sources.TEENAGER,
    remedies=(Remedy.WAIT, Remedy.ASK_REPRESENTATIVE),
)
def below_16(case: Case) -> Finding | None:
    """Below 16 nobody logs in, not even with an identity card or a passport."""
    if not case.minor or case.reached(16):
        return None
    return Finding((case.holder,), case.birthday(16))


@rule(
    Does.EXPLAINS,
    Code.TEEN_MAY_NOT_CONSENT,
    {Want.CONSENT_TO_TREATMENT},
    own=True,
    source=sources.TEENAGER,
    remedies=(Remedy.ASK_REPRESENTATIVE,),
)
def teen_may_not_consent(case: Case) -> Finding | None:
    """Below 18 nobody consents to treatment in the account alone."""
    return Finding((case.holder,), case.birthday(18)) if case.minor else None


@rule(
    Does.EXPLAINS,
    Code.TEEN_MAY_NOT_AUTHORISE,
    {Want.AUTHORISE},
    own=True,
    source=sources.TEENAGER,
    remedies=(Remedy.WAIT, Remedy.ASK_REPRESENTATIVE),
)
def teen_may_not_authorise(case: Case) -> Finding | None:
    """At 16 and 17 one may not authorise others."""
    return Finding((case.holder,), case.birthday(18)) if case.teen else None


@rule(
    Does.EXPLAINS,
    Code.TEEN_CANNOT_SHUT_OUT_PARENT,
    {Want.WITHDRAW},
    own=True,
    source=sources.TEEN_RECORDS,
    remedies=(Remedy.WAIT, Remedy.ASK_SPECIALIST),
)
def teen_cannot_shut_out_parent(case: Case) -> Finding | None:
    """A 16- or 17-year-old cannot shut the parents out."""
    return Finding((case.holder,), case.birthday(18)) if case.teen else None


@rule(
    Does.EXPLAINS,
    Code.FULLY_INCAPACITATED,
    EVERYTHING,
    own=True,
    source=sources.NO_LOGIN_WHEN_INCAPACITATED,
    remedies=(Remedy.APPLY_AS_GUARDIAN,),
    level=3,
)
def fully_incapacitated(case: Case) -> Finding | None:
    """A fully incapacitated person cannot have the means to log in; the guardian acts."""
    ruling = incapacitated(case, case.actor, Degree.FULL)
    return Finding((ruling,), ruling.until) if ruling else None


@rule(
    Does.EXPLAINS,
    Code.USE_AUTHORISATION_INSTEAD,
    {Want.INVITE_GUARDIAN, Want.ACCEPT_GRANT},
    own=True,
    source=sources.ARTICLE_7A,
    remedies=(Remedy.AUTHORISE_ADULT,),
)
def use_authorisation_instead(case: Case) -> Finding | None:
    """An adult's own account has no guardians: one authorises somebody instead."""
    return Finding((case.holder,)) if case.adult else None


@rule(
    Does.EXPLAINS,
    Code.LOGIN_IS_PERSONAL,
    {Want.LOG_IN},
    source=sources.NO_LOGIN_WHEN_INCAPACITATED,
    remedies=(Remedy.SWITCH_FROM_OWN_ACCOUNT,),
)
def login_is_personal(case: Case) -> Finding | None:
    """Nobody logs in as somebody else, not even a parent or guardian: one switches instead."""
    return Finding((case.holder,))

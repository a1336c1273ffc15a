"""What is worth saying besides the answer, above all what does *not* change it."""

from __future__ import annotations

from zamiast.pure.access import sources
from zamiast.pure.access.case import Case, account_ground, represents
from zamiast.pure.access.codes import Code
from zamiast.pure.access.facts import Event
from zamiast.pure.access.question import KNOWING, SEEING, Want
from zamiast.pure.access.rule import Does, Finding, rule

FAMILY = KNOWING | {Want.WITHDRAW}


@rule(
    Does.NOTES,
    Code.TRUSTED_PROFILE_NOT_ENOUGH,
    {Want.LOG_IN},
    own=True,
    source=sources.TRUSTED_PROFILE_AT_13,
)
def trusted_profile_not_enough(case: Case) -> Finding | None:
    """A Trusted Profile can be had at 13, and does not open the account before 16."""
    if not case.reached(13) or case.reached(16):
        return None
    return Finding((case.holder,), case.birthday(16))


@rule(
    Does.NOTES,
    Code.FILL_OWN_CONTACT_DATA,
    {Want.LOG_IN, Want.SEE_ACCOUNT},
    own=True,
    source=sources.TEENAGER,
)
def fill_own_contact_data(case: Case) -> Finding | None:
    """Before the 18th birthday a young person enters the own telephone and e-mail."""
    if not case.teen or not case.reached(17):
        return None
    return Finding((case.holder,), case.birthday(18))


@rule(Does.NOTES, Code.KEEPS_RIGHT_TO_RECORDS, SEEING, source=sources.OMBUDSMAN)
def keeps_right_to_records(case: Case) -> Finding | None:
    """A parent with authority may have the records from the facility, whoever insures."""
    row = represents(case, case.actor) if case.minor else None
    if row is None or account_ground(case, case.actor) is not None:
        return None
    return Finding((row,))


@rule(Does.NOTES, Code.DOUBLE_CONSENT_NEEDED, {Want.AUTHORISE}, source=sources.DOUBLE_CONSENT)
def double_consent_needed(case: Case) -> Finding | None:
    """From 16 the child's own consent is needed too, to tell a third person about its health."""
    if not case.teen or represents(case, case.actor) is None:
        return None
    return Finding((case.holder,), case.birthday(18))


def _happened(case: Case, event: Event) -> Finding | None:
    for row in case.facts.circumstances:
        concerned = row.person in (case.actor, case.question.about)
        if row.event is event and concerned and row.since <= case.day:
            return Finding((row,))
    return None


@rule(
    Does.NOTES,
    Code.DIVORCE_CHANGES_NOTHING,
    FAMILY,
    source=sources.DIVORCE_RULING,
    level=3,
)
def divorce_changes_nothing(case: Case) -> Finding | None:
    """Divorce alone takes nothing away: what counts is what the court said about authority."""
    return _happened(case, Event.DIVORCE)


@rule(
    Does.NOTES,
    Code.CONVICTION_CHANGES_NOTHING,
    FAMILY,
    source=sources.DIVORCE_RULING,
    level=3,
)
def conviction_changes_nothing(case: Case) -> Finding | None:
    """A criminal conviction by itself does not take parental authority away."""
    return _happened(case, Event.CONVICTION)


@rule(
    Does.NOTES,
    Code.OBJECTION_CHANGES_NOTHING,
    FAMILY,
    source=sources.OBJECTION,
    level=3,
)
def objection_changes_nothing(case: Case) -> Finding | None:
    """One parent's objection has no effect on the other's rights."""
    return _happened(case, Event.OBJECTION)

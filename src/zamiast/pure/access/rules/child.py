"""The account of a child: who insures it sees it, once that is published, and why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from zamiast.pure.access import sources
from zamiast.pure.access.case import (
    Case,
    authority_rows,
    foster_carer,
    insures,
    overtaken,
    own_title,
    represents,
    running,
)
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Insurance, InsuranceEnd
from zamiast.pure.access.question import SEEING, Want
from zamiast.pure.access.rule import ACCOUNT_BEGAN, Does, Finding, rule

MANAGING = SEEING | {Want.INVITE_GUARDIAN}


@rule(
    Does.OPENS,
    Code.INSURES_CHILD,
    SEEING,
    source=sources.GUARDIAN_LIST,
    valid_from=ACCOUNT_BEGAN,
)
def insuring_parent(case: Case) -> Finding | None:
    """The parent who registered the child for insurance sees the account, once it is published."""
    insurance = insures(case, case.actor)
    return Finding((insurance,), case.until_adult(insurance.ended)) if insurance else None


def actors_insurances(case: Case) -> list[Insurance]:
    """Return the registrations by a parent or guardian who may act for the child, up to today."""
    if not case.minor or represents(case, case.actor) is None:
        return []
    rows = case.facts.insurances
    return [row for row in rows if row.insurer == case.actor and row.registered <= case.day]


def _pending(case: Case, overdue: Callable[[Insurance], bool]) -> Finding | None:
    """Find a registration in force that is not published, on the asked side of the delay."""
    for row in actors_insurances(case):
        published = row.published is not None and row.published <= case.day
        if published or not running(case, row) or overtaken(case, row) or not overdue(row):
            continue
        latest = row.registered + timedelta(days=case.settings.publication_days)
        return Finding((row,), row.published or latest)
    return None


@rule(
    Does.EXPLAINS,
    Code.NOT_PUBLISHED_YET,
    MANAGING,
    source=sources.NFZ_GUIDE,
    remedies=(Remedy.WAIT, Remedy.CHECK_ZUS_ACCOUNT),
)
def not_published_yet(case: Case) -> Finding | None:
    """A registration shows in the account within 21 days."""
    delay = timedelta(days=case.settings.publication_days)
    return _pending(case, lambda row: case.day < row.registered + delay)


@rule(
    Does.EXPLAINS,
    Code.PUBLICATION_OVERDUE,
    MANAGING,
    source=sources.NFZ_GUIDE,
    remedies=(Remedy.CHECK_ZUS_ACCOUNT, Remedy.ASK_NFZ_BRANCH),
)
def publication_overdue(case: Case) -> Finding | None:
    """A registration that has not shown after 21 days is cleared with the NFZ branch."""
    delay = timedelta(days=case.settings.publication_days)
    finding = _pending(case, lambda row: case.day >= row.registered + delay)
    return Finding(finding.facts) if finding else None


def _ended(case: Case, because: InsuranceEnd) -> Finding | None:
    """Find the last registration, when it ended for that reason and no other is in force."""
    rows = actors_insurances(case)
    if not rows or any(running(case, row) for row in rows):
        return None
    last = max(rows, key=lambda row: row.ended or row.registered)
    return Finding((last,)) if last.ended_by is because else None


@rule(
    Does.EXPLAINS,
    Code.JOB_CHANGED,
    MANAGING,
    source=sources.NFZ_JOB_CHANGE,
    remedies=(Remedy.REGISTER_CHILD_AGAIN, Remedy.CHECK_ZUS_ACCOUNT),
)
def job_changed(case: Case) -> Finding | None:
    """A change of job takes the child out of insurance: the new payer must register it again."""
    return _ended(case, InsuranceEnd.JOB_CHANGE)


@rule(
    Does.EXPLAINS,
    Code.INSURANCE_ENDED,
    MANAGING,
    source=sources.LOST_ACCESS,
    remedies=(Remedy.REGISTER_CHILD_AGAIN, Remedy.CHECK_ZUS_ACCOUNT),
)
def insurance_ended(case: Case) -> Finding | None:
    """Access ends with the registration for insurance that opened it."""
    return _ended(case, InsuranceEnd.OTHER)


@rule(
    Does.EXPLAINS,
    Code.OWN_TITLE,
    MANAGING,
    source=sources.LOST_ACCESS,
    remedies=(Remedy.WRITE_TO_CEZ,),
    level=3,
)
def has_own_title(case: Case) -> Finding | None:
    """A child insured on its own ground (job, pension, scholarship) leaves the parent's account."""
    title = own_title(case)
    if title is None or represents(case, case.actor) is None or not case.minor:
        return None
    return Finding((title,))


@rule(
    Does.EXPLAINS,
    Code.OWN_TITLE_ENDED,
    MANAGING,
    source=sources.SEASONAL_JOB,
    remedies=(Remedy.REGISTER_CHILD_AGAIN,),
)
def own_title_ended(case: Case) -> Finding | None:
    """After the child's own insurance ends, the parent must register it again within 7 days."""
    if own_title(case) is not None:
        return None
    for row in actors_insurances(case):
        title = overtaken(case, row) if running(case, row) else None
        if title is not None and title.until is not None:
            return Finding((row, title), title.until + timedelta(days=7))
    return None


@rule(
    Does.EXPLAINS,
    Code.OTHER_PARENT_INSURES,
    MANAGING,
    source=sources.LOST_ACCESS,
    remedies=(Remedy.ASK_OTHER_PARENT, Remedy.REGISTER_CHILD),
    level=3,
)
def other_parent_insures(case: Case) -> Finding | None:
    """The other parent registered the child and has not added this one."""
    row = _insured_by_another(case)
    return Finding((row,)) if row and represents(case, case.actor) else None


def _insured_by_another(case: Case) -> Insurance | None:
    if not case.minor:
        return None
    for row in case.facts.insurances:
        if row.insurer != case.actor and running(case, row) and not overtaken(case, row):
            return row
    return None


@rule(
    Does.EXPLAINS,
    Code.DID_NOT_REGISTER,
    MANAGING,
    source=sources.LOST_ACCESS,
    remedies=(Remedy.REGISTER_CHILD, Remedy.CHECK_ZUS_ACCOUNT),
)
def did_not_register(case: Case) -> Finding | None:
    """A parent who did not register the child for insurance does not see the account."""
    row = represents(case, case.actor) if case.minor else None
    return Finding((row,)) if row and not actors_insurances(case) else None


@rule(
    Does.EXPLAINS,
    Code.INSURER_NOT_REPRESENTATIVE,
    MANAGING,
    source=sources.LOST_ACCESS,
    remedies=(Remedy.ASK_REPRESENTATIVE, Remedy.SHOW_RULING, Remedy.CORRECT_LINK),
)
def insurer_not_representative(case: Case) -> Finding | None:
    """Insuring a grandchild or a spouse's child does not make one its representative."""
    if not case.minor or authority_rows(case, case.actor) or foster_carer(case, case.actor):
        return None
    for row in case.facts.insurances:
        if row.insurer == case.actor and running(case, row):
            return Finding((row,))
    return None


@rule(
    Does.EXPLAINS,
    Code.FOSTER_DAY_TO_DAY_ONLY,
    MANAGING | {Want.HEALTH_INFORMATION, Want.CONSENT_TO_TREATMENT, Want.AUTHORISE},
    source=sources.FOSTER,
    remedies=(Remedy.ASK_COURT_TO_WIDEN, Remedy.ASK_REPRESENTATIVE),
    level=3,
)
def foster_day_to_day_only(case: Case) -> Finding | None:
    """A foster carer acts in day-to-day matters only, unless a court widens that to health."""
    foster = foster_carer(case, case.actor)
    if foster is None or represents(case, case.actor) is not None:
        return None
    return Finding((foster,), foster.until)

"""Professionals: primary care by law, others by the holder's leave, pharmacists prescriptions only.

The 24-hour access of ambulance crews and the 24-hour code by SMS live in the professional's
own system and are not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from zamiast.pure.access import sources
from zamiast.pure.access.case import Case
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Profession, ProfessionalTie
from zamiast.pure.access.question import SEEING, Want
from zamiast.pure.access.rule import ACCOUNT_BEGAN, Does, Finding, rule


def _ties(case: Case) -> Iterator[ProfessionalTie]:
    return (tie for tie in case.current(case.facts.professionals) if tie.person == case.actor)


@rule(
    Does.OPENS,
    Code.PRIMARY_CARE,
    SEEING,
    source=sources.PROFESSIONALS,
    setting="primary_care_sees_all",
    valid_from=ACCOUNT_BEGAN,
)
def primary_care(case: Case) -> Finding | None:
    """The doctor, nurse and midwife chosen for primary care see the account."""
    if not case.settings.primary_care_sees_all:
        return None
    for tie in _ties(case):
        if tie.profession is Profession.PRIMARY_CARE:
            return Finding((tie,), tie.until)
    return None


@rule(
    Does.OPENS,
    Code.INVITED_PROFESSIONAL,
    SEEING,
    source=sources.PROFESSIONALS,
    setting="invited_professional_sees",
    valid_from=ACCOUNT_BEGAN,
)
def invited_professional(case: Case) -> Finding | None:
    """A professional whom the holder let in sees the account; a pharmacist only prescriptions."""
    if not case.settings.invited_professional_sees:
        return None
    for tie in _ties(case):
        doctor = tie.profession is Profession.DOCTOR
        dispensing = tie.profession is Profession.PHARMACIST
        if doctor or (dispensing and case.question.want is Want.SEE_PRESCRIPTIONS):
            return Finding((tie,), tie.until)
    return None


@rule(
    Does.EXPLAINS,
    Code.PHARMACIST_PRESCRIPTIONS_ONLY,
    SEEING - {Want.SEE_PRESCRIPTIONS},
    source=sources.PROFESSIONALS,
    setting="invited_professional_sees",
    remedies=(Remedy.ASK_HOLDER,),
)
def pharmacist_prescriptions_only(case: Case) -> Finding | None:
    """A pharmacist can be given the prescriptions, nothing else."""
    for tie in _ties(case):
        if tie.profession is Profession.PHARMACIST:
            return Finding((tie,), tie.until)
    return None

"""The sections of the health pages: which kinds of entries, and what they are called.

>>> of_kind("MedicationRequest").name
'prescriptions'
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from zamiast.pure.access import Want


@dataclass(frozen=True)
class Section:
    """One section: its name in addresses, its heading, what stands in it, what opens it."""

    name: str
    title: str | Promise
    about: str | Promise
    kinds: tuple[str, ...]
    want: Want


SECTIONS = (
    Section("prescriptions", gettext_lazy("Prescriptions"),
            gettext_lazy("What was prescribed, how to take it, and until when you can collect it."),
            ("MedicationRequest", "MedicationDispense"), Want.SEE_PRESCRIPTIONS),
    Section("referrals", gettext_lazy("Referrals"),
            gettext_lazy("To whom you were referred, and the code to register with."),
            ("ServiceRequest",), Want.SEE_REFERRALS),
    Section("visits", gettext_lazy("Visits and services"),
            gettext_lazy("Where you were, what was done, who paid and how much."),
            ("Appointment", "Encounter", "Procedure", "ExplanationOfBenefit"),
            Want.SEE_DOCUMENTATION),
    Section("vaccinations", gettext_lazy("Vaccinations"),
            gettext_lazy("Each dose, as the vaccination point wrote it down."),
            ("Immunization",), Want.SEE_DOCUMENTATION),
    Section("findings", gettext_lazy("Illnesses and allergies"),
            gettext_lazy("What doctors wrote down about your health."),
            ("Condition", "AllergyIntolerance"), Want.SEE_DOCUMENTATION),
    Section("documents", gettext_lazy("Documents"),
            gettext_lazy("Results, discharges from hospital and letters."),
            ("DocumentReference",), Want.SEE_DOCUMENTATION),
    Section("insurance", gettext_lazy("Insurance"),
            gettext_lazy("By what you are insured, and since when."),
            ("Coverage",), Want.SEE_ACCOUNT),
)  # fmt: skip

BY_NAME = {section.name: section for section in SECTIONS}


def of_kind(kind: str) -> Section:
    """The section in which a kind of entry stands."""
    return next(section for section in SECTIONS if kind in section.kinds)

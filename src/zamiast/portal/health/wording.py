"""What kinds and states of entries are called, for patients; unknown codes as they came."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

Text = str | Promise

KINDS: dict[str, Text] = {
    "MedicationRequest": gettext_lazy("Prescription"),
    "MedicationDispense": gettext_lazy("Medicine collected"),
    "ServiceRequest": gettext_lazy("Referral"),
    "Appointment": gettext_lazy("Planned visit"),
    "Encounter": gettext_lazy("Visit"),
    "Procedure": gettext_lazy("Service"),
    "ExplanationOfBenefit": gettext_lazy("Cost"),
    "Immunization": gettext_lazy("Vaccination"),
    "Condition": gettext_lazy("Illness or finding"),
    "AllergyIntolerance": gettext_lazy("Allergy"),
    "DocumentReference": gettext_lazy("Document"),
    "Coverage": gettext_lazy("Insurance"),
}


@dataclass(frozen=True)
class State:
    """A state in words, and its look."""

    text: Text
    look: str = ""


WITHDRAWN = State(gettext_lazy("Withdrawn by the facility: entered by mistake"), "warning")
_STATES: dict[tuple[str, str], State] = {
    ("MedicationRequest", "active"): State(pgettext_lazy("prescription", "Issued"), "success"),
    ("MedicationRequest", "partly"): State(gettext_lazy("Partly collected"), "success"),
    ("MedicationRequest", "completed"): State(pgettext_lazy("prescription", "Collected")),
    ("MedicationRequest", "expired"): State(gettext_lazy("No longer valid")),
    ("MedicationRequest", "cancelled"): State(
        pgettext_lazy("prescription", "Cancelled"), "warning"),
    ("MedicationRequest", "stopped"): State(pgettext_lazy("prescription", "Stopped"), "warning"),
    ("MedicationRequest", "on-hold"): State(pgettext_lazy("prescription", "On hold"), "warning"),
    ("MedicationRequest", "draft"): State(gettext_lazy("In preparation")),
    ("ServiceRequest", "active"): State(pgettext_lazy("referral", "Issued"), "success"),
    ("ServiceRequest", "completed"): State(pgettext_lazy("referral", "Used")),
    ("ServiceRequest", "revoked"): State(pgettext_lazy("referral", "Cancelled"), "warning"),
    ("ServiceRequest", "draft"): State(gettext_lazy("In preparation")),
    ("Appointment", "booked"): State(gettext_lazy("Booked"), "success"),
    ("Appointment", "cancelled"): State(pgettext_lazy("visit", "Cancelled"), "warning"),
    ("Appointment", "fulfilled"): State(gettext_lazy("Took place")),
    ("Appointment", "noshow"): State(gettext_lazy("Nobody came"), "warning"),
    ("Encounter", "finished"): State(gettext_lazy("Took place")),
    ("Encounter", "planned"): State(gettext_lazy("Planned")),
    ("Encounter", "in-progress"): State(gettext_lazy("Going on"), "success"),
    ("Encounter", "cancelled"): State(pgettext_lazy("visit", "Cancelled"), "warning"),
    ("Procedure", "completed"): State(gettext_lazy("Done")),
    ("Procedure", "not-done"): State(gettext_lazy("Not done"), "warning"),
    ("Immunization", "completed"): State(gettext_lazy("Given")),
    ("Immunization", "not-done"): State(gettext_lazy("Not given"), "warning"),
    ("Condition", "active"): State(gettext_lazy("Current")),
    ("Condition", "resolved"): State(gettext_lazy("Over")),
    ("Condition", "refuted"): State(gettext_lazy("Ruled out")),
    ("AllergyIntolerance", "active"): State(gettext_lazy("Current")),
    ("AllergyIntolerance", "resolved"): State(gettext_lazy("Over")),
    ("DocumentReference", "current"): State(gettext_lazy("Valid")),
    ("DocumentReference", "superseded"): State(gettext_lazy("Replaced by a newer one"), "warning"),
    ("Coverage", "active"): State(gettext_lazy("Valid"), "success"),
    ("Coverage", "cancelled"): State(gettext_lazy("Ended"), "warning"),
    ("ExplanationOfBenefit", "active"): State(gettext_lazy("Settled")),
    ("MedicationDispense", "completed"): State(pgettext_lazy("prescription", "Collected")),
}  # fmt: skip

DISPUTED = {
    "open": State(gettext_lazy("You reported this entry"), "danger"),
    "changed": State(gettext_lazy("Changed after you reported it"), "success"),
    "closed": State(gettext_lazy("Your report was answered"), ""),
}

CONTACTS: dict[str, Text] = {
    "AMB": gettext_lazy("at the clinic"),
    "IMP": gettext_lazy("a stay in hospital"),
    "EMER": gettext_lazy("emergency"),
    "HH": gettext_lazy("at home"),
    "VR": gettext_lazy("by telephone or video"),
}


def kind(name: str) -> str:
    """What a kind of entry is called."""
    return str(KINDS.get(name, name))


def state(kind: str, code: str) -> State | None:
    """A state in words; one that we do not know in its own code, said to be that."""
    if not code:
        return None
    if code == "entered-in-error":
        return WITHDRAWN
    return _STATES.get((kind, code)) or State(_("State as sent: %(code)s") % {"code": code})


def dispute(because: str, *, is_case_open: bool) -> State:
    """How a report about an entry stands."""
    if because == "changed":
        return DISPUTED["changed"]
    return DISPUTED["open"] if is_case_open and not because else DISPUTED["closed"]

"""MedicationRequest → a prescription, with the keys that open it at the pharmacy."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Identifier, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class DispenseRequest(msgspec.Struct):
    """Until when, and how much."""

    validityPeriod: Period = msgspec.field(default_factory=Period)


class MedicationRequest(msgspec.Struct):
    """What is read of a FHIR R4 MedicationRequest."""

    identifier: list[Identifier] = []
    status: str = ""
    medicationCodeableConcept: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    medicationReference: Reference = msgspec.field(default_factory=Reference)
    subject: Reference = msgspec.field(default_factory=Reference)
    encounter: Reference = msgspec.field(default_factory=Reference)
    authoredOn: str = ""
    requester: Reference = msgspec.field(default_factory=Reference)
    dispenseRequest: DispenseRequest = msgspec.field(default_factory=DispenseRequest)


def take(found: Found, source: str) -> EntryRow:
    """Turn a MedicationRequest into an entry. Raises Refused."""
    read, plain = entry.read(found, MedicationRequest)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.authoredOn,
        ends=read.dispenseRequest.validityPeriod.end,
        status=read.status,
        concepts=[read.medicationCodeableConcept],
        said=read.medicationReference.display,
        performers=[read.requester],
        about=read.encounter,
        identifiers=read.identifier,
    )

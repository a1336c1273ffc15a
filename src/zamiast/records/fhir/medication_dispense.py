"""MedicationDispense → a medicine handed out, which belongs to its prescription."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Performer(msgspec.Struct):
    """Who handed it out."""

    actor: Reference = msgspec.field(default_factory=Reference)


class MedicationDispense(msgspec.Struct):
    """What is read of a FHIR R4 MedicationDispense."""

    status: str = ""
    medicationCodeableConcept: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    medicationReference: Reference = msgspec.field(default_factory=Reference)
    subject: Reference = msgspec.field(default_factory=Reference)
    authorizingPrescription: list[Reference] = []
    performer: list[Performer] = []
    whenPrepared: str = ""
    whenHandedOver: str = ""


def take(found: Found, source: str) -> EntryRow:
    """Turn a MedicationDispense into an entry. Raises Refused."""
    read, plain = entry.read(found, MedicationDispense)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.whenHandedOver or read.whenPrepared,
        status=read.status,
        concepts=[read.medicationCodeableConcept],
        said=read.medicationReference.display,
        performers=[one.actor for one in read.performer],
        about=next(iter(read.authorizingPrescription), None),
    )

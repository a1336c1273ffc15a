"""AllergyIntolerance → an allergy."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class AllergyIntolerance(msgspec.Struct):
    """What is read of a FHIR R4 AllergyIntolerance."""

    clinicalStatus: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    verificationStatus: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    code: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    patient: Reference = msgspec.field(default_factory=Reference)
    encounter: Reference = msgspec.field(default_factory=Reference)
    onsetDateTime: str = ""
    recordedDate: str = ""
    asserter: Reference = msgspec.field(default_factory=Reference)
    recorder: Reference = msgspec.field(default_factory=Reference)


def take(found: Found, source: str) -> EntryRow:
    """Turn an AllergyIntolerance into an entry. Raises Refused."""
    read, plain = entry.read(found, AllergyIntolerance)
    return entry.row(
        found,
        plain,
        source,
        patient=read.patient,
        leave="patient",
        at=read.recordedDate or read.onsetDateTime,
        status=entry.standing(read.clinicalStatus, read.verificationStatus),
        concepts=[read.code],
        performers=[read.asserter, read.recorder],
        about=read.encounter,
    )

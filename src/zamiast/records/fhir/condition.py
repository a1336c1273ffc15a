"""Condition → an illness or another finding, as the facility recorded it."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Condition(msgspec.Struct):
    """What is read of a FHIR R4 Condition."""

    clinicalStatus: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    verificationStatus: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    code: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    subject: Reference = msgspec.field(default_factory=Reference)
    encounter: Reference = msgspec.field(default_factory=Reference)
    onsetDateTime: str = ""
    onsetPeriod: Period = msgspec.field(default_factory=Period)
    abatementDateTime: str = ""
    recordedDate: str = ""
    asserter: Reference = msgspec.field(default_factory=Reference)
    recorder: Reference = msgspec.field(default_factory=Reference)


def take(found: Found, source: str) -> EntryRow:
    """Turn a Condition into an entry. Raises Refused."""
    read, plain = entry.read(found, Condition)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.onsetDateTime or read.onsetPeriod.start or read.recordedDate,
        ends=read.abatementDateTime or read.onsetPeriod.end,
        status=entry.standing(read.clinicalStatus, read.verificationStatus),
        concepts=[read.code],
        performers=[read.asserter, read.recorder],
        about=read.encounter,
    )

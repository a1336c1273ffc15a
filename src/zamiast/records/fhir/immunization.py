"""Immunization → a vaccination. Only the facility that wrote it can correct it."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Performer(msgspec.Struct):
    """Who gave it."""

    actor: Reference = msgspec.field(default_factory=Reference)


class Immunization(msgspec.Struct):
    """What is read of a FHIR R4 Immunization."""

    status: str = ""
    vaccineCode: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    patient: Reference = msgspec.field(default_factory=Reference)
    encounter: Reference = msgspec.field(default_factory=Reference)
    occurrenceDateTime: str = ""
    performer: list[Performer] = []
    location: Reference = msgspec.field(default_factory=Reference)


def take(found: Found, source: str) -> EntryRow:
    """Turn an Immunization into an entry. Raises Refused."""
    read, plain = entry.read(found, Immunization)
    return entry.row(
        found,
        plain,
        source,
        patient=read.patient,
        leave="patient",
        at=read.occurrenceDateTime,
        status=read.status,
        concepts=[read.vaccineCode],
        performers=[*(one.actor for one in read.performer), read.location],
        about=read.encounter,
    )

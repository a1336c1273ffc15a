"""Encounter → a visit or a stay."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Class(msgspec.Struct):
    """What kind of contact: ambulatory, emergency, a stay, at home, by telephone."""

    system: str = ""
    code: str = ""
    display: str = ""


class Participant(msgspec.Struct):
    """Who took part."""

    individual: Reference = msgspec.field(default_factory=Reference)


class Encounter(msgspec.Struct):
    """What is read of a FHIR R4 Encounter."""

    status: str = ""
    class_: Class = msgspec.field(default_factory=Class, name="class")
    type: list[CodeableConcept] = []
    serviceType: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    subject: Reference = msgspec.field(default_factory=Reference)
    basedOn: list[Reference] = []
    participant: list[Participant] = []
    period: Period = msgspec.field(default_factory=Period)
    serviceProvider: Reference = msgspec.field(default_factory=Reference)


def take(found: Found, source: str) -> EntryRow:
    """Turn an Encounter into an entry. Raises Refused."""
    read, plain = entry.read(found, Encounter)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.period.start,
        ends=read.period.end,
        status=read.status,
        concepts=[*read.type, read.serviceType],
        said=read.class_.display or read.class_.code,
        performers=[read.serviceProvider, *(one.individual for one in read.participant)],
        about=next(iter(read.basedOn), None),
    )

"""Procedure → a service that was given."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Performer(msgspec.Struct):
    """Who did it, and for which facility."""

    actor: Reference = msgspec.field(default_factory=Reference)
    onBehalfOf: Reference = msgspec.field(default_factory=Reference)


class Procedure(msgspec.Struct):
    """What is read of a FHIR R4 Procedure."""

    status: str = ""
    code: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    category: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    subject: Reference = msgspec.field(default_factory=Reference)
    encounter: Reference = msgspec.field(default_factory=Reference)
    performedDateTime: str = ""
    performedPeriod: Period = msgspec.field(default_factory=Period)
    performer: list[Performer] = []
    location: Reference = msgspec.field(default_factory=Reference)


def take(found: Found, source: str) -> EntryRow:
    """Turn a Procedure into an entry. Raises Refused."""
    read, plain = entry.read(found, Procedure)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.performedDateTime or read.performedPeriod.start,
        ends=read.performedPeriod.end,
        status=read.status,
        concepts=[read.code, read.category],
        performers=[
            *(one.onBehalfOf for one in read.performer),
            read.location,
            *(one.actor for one in read.performer),
        ],
        about=read.encounter,
    )

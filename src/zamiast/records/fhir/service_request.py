"""ServiceRequest → a referral, with the keys that open it at the facility."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Identifier, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class ServiceRequest(msgspec.Struct):
    """What is read of a FHIR R4 ServiceRequest."""

    identifier: list[Identifier] = []
    status: str = ""
    code: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    category: list[CodeableConcept] = []
    subject: Reference = msgspec.field(default_factory=Reference)
    encounter: Reference = msgspec.field(default_factory=Reference)
    occurrencePeriod: Period = msgspec.field(default_factory=Period)
    authoredOn: str = ""
    requester: Reference = msgspec.field(default_factory=Reference)


def take(found: Found, source: str) -> EntryRow:
    """Turn a ServiceRequest into an entry. Raises Refused."""
    read, plain = entry.read(found, ServiceRequest)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.authoredOn,
        ends=read.occurrencePeriod.end,
        status=read.status,
        concepts=[read.code, *read.category],
        performers=[read.requester],
        about=read.encounter,
        identifiers=read.identifier,
    )

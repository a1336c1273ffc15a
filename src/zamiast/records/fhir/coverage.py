"""Coverage → by what, and since when, somebody is insured."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Coverage(msgspec.Struct):
    """What is read of a FHIR R4 Coverage."""

    status: str = ""
    type: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    beneficiary: Reference = msgspec.field(default_factory=Reference)
    period: Period = msgspec.field(default_factory=Period)
    payor: list[Reference] = []


def take(found: Found, source: str) -> EntryRow:
    """Turn a Coverage into an entry. Raises Refused."""
    read, plain = entry.read(found, Coverage)
    return entry.row(
        found,
        plain,
        source,
        patient=read.beneficiary,
        leave="beneficiary",
        at=read.period.start,
        ends=read.period.end,
        status=read.status,
        concepts=[read.type],
        performers=read.payor,
    )

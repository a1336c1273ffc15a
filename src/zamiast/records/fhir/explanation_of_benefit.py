"""ExplanationOfBenefit → what a service cost, and who paid."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Period, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Item(msgspec.Struct):
    """One line of it."""

    productOrService: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    encounter: list[Reference] = []


class ExplanationOfBenefit(msgspec.Struct):
    """What is read of a FHIR R4 ExplanationOfBenefit."""

    status: str = ""
    type: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    patient: Reference = msgspec.field(default_factory=Reference)
    billablePeriod: Period = msgspec.field(default_factory=Period)
    created: str = ""
    insurer: Reference = msgspec.field(default_factory=Reference)
    provider: Reference = msgspec.field(default_factory=Reference)
    item: list[Item] = []


def take(found: Found, source: str) -> EntryRow:
    """Turn an ExplanationOfBenefit into an entry. Raises Refused."""
    read, plain = entry.read(found, ExplanationOfBenefit)
    return entry.row(
        found,
        plain,
        source,
        patient=read.patient,
        leave="patient",
        at=read.billablePeriod.start or read.created,
        ends=read.billablePeriod.end,
        status=read.status,
        concepts=[*(one.productOrService for one in read.item), read.type],
        performers=[read.provider, read.insurer],
        about=next((one for item in read.item for one in item.encounter), None),
    )

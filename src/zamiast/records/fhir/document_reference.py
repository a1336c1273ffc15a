"""DocumentReference → a document: a discharge, a result, a letter."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Context(msgspec.Struct):
    """What the document is about."""

    encounter: list[Reference] = []


class DocumentReference(msgspec.Struct):
    """What is read of a FHIR R4 DocumentReference."""

    status: str = ""
    type: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    category: list[CodeableConcept] = []
    subject: Reference = msgspec.field(default_factory=Reference)
    date: str = ""
    author: list[Reference] = []
    custodian: Reference = msgspec.field(default_factory=Reference)
    description: str = ""
    context: Context = msgspec.field(default_factory=Context)


def take(found: Found, source: str) -> EntryRow:
    """Turn a DocumentReference into an entry. Raises Refused."""
    read, plain = entry.read(found, DocumentReference)
    return entry.row(
        found,
        plain,
        source,
        patient=read.subject,
        leave="subject",
        at=read.date,
        status=read.status,
        concepts=[read.type, *read.category],
        said=read.description,
        performers=[read.custodian, *read.author],
        about=next(iter(read.context.encounter), None),
    )

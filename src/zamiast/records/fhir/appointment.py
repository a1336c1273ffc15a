"""Appointment → a planned visit. The patient is one of the participants."""

from __future__ import annotations

from typing import Any

import msgspec

from zamiast.records.fhir import entry
from zamiast.records.fhir.common import CodeableConcept, Reference
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.fhir.reader import Found


class Participant(msgspec.Struct):
    """Somebody or something that takes part: the patient, a doctor, a place."""

    actor: Reference = msgspec.field(default_factory=Reference)


class Appointment(msgspec.Struct):
    """What is read of a FHIR R4 Appointment."""

    status: str = ""
    serviceType: list[CodeableConcept] = []
    specialty: list[CodeableConcept] = []
    description: str = ""
    start: str = ""
    participant: list[Participant] = []
    basedOn: list[Reference] = []


def _patient(actors: list[Reference]) -> Reference:
    """The participant who is the patient."""
    for actor in actors:
        if "Patient" in actor.reference.split("?")[0]:
            return actor
    return Reference()


def _without(plain: dict[str, Any]) -> dict[str, Any]:
    """The resource without the participant who is the patient."""
    others = [
        one
        for one in plain.get("participant", [])
        if "Patient" not in str((one.get("actor") or {}).get("reference", "")).split("?")[0]
    ]
    return {**plain, "participant": others}


def take(found: Found, source: str) -> EntryRow:
    """Turn an Appointment into an entry. Raises Refused."""
    read, plain = entry.read(found, Appointment)
    actors = [one.actor for one in read.participant]
    return entry.row(
        found,
        _without(plain),
        source,
        patient=_patient(actors),
        leave="",
        at=read.start,
        status=read.status,
        concepts=[*read.serviceType, *read.specialty],
        said=read.description,
        performers=[one for one in actors if "Patient" not in one.reference.split("?")[0]],
        about=next(iter(read.basedOn), None),
    )

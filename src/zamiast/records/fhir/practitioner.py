"""Practitioner → somebody who works in health care, known by the resource's id in its source."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import common
from zamiast.records.fhir.reader import Found, Refused, decode
from zamiast.records.services import PractitionerRow


class Practitioner(msgspec.Struct):
    """What is read of a FHIR R4 Practitioner; its numbers are not."""

    name: list[common.HumanName] = []
    active: bool = True


_DECODER = msgspec.json.Decoder(Practitioner)


def take(found: Found, source: str) -> PractitionerRow:
    """Turn a Practitioner into a row. Raises Refused."""
    practitioner = decode(_DECODER, found.raw)
    name = common.best_name(practitioner.name)
    if name is None:
        raise Refused("there is no family name")
    return PractitionerRow(
        system=f"{source}/Practitioner",
        value=common.resource_id(found.id),
        family_name=common.text(name.family, "family name", 200).text,
        given_names=common.text(common.joined(name.given, " "), "given names", 200).text,
        is_active=practitioner.active,
    )

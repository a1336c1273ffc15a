"""Practitioner → somebody who works in health care, known by the resource's id in its source.

What they are entitled to is not read: numbers of licences prove nothing on the telephone.
"""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import common, content, entry, party
from zamiast.records.fhir.reader import Found, Refused
from zamiast.records.services import PractitionerRow


class Practitioner(msgspec.Struct):
    """What is read of a FHIR R4 Practitioner."""

    identifier: list[common.Identifier] = []
    name: list[common.HumanName] = []
    active: bool = True


def take(found: Found, source: str) -> PractitionerRow:
    """Turn a Practitioner into a row. Raises Refused."""
    practitioner, plain = entry.read(found, Practitioner)
    name = common.best_name(practitioner.name)
    if name is None:
        raise Refused("there is no family name")
    return PractitionerRow(
        system=f"{source}/Practitioner",
        value=common.resource_id(found.id),
        family_name=common.text(name.family, "family name", 200).text,
        given_names=common.text(common.joined(name.given, " "), "given names", 200).text,
        is_active=practitioner.active,
        numbers=party.numbers(practitioner.identifier, plain),
        content=content.kept(plain).json,
    )

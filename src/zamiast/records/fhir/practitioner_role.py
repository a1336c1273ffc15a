"""PractitionerRole → what somebody does at a facility, known by the resource's id in its source."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import common, content, entry, party
from zamiast.records.fhir.reader import Found
from zamiast.records.services import RoleRow


class PractitionerRole(msgspec.Struct):
    """What is read of a FHIR R4 PractitionerRole."""

    identifier: list[common.Identifier] = []
    practitioner: common.Reference = msgspec.field(default_factory=common.Reference)
    organization: common.Reference = msgspec.field(default_factory=common.Reference)
    specialty: list[common.CodeableConcept] = []
    active: bool = True


def take(found: Found, source: str) -> RoleRow:
    """Turn a PractitionerRole into a row: who, what, where, as it names itself. Raises Refused."""
    role, plain = entry.read(found, PractitionerRole)
    special = [one.text or (one.coding[0].display if one.coding else "") for one in role.specialty]
    words = [role.practitioner.display, *special[:1], role.organization.display]
    return RoleRow(
        system=f"{source}/PractitionerRole",
        value=common.resource_id(found.id),
        name=common.text(common.joined(list(words), ", "), "name", 10**4).text[:300],
        is_active=role.active,
        numbers=party.numbers(role.identifier, plain),
        content=content.kept(plain).json,
    )

"""Organization → a facility or its part, known by the resource's id in its source."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import common, content, entry, party
from zamiast.records.fhir.reader import Found, Refused
from zamiast.records.services import PlaceRow


class Organization(msgspec.Struct):
    """What is read of a FHIR R4 Organization."""

    identifier: list[common.Identifier] = []
    name: str = ""
    address: list[common.Address] = []
    active: bool = True


def take(found: Found, source: str) -> PlaceRow:
    """Turn an Organization into a row. Raises Refused."""
    organization, plain = entry.read(found, Organization)
    if not organization.name.strip():
        raise Refused("there is no name")
    address = common.best_address(organization.address)
    return PlaceRow(
        system=f"{source}/Organization",
        value=common.resource_id(found.id),
        name=common.text(organization.name, "name", 300).text,
        city=common.text(address.city, "city", 100).text,
        postal_code=common.text(address.postalCode, "postal code", 20).text,
        is_active=organization.active,
        numbers=party.numbers(organization.identifier, plain),
        content=content.kept(plain).json,
    )

"""Location → a place where something happens, known by the resource's id in its source."""

from __future__ import annotations

import msgspec

from zamiast.records.fhir import common, content, entry, party
from zamiast.records.fhir.reader import Found
from zamiast.records.services import PlaceRow


class Location(msgspec.Struct):
    """What is read of a FHIR R4 Location."""

    identifier: list[common.Identifier] = []
    name: str = ""
    address: common.Address = msgspec.field(default_factory=common.Address)
    managingOrganization: common.Reference = msgspec.field(default_factory=common.Reference)
    status: str = "active"


def take(found: Found, source: str) -> PlaceRow:
    """Turn a Location into a row; one without a name bears its facility's. Raises Refused."""
    location, plain = entry.read(found, Location)
    name = location.name.strip() or location.managingOrganization.display.strip()
    return PlaceRow(
        system=f"{source}/Location",
        value=common.resource_id(found.id),
        name=common.text(name, "name", 300).text,
        city=common.text(location.address.city, "city", 100).text,
        postal_code=common.text(location.address.postalCode, "postal code", 20).text,
        is_active=location.status != "inactive",
        numbers=party.numbers(location.identifier, plain),
        content=content.kept(plain).json,
    )

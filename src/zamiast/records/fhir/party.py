"""What practitioners, facilities, places and roles have in common: public numbers and JSON."""

from __future__ import annotations

from typing import Any

from zamiast.records.fhir import content
from zamiast.records.fhir.common import Identifier

LONGEST = 300


def numbers(identifiers: list[Identifier], plain: dict[str, Any]) -> list[str]:
    """The public numbers by which others may name this one: those that may be kept at all.

    >>> one = Identifier(system="http://hl7.org/fhir/sid/us-npi", value="9999974394")
    >>> plain = {"identifier": [{"system": one.system, "value": one.value}]}
    >>> numbers([one], plain)
    ['http://hl7.org/fhir/sid/us-npi|9999974394']
    """
    kept = content.kept({"identifier": plain.get("identifier", [])}).json.get("identifier", [])
    allowed = {(one.get("system"), one.get("value")) for one in kept if isinstance(one, dict)}
    found = [
        f"{one.system}|{one.value}"
        for one in identifiers
        if one.system and one.value and (one.system, one.value) in allowed
    ]
    return [one for one in dict.fromkeys(found) if len(one) <= LONGEST]

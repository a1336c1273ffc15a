"""Entries as FHIR R4 again: what was kept of a resource, with what stands in columns put back.

A copy for the holder, not for another system: the patient is the account, everything else
is as the source wrote it, unknown fields too; national numbers never came in.

>>> from zamiast.records.models import Entry
>>> one = Entry(kind="Coverage", value="c1", status="active", content={"status": "active"})
>>> resource(one, "http://a.example/Patient/1", "nfz")["beneficiary"]
{'reference': 'http://a.example/Patient/1'}
"""

from __future__ import annotations

from typing import Any

from zamiast.records.models import Kept

_PATIENT_IN = {
    "AllergyIntolerance": "patient", "Coverage": "beneficiary",
    "ExplanationOfBenefit": "patient", "Immunization": "patient",
}  # fmt: skip
_EMPTY: tuple[Any, ...] = ({}, [], "", None)
_KEY, _CODE = "urn:zamiast:access-key", "urn:zamiast:access-code"


def resource(entry: Kept, patient: str, source: str) -> dict[str, Any]:
    """One entry as a resource; ``patient`` is the reference to whom it is about."""
    found: dict[str, Any] = {"resourceType": entry.kind, "id": entry.value, **entry.content}
    found["meta"] = {**found.get("meta", {}), "source": f"urn:zamiast:source:{source}"}
    whom = {"reference": patient}
    if entry.kind == "Appointment":
        others = found.get("participant", [])
        found["participant"] = [{"actor": whom, "status": "accepted"}, *others]
    else:
        found[_PATIENT_IN.get(entry.kind, "subject")] = whom
    pairs = ((_KEY, entry.access_key), (_CODE, entry.access_code))
    keys = [{"system": system, "value": value} for system, value in pairs if value]
    if keys:
        found["identifier"] = [*found.get("identifier", []), *keys]
    return without_gaps(found)


def without_gaps(resource: dict[str, Any]) -> dict[str, Any]:
    """A resource without what is empty, which FHIR does not allow: what was cut out leaves gaps.

    In a list the gap goes, too; only beside extensions of primitive values (``_given``) it
    stays as null, for there the places count.

    >>> without_gaps({"identifier": [{}], "note": [{"text": ""}], "name": [{"given": ["A", ""]}]})
    {'name': [{'given': ['A']}]}
    """
    filled = {name: _filled(name, part, resource) for name, part in resource.items()}
    return {name: part for name, part in filled.items() if part not in _EMPTY}


def _filled(name: str, part: Any, whole: dict[str, Any]) -> Any:
    if isinstance(part, dict):
        return without_gaps(part)
    if isinstance(part, list):
        rows = [_filled("", one, {}) for one in part]
        if name.startswith("_") or f"_{name}" in whole:
            rows = [None if one in _EMPTY else one for one in rows]
            return rows if any(one is not None for one in rows) else []
        return [one for one in rows if one not in _EMPTY]
    return part

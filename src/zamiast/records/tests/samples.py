"""FHIR resources for tests, made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PESEL_SYSTEM = "urn:oid:2.16.840.1.113883.3.4424.1.1.616"
TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"


def patient(number: int | str = 1, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": f"p{number}",
        "name": [{"use": "official", "family": "Nowak", "given": ["Anna", "Maria"]}],
        "gender": "female",
        "birthDate": "1951-03-17",
        "address": [
            {"use": "home", "line": ["ul. Lipowa 12/3"], "city": "Lublin", "postalCode": "20-020"}
        ],
        **more,
    }


def number(kind: str, value: str, system: str = "http://hospital.example") -> dict[str, Any]:
    return {"type": {"coding": [{"system": TYPES, "code": kind}]}, "system": system, "value": value}


def practitioner(number: int = 1, **more: Any) -> dict[str, Any]:
    name = [{"family": "Lis", "given": ["Jan"]}]
    return {"resourceType": "Practitioner", "id": f"d{number}", "name": name, **more}


def organization(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Organization", "id": f"o{number}", "name": "Szpital", **more}


def ndjson(path: Path, *lines: dict[str, Any] | str | bytes) -> Path:
    """Write a file, one resource a line; texts and bytes are written as they are."""
    with path.open("wb") as file:
        for line in lines:
            if isinstance(line, dict):
                line = json.dumps(line, ensure_ascii=False)
            file.write(line if isinstance(line, bytes) else line.encode())
            file.write(b"\n")
    return path


def bundle(path: Path, *resources: dict[str, Any], kind: str = "collection") -> Path:
    entries = [{"fullUrl": f"urn:uuid:{n}", "resource": one} for n, one in enumerate(resources)]
    whole = {"resourceType": "Bundle", "type": kind, "entry": entries}
    path.write_text(json.dumps(whole, indent=1))
    return path

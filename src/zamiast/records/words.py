"""Plain words beside professional ones: what a code means, said so that anybody understands.

They are data (``data/plain.yaml``), ours unless the file names a source. A code that the
file does not know has no plain words, and the page says so rather than guessing.

>>> plain(ICD10, "I10", "en")
'high blood pressure'
>>> plain(ICD10, "I10.9", "en"), plain("http://unknown.example", "I10", "en")
('high blood pressure', '')
>>> system_name(ATC)
'ATC'
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zamiast.records.fhir.entry import ATC, ICD9PL, ICD10

__all__ = ["ATC", "ICD9PL", "ICD10", "plain", "system_name"]

_FILE = Path(__file__).parent / "data" / "plain.yaml"
_SHEETS = {
    ICD10: "icd10",
    "urn:oid:2.16.840.1.113883.6.3": "icd10",
    ATC: "atc",
    "urn:oid:2.16.840.1.113883.6.73": "atc",
    ICD9PL: "icd9pl",
    "http://loinc.org": "loinc",
}
_NAMES = {
    ICD10: "ICD-10",
    "urn:oid:2.16.840.1.113883.6.3": "ICD-10",
    ATC: "ATC",
    "urn:oid:2.16.840.1.113883.6.73": "ATC",
    ICD9PL: "ICD-9-PL",
    "http://loinc.org": "LOINC",
    "http://snomed.info/sct": "SNOMED CT",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://hl7.org/fhir/sid/cvx": "CVX",
}


@cache
def _data() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded


def plain(system: str, code: str, language: str) -> str:
    """Plain words for a code in one language, or of the group it belongs to; "" for none."""
    sheet = _data().get(_SHEETS.get(system, ""), {})
    for known in (code, code.partition(".")[0], code[:5], code[:4], code[:3]):
        if known in sheet:
            return str(sheet[known].get(language) or "")
    return ""


def system_name(system: str) -> str:
    """What a system of codes is called; its address where we do not know it."""
    return _NAMES.get(system, system)

"""The JSON of a resource, fit to be kept: every field stays, no national number does.

Each text passes the doorway, names of fields and long numbers included. Identifiers that
are national numbers are left out whole. Who the patient is stands in the account, so the
reference to the patient is left out too; so is what a server writes anew at every export
(``meta.lastUpdated``), or nothing would ever be unchanged.

>>> kept({"id": "1", "note": [{"text": "PESEL 44051401458"}], "zz": {"a": 1}}).json
{'note': [{'text': 'PESEL [PESEL usunięty]'}], 'zz': {'a': 1}}
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from zamiast.audit import doorway
from zamiast.pure.numerals.pesel import is_well_formed
from zamiast.records.fhir.numbers import PESEL_OID
from zamiast.records.fhir.reader import Refused

_OWN = frozenset({"resourceType", "id"})  # they are columns
_SERVER = frozenset({"lastUpdated", "versionId"})
# Ids, references and dates have a shape of their own: no number of anybody fits into it.
_PLAIN = re.compile(
    r"(?:[A-Z][A-Za-z]{2,30}/|urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d"
    r"(?:T[0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,6})?)?(?:Z|[+-][01]\d:[0-5]\d)?)?)?)?",
    re.ASCII,
)
_FIELD = re.compile(r"_?[A-Za-z][A-Za-z]{0,63}")
_NATIONAL_SYSTEM = re.compile(
    r"ssn|passport|licen[cs]e|4424\.1\.1\.616|4424\.1\.2\.|113883\.4\.330(?:\.|$)"
)
_NATIONAL_TYPES = frozenset({"SS", "PPN", "DL", "SB", "NI", "CZ", "PNT", "TAX", "JHN", "MC", "HC"})
_PERSON = re.compile(r"(?:^|/)(?:Patient|RelatedPerson|Person)\?")
_LONG = 10**9  # ten digits may be a PESEL that lost its first zero
_DEEPEST = 40
_DROP = object()


@dataclass(frozen=True)
class Kept:
    """The JSON to store, and how many numbers were left out of it."""

    json: dict[str, Any]
    pesels: int = 0
    others: int = 0


class _Walk:
    def __init__(self) -> None:
        self.pesels = self.others = 0

    def value(self, value: Any, deep: int = 0) -> Any:
        if isinstance(value, str):
            return value if _PLAIN.fullmatch(value) else self.text(value)
        if isinstance(value, dict):
            return self.mapping(value, deep + 1)
        if isinstance(value, list):
            if deep > _DEEPEST:
                raise Refused("nested too deeply")
            return [one for one in (self.value(part, deep + 1) for part in value)
                    if one is not _DROP]  # fmt: skip
        if isinstance(value, float) and not math.isfinite(value):
            return _DROP  # no number of JSON, which the database could not keep
        if isinstance(value, int | float) and abs(value) >= _LONG:
            return self.number(value)
        return value

    def text(self, value: str) -> Any:
        if _PERSON.search(value):
            self.others += 1
            return _DROP
        passed = _through(value) if len(value) <= 200 else doorway.let_through(value)
        self.pesels += passed.found
        return passed.text.replace("\x00", "")

    def number(self, value: float) -> Any:
        digits = str(abs(int(value))).zfill(11)
        if is_well_formed(digits) or doorway.let_through(str(value)).found:
            self.pesels += 1
            return _DROP
        return value

    def mapping(self, value: dict[str, Any], deep: int) -> Any:
        if deep > _DEEPEST:
            raise Refused("nested too deeply")
        if "value" in value and self.national(value):
            return _DROP
        kept = {}
        for name, part in value.items():
            if name == "data" and "contentType" in value:
                found = self.attachment(part, str(value["contentType"]))
            else:
                found = self.value(part, deep)
            if found is not _DROP:
                kept[name if _FIELD.fullmatch(name) else str(self.text(name))] = found
        return kept

    def national(self, value: dict[str, Any]) -> bool:
        """Whether an identifier is a national number, by its system, its type or its digits."""
        system, number = value.get("system"), value["value"]
        if isinstance(system, str) and system:
            chosen = getattr(settings, "VAULT_NUMBERS", {})
            if system.endswith(PESEL_OID):
                self.pesels += 1
                return True
            if _NATIONAL_SYSTEM.search(system.lower()) or system.removeprefix("urn:oid:") in chosen:
                self.others += 1
                return True
        types = {code for code in _types(value.get("type")) if isinstance(code, str)}
        if types & _NATIONAL_TYPES or any(code.startswith("NN") for code in types):
            self.others += 1
            return True
        if isinstance(number, str) and isinstance(system, str) and _is_pesel(number):
            self.pesels += 1
            return True
        return False

    def attachment(self, data: Any, kind: str) -> Any:
        """The bytes of a document: kept where they are plain text, which the doorway can read."""
        if not isinstance(data, str) or not kind.lower().startswith("text/plain"):
            self.others += 0
            return _DROP
        try:
            text = base64.b64decode(data, validate=True).decode()
        except (binascii.Error, ValueError):
            return _DROP
        passed = doorway.let_through(text.replace("\x00", ""))
        self.pesels += passed.found
        return base64.b64encode(passed.text.encode()).decode()


def kept(resource: dict[str, Any], leave: Collection[str] = ()) -> Kept:
    """What is stored of a resource; ``leave`` names fields that are left out. Raises Refused."""
    walk = _Walk()
    rest = {name: part for name, part in resource.items() if name not in _OWN and name not in leave}
    if isinstance(rest.get("meta"), dict):
        meta = {name: part for name, part in rest["meta"].items() if name not in _SERVER}
        rest["meta"] = meta
        if not meta:
            del rest["meta"]
    json = walk.mapping(rest, 0)
    return Kept({} if json is _DROP else json, walk.pesels, walk.others)


def _types(concept: Any) -> list[Any]:
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return [one.get("code") for one in codings if isinstance(one, dict)] if isinstance(
        codings, list) else []  # fmt: skip


@lru_cache(32_768)  # systems, codes and names of facilities come again and again
def _through(value: str) -> doorway.Passed:
    return doorway.let_through(value)


@lru_cache(4096)
def _is_pesel(value: str) -> bool:
    return len(value) <= 40 and is_well_formed(re.sub(r"[\s.-]", "", value))

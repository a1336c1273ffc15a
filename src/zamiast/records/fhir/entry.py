"""What all entries have in common: whose, when, which code, who did it, and the JSON.

A module for each resource reads its own fields and hands them to ``row``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from zamiast.records.fhir import common, content
from zamiast.records.fhir.common import CodeableConcept, Coding, Identifier, Reference
from zamiast.records.fhir.reader import Found, Refused, wrong_type
from zamiast.registry.intake import Key

Known = TypeVar("Known")

KEY = "urn:zamiast:access-key"
CODE = "urn:zamiast:access-code"
ICD10 = "http://hl7.org/fhir/sid/icd-10"
ICD9PL = "http://hl7.org/fhir/sid/icd-9-pl"
ATC = "http://www.whocc.no/atc"
_PREFERRED = (ICD10, ATC, ICD9PL)

WARSAW = ZoneInfo("Europe/Warsaw")
LARGEST = 2**20
_STATUS = re.compile(r"[a-z][a-z-]{0,31}")
_REFERENCE = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})(?:/_history/.+)?")
_DECODER = msgspec.json.Decoder(dict[str, Any])


class EntryRow(msgspec.Struct):
    """One entry to write; ``patient`` says under which keys its patient may be known."""

    kind: str
    value: str
    patient: tuple[Key, ...]
    at: datetime.datetime | None
    ends_on: datetime.date | None
    status: str
    code_system: str
    code: str
    display: str
    performer: str
    about: str
    access_key: str
    access_code: str
    content: dict[str, Any]
    pesels: int = 0
    others: int = 0


def read(found: Found, kind: type[Known]) -> tuple[Known, dict[str, Any]]:
    """A resource as its module reads it, and as plain JSON. Raises Refused."""
    if len(bytes(found.raw)) > LARGEST:
        raise Refused("larger than a megabyte")
    try:
        plain = _DECODER.decode(found.raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Refused("not JSON") from None
    try:
        return msgspec.convert(plain, kind), plain
    except msgspec.ValidationError as error:
        raise Refused(wrong_type(error)) from None


def row(
    found: Found,
    plain: dict[str, Any],
    source: str,
    *,
    patient: Reference,
    leave: str,
    at: str = "",
    ends: str = "",
    status: str = "",
    concepts: Sequence[CodeableConcept] = (),
    said: str = "",
    performers: Iterable[Reference] = (),
    about: Reference | None = None,
    identifiers: Sequence[Identifier] = (),
) -> EntryRow:
    """An entry out of what a module read. Raises Refused.

    ``leave`` is the field that names the patient; ``concepts`` in the order of their weight;
    ``said`` are words that stand for them where there is none.
    """
    if status and not _STATUS.fullmatch(status):
        raise Refused("status: not a code of FHIR")
    coding, words = _meaning(concepts)
    key, code = _keys(identifiers)
    if key or code:
        plain["identifier"] = [one for one in plain["identifier"] if not _is_key(one)]
    kept = content.kept(plain, {leave})
    named = (one.display.strip() for one in performers)
    return EntryRow(
        kind=found.type,
        value=common.resource_id(found.id),
        patient=patient_keys(patient, source),
        at=moment(at, "date") if at else None,
        ends_on=_day(ends),
        status=status,
        code_system=_short(coding.system, 200),
        code=_short(coding.code, 100),
        display=_short(words or said, 500),
        performer=_short(next((name for name in named if name), ""), 300),
        about=target(about) if about else "",
        access_key=key,
        access_code=code,
        content=kept.json,
        pesels=kept.pesels,
        others=kept.others,
    )


def patient_keys(patient: Reference, source: str) -> tuple[Key, ...]:
    """Under which keys a patient may be known here. Raises Refused where nobody is named.

    >>> patient_keys(Reference("Patient/12"), "ward")
    (('ward/Patient', '12'),)
    >>> patient_keys(Reference("Patient?identifier=http://a.example|MR-7"), "ward")
    (('http://a.example', 'MR-7'),)
    """
    keys: list[Key] = []
    text = patient.reference
    if text.startswith("urn:uuid:"):
        keys.append((f"{source}/Patient", text.removeprefix("urn:uuid:")))
    elif "?identifier=" in text:
        system, _, value = text.partition("?identifier=")[2].rpartition("|")
        keys.append((system, value))
    elif (parts := _REFERENCE.fullmatch(text)) and parts[1] == "Patient":
        keys.append((f"{source}/Patient", parts[2]))
    if patient.identifier.system and patient.identifier.value:
        keys.append((patient.identifier.system, patient.identifier.value))
    usable = tuple(key for key in keys if not common.holds_pesel(key[1]))
    if keys and not usable:
        raise Refused("the patient is named by a national number only")
    if not usable:
        raise Refused("no patient is named")
    return usable


def target(reference: Reference) -> str:
    """What a reference points at, as "Encounter/12"; "" where it is no plain reference."""
    text = reference.reference
    if text.startswith("urn:uuid:"):
        return text
    parts = _REFERENCE.fullmatch(text)
    return f"{parts[1]}/{parts[2]}" if parts and not common.holds_pesel(parts[2]) else ""


def standing(clinical: CodeableConcept, verified: CodeableConcept) -> str:
    """One status of a finding: refuted and mistaken ones first, else active or over."""
    known = next((one.code for one in verified.coding if one.code), "")
    if known in ("entered-in-error", "refuted", "unconfirmed", "provisional", "differential"):
        return known
    return next((one.code for one in clinical.coding if one.code), "")


def moment(value: str, what: str) -> datetime.datetime | None:
    """A FHIR date or dateTime as a moment: a day is its midnight in Warsaw, a month its first day.

    >>> moment("2024-05", "date")
    datetime.datetime(2024, 5, 1, 0, 0, tzinfo=zoneinfo.ZoneInfo(key='Europe/Warsaw'))
    >>> moment("2014-08-19T01:16:46-04:00", "date").isoformat()
    '2014-08-19T01:16:46-04:00'
    """
    if len(value) > 10:
        try:
            found = datetime.datetime.fromisoformat(value)
        except ValueError:
            raise Refused(f"{what}: not a date") from None
        return found if found.tzinfo else found.replace(tzinfo=WARSAW)
    day, partial = common.partial_date(value, what)
    if day is None:
        year, _, month = partial.partition("-")
        day = datetime.date(int(year), int(month or 1), 1)
    return datetime.datetime.combine(day, datetime.time(), tzinfo=WARSAW)


def _day(value: str) -> datetime.date | None:
    found = moment(value, "end") if value else None
    return found.astimezone(WARSAW).date() if found else None


def _meaning(concepts: Sequence[CodeableConcept]) -> tuple[Coding, str]:
    """The coding to keep in the columns, and the words for it."""
    for concept in concepts:
        codings = concept.coding
        known = [one for one in codings if one.system in _PREFERRED]
        best = (known or codings or [Coding()])[0]
        words = concept.text.strip() or best.display.strip() or best.code
        if words:
            return best, words
    return Coding(), ""


def _keys(identifiers: Sequence[Identifier]) -> tuple[str, str]:
    """The 44-digit key and the 4-digit code among the identifiers."""
    key = code = ""
    for one in identifiers:
        if one.value.isascii() and one.value.isdigit():
            if len(one.value) == 44:
                key = one.value
            elif one.system == CODE and len(one.value) == 4:
                code = one.value
    return key, code


def _is_key(identifier: Any) -> bool:
    value = str(identifier.get("value", "")) if isinstance(identifier, dict) else ""
    return (len(value) == 44 and value.isdigit()) or (
        isinstance(identifier, dict) and identifier.get("system") in (KEY, CODE)
    )


def _short(value: str, longest: int) -> str:
    """A text for a column, after the doorway; cut where it is too long, for ``content`` has it."""
    return common.text(value, "text", 10**6).text[:longest] if value else ""

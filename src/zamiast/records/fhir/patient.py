"""Patient → a person in the registry.

What is taken: the official (else usual) name, birth date, gender, death, the home
address, the preferred language. National numbers (PESEL, and others that the operator
chose) are taken apart for the vault; every other one (social security, driver's licence)
is left out. Both are counted, never shown.

A birth date known only to the year or month keeps ``birth_date`` empty: a made-up day
would decide wrongly about an eighteenth birthday. A day of death known only in part
leaves the day empty; the person is dead all the same.

A patient is known again by the resource's id within its source, and by numbers of
medical records (types MR and PI), which keep their meaning across exports.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

import msgspec

from zamiast.records.fhir import common, numbers
from zamiast.records.fhir.numbers import PESEL_OID, Taken
from zamiast.records.fhir.reader import Found, Refused, decode
from zamiast.registry.intake import Incoming, Key, PersonRow

_KEY_TYPES = {"MR", "PI"}
_FOREIGN_SYSTEM = re.compile("ssn|passport|licen[cs]e")
_GENDERS = {"male", "female", "other", "unknown"}
_LANGUAGES = {"pl", "en", "uk"}
_OLDEST = datetime.date(1850, 1, 1)


class Communication(msgspec.Struct):
    """A language that the patient speaks."""

    language: common.CodeableConcept = msgspec.field(default_factory=common.CodeableConcept)
    preferred: bool = False


class Link(msgspec.Struct):
    """Another record of the same patient."""

    type: str = ""


class Patient(msgspec.Struct):
    """What is read of a FHIR R4 Patient."""

    identifier: list[common.Identifier] = []
    name: list[common.HumanName] = []
    gender: str = "unknown"
    birthDate: str | None = None
    deceasedBoolean: bool = False
    deceasedDateTime: str | None = None
    address: list[common.Address] = []
    communication: list[Communication] = []
    link: list[Link] = []


@dataclass(frozen=True)
class Arrived:
    """A patient to write, the numbers for the vault, and how many numbers there were."""

    incoming: Incoming
    pesels: int
    other_numbers: int
    numbers: Taken = field(default_factory=Taken)


_DECODER = msgspec.json.Decoder(Patient)


def take(found: Found, source: str) -> Arrived | None:
    """Turn a Patient into a person; None where another record has replaced this one.

    Raises Refused with a reason that repeats nothing of the content.
    """
    patient = decode(_DECODER, found.raw)
    if any(link.type == "replaced-by" for link in patient.link):
        return None
    keys, pesels, others = _keys(patient.identifier)
    person, cut_out = _person(patient)
    own = (f"{source}/Patient", common.resource_id(found.id))
    incoming = Incoming((own, *keys), person)
    return Arrived(incoming, pesels + cut_out, others, numbers.take(patient.identifier))


def _person(patient: Patient) -> tuple[PersonRow, int]:
    name = common.best_name(patient.name)
    if name is None:
        raise Refused("there is no family name")
    if patient.gender not in _GENDERS:
        raise Refused("gender: not one of FHIR's four codes")
    home = common.best_address(patient.address)
    texts = {
        "family_name": common.text(name.family, "family name", 200),
        "given_names": common.text(common.joined(name.given, " "), "given names", 200),
        "address_line": common.text(common.joined(home.line, ", "), "address", 300),
        "postal_code": common.text(home.postalCode, "postal code", 20),
        "city": common.text(home.city, "city", 100),
    }
    birth, partial = _birth(patient)
    is_dead, died = _death(patient, birth)
    row = PersonRow(
        **{column: text.text for column, text in texts.items()},
        birth_date=birth,
        birth_partial=partial,
        gender=patient.gender,
        died_on=died,
        is_dead=is_dead,
        country=common.country(home.country),
        language=_language(patient.communication),
    )
    return row, sum(text.found for text in texts.values())


def _birth(patient: Patient) -> tuple[datetime.date | None, str]:
    if patient.birthDate is None:
        return None, ""
    birth, partial = common.partial_date(patient.birthDate, "birth date")
    earliest = birth or datetime.date(int(partial[:4]), 1, 1)
    if earliest < _OLDEST or earliest > _tomorrow():
        raise Refused("birth date: in the future, or before 1850")
    return birth, partial


def _death(patient: Patient, birth: datetime.date | None) -> tuple[bool, datetime.date | None]:
    if patient.deceasedDateTime is None:
        return patient.deceasedBoolean, None
    died, _ = common.partial_date(patient.deceasedDateTime, "date of death")
    if died and (died > _tomorrow() or (birth and died < birth)):
        raise Refused("date of death: in the future, or before birth")
    return True, died


def _tomorrow() -> datetime.date:
    """The latest date that some place on Earth writes today."""
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).date()


def _language(spoken: list[Communication]) -> str:
    """Polish, English or Ukrainian as preferred, else as named first; Polish where none is."""
    for communication in sorted(spoken, key=lambda one: not one.preferred):
        for coding in communication.language.coding:
            language = coding.code.partition("-")[0].lower()
            if language in _LANGUAGES:
                return language
        if communication.preferred:
            break
    return "pl"


def _keys(identifiers: list[common.Identifier]) -> tuple[list[Key], int, int]:
    """The numbers to know somebody again by; how many PESELs and other numbers were left out."""
    keys: list[Key] = []
    pesels = others = 0
    for identifier in identifiers:
        types = {coding.code for coding in identifier.type.coding}
        key = (identifier.system, identifier.value)
        if _is_pesel(identifier, types):
            pesels += 1
        elif _FOREIGN_SYSTEM.search(identifier.system.lower()) or types - _KEY_TYPES:
            others += 1
        elif types and _fits(key):
            keys.append(key)
    return list(dict.fromkeys(keys)), pesels, others


def _fits(key: Key) -> bool:
    """Whether this can be stored as a key: both parts are there, printable and not too long."""
    system, value = key
    return 0 < len(system) <= 200 and 0 < len(value) <= 100 and (system + value).isprintable()


def _is_pesel(identifier: common.Identifier, types: set[str]) -> bool:
    return (
        identifier.system.endswith(PESEL_OID)
        or "NNPOL" in types
        or common.holds_pesel(identifier.value)
        or common.holds_pesel(identifier.system)
    )

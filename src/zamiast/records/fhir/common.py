"""Parts that several FHIR resources share: names, addresses, dates, identifiers.

Only what is imported is named here; msgspec passes over everything else unread.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from zamiast.audit import doorway
from zamiast.pure.identifier import compact
from zamiast.pure.numerals.pesel import is_well_formed
from zamiast.records.fhir.reader import Refused


class Coding(msgspec.Struct):
    """A code from a system."""

    system: str = ""
    code: str = ""
    display: str = ""


class CodeableConcept(msgspec.Struct):
    """A meaning, in one or more codes."""

    coding: list[Coding] = []
    text: str = ""


class Period(msgspec.Struct):
    """From when until when."""

    start: str = ""
    end: str = ""


class Identifier(msgspec.Struct):
    """A number that some system gave."""

    use: str = ""
    type: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    system: str = ""
    value: str = ""
    period: Period = msgspec.field(default_factory=Period)


class Reference(msgspec.Struct):
    """Something else that is meant: by its address, by a number, or by words only."""

    reference: str = ""
    display: str = ""
    identifier: Identifier = msgspec.field(default_factory=Identifier)


class HumanName(msgspec.Struct):
    """A name, one of several."""

    use: str = ""
    family: str = ""
    given: list[str | None] = []


class Address(msgspec.Struct):
    """An address, one of several."""

    use: str = ""
    line: list[str | None] = []
    city: str = ""
    postalCode: str = ""
    country: str = ""


@dataclass(frozen=True)
class Text:
    """A text to store, and how many national numbers were cut out of it."""

    text: str
    found: int


_ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?", re.DOTALL)
_NAME_USES = {"official": 0, "usual": 1, "": 2, "temp": 3, "nickname": 4, "anonymous": 5}
_ADDRESS_USES = {"home": 0, "": 1, "temp": 2, "billing": 3, "work": 4}
_COUNTRIES = {"POL": "PL", "POLSKA": "PL", "POLAND": "PL", "UKR": "UA", "UKRAINE": "UA",
              "USA": "US", "DEU": "DE", "GBR": "GB"}  # fmt: skip
_UNKNOWN_COUNTRY = "ZZ"  # ISO 3166-1 leaves it to its users


def resource_id(value: str) -> str:
    """The id of a resource. Raises Refused for none, a malformed one, and a PESEL."""
    if not value:
        raise Refused("there is no id, so a second import could not know it again")
    if not _ID.fullmatch(value):
        raise Refused("the id is not a FHIR id (letters, digits, - and ., at most 64)")
    if holds_pesel(value):
        raise Refused("the id looks like a PESEL, which is not stored")
    return value


def holds_pesel(value: str) -> bool:
    """Whether a number that a system gave is a PESEL, or holds one.

    The digits of a UUID say nothing, whatever they happen to be.

    >>> holds_pesel("440514-01458"), holds_pesel("pl:44051401458")
    (True, True)
    >>> holds_pesel("44051401-458a-45ab-8c1d-abcdefabcdef"), holds_pesel("MR-77")
    (False, False)
    """
    if _UUID.fullmatch(value):
        return False
    return is_well_formed(compact(value)) or doorway.let_through(value).found > 0


@lru_cache(8192)  # first names and towns come again and again
def text(value: str, what: str, longest: int) -> Text:
    """A text without odd spaces and control characters, after the doorway.

    Raises Refused when it is longer than ``longest``.

    >>> text("  Anna\\tMaria ", "given names", 200)
    Text(text='Anna Maria', found=0)
    """
    plain = unicodedata.normalize("NFC", value)
    if not plain.isprintable():
        plain = "".join(one if one.isprintable() else " " for one in plain)
    passed = doorway.let_through(" ".join(plain.split()))
    if len(passed.text) > longest:
        raise Refused(f"{what}: longer than {longest} characters")
    return Text(passed.text, passed.found)


def best_name(names: list[HumanName]) -> HumanName | None:
    """The name to call somebody by: official, else usual, else whichever is not a former one."""
    known = [name for name in names if name.use in _NAME_USES and name.family.strip()]
    return min(known, key=lambda name: _NAME_USES[name.use], default=None)


def best_address(addresses: list[Address]) -> Address:
    """Where somebody lives: home first; an empty address when there is none in use."""
    known = [address for address in addresses if address.use in _ADDRESS_USES]
    return min(known, key=lambda address: _ADDRESS_USES[address.use], default=Address())


def joined(parts: list[str | None], between: str) -> str:
    """The parts that are there, joined."""
    return between.join(part.strip() for part in parts if part and part.strip())


def country(value: str) -> str:
    """A two-letter code: Poland where none is given, ``ZZ`` where it is not understood.

    >>> country(""), country("us"), country("Polska"), country("Atlantis")
    ('PL', 'US', 'PL', 'ZZ')
    """
    code = value.strip().upper()
    if len(code) == 2 and code.isascii() and code.isalpha():
        return code
    return _COUNTRIES.get(code, _UNKNOWN_COUNTRY) if code else "PL"


def partial_date(value: str, what: str) -> tuple[datetime.date | None, str]:
    """A FHIR date or dateTime: ``(date, "")`` where the day is known, else ``(None, "1951-03")``.

    The day is taken as written, in the place where it was written. Raises Refused for
    what is no date.

    >>> partial_date("1951-03-17", "birth date"), partial_date("1951", "birth date")
    ((datetime.date(1951, 3, 17), ''), (None, '1951'))
    >>> partial_date("1989-05-09T23:35:22-04:00", "date of death")
    (datetime.date(1989, 5, 9), '')
    """
    parts = _DATE.fullmatch(value) if value.isascii() else None
    try:
        if parts is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in parts.groups())
        whole = datetime.date(year, month or 1, day or 1)
    except ValueError:
        raise Refused(f"{what}: not a date") from None
    return (whole, "") if day else (None, value)

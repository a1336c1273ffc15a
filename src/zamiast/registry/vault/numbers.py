"""National numbers as values: their kinds, and one normal form for each number.

The same number comes in many writings. What is sealed and fingerprinted is the normal
form, so that two sources agree. The form is fixed: ``tests/vectors/vault.json``.

>>> normal(Number(Kind.PASSPORT, "zs 000-1775", "PL")).value
'ZS0001775'
>>> Number(Kind.PESEL, "44051401458")
Number(pesel)
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

import msgspec

from zamiast.errors import BadInput
from zamiast.pure.numerals import pesel

LONGEST = 256
_ISSUER = re.compile(r"[A-Z]{2}|urn:[!-~]{1,196}")
_PASSPORT = re.compile(r"[A-Z0-9]{4,24}")
_EIDAS = re.compile(r"([A-Z]{2})/[A-Z]{2}/[!-~]{1,240}")


class Kind(StrEnum):
    """What sort of number it is."""

    PESEL = "pesel"
    PASSPORT = "passport"
    FOREIGN = "foreign"
    EIDAS = "eidas"


class Number(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number with its kind and issuer: a country (ISO 3166-1 alpha-2) or a ``urn:`` of a system.

    Its digits stand in no ``repr``, so that no log or traceback can carry them.
    """

    kind: Kind
    value: str
    issuer: str = "PL"

    def __repr__(self) -> str:
        return f"Number({self.kind.value})"

    __str__ = __repr__


def normal(number: Number) -> Number:
    """The one form of a number. Raises BadInput when it cannot be a number of its kind."""
    if len(number.value) > LONGEST:
        raise BadInput("vault.not_a_number", "The number is too long.")
    value, issuer = _FORMS[number.kind](number.value, number.issuer)
    if not _ISSUER.fullmatch(issuer):
        raise BadInput("vault.issuer", "The issuer must be a country of two letters, or a urn.")
    return Number(number.kind, value, issuer)


def _pesel(value: str, _: str) -> tuple[str, str]:
    digits = "".join(_digit(sign) for sign in value if not _is_between(sign))
    if not pesel.is_well_formed(digits):
        raise BadInput("vault.not_a_pesel", "This is not a well-formed PESEL.")
    return digits, "PL"


def _passport(value: str, issuer: str) -> tuple[str, str]:
    text = _compact(value)
    if not _PASSPORT.fullmatch(text):
        raise BadInput("vault.not_a_passport", "A passport number has 4 to 24 letters and digits.")
    return text, issuer.upper() if len(issuer) == 2 else issuer


def _foreign(value: str, issuer: str) -> tuple[str, str]:
    text = _compact(value)
    if not text.isalnum():
        raise BadInput("vault.not_a_number", "A foreign number has letters and digits only.")
    return text, issuer.upper() if len(issuer) == 2 else issuer


def _eidas(value: str, _: str) -> tuple[str, str]:
    """``DE/PL/…``: issued by the first country; case matters (eIDAS attribute profile 1.2)."""
    text = value.strip()
    found = _EIDAS.fullmatch(text)
    if found is None:
        raise BadInput("vault.not_eidas", "An eIDAS identifier reads like DE/PL/12345.")
    return text, found[1]


_FORMS = {Kind.PESEL: _pesel, Kind.PASSPORT: _passport, Kind.FOREIGN: _foreign, Kind.EIDAS: _eidas}


def _compact(value: str) -> str:
    signs = unicodedata.normalize("NFKC", value).upper()
    return "".join(_digit(sign) for sign in signs if not _is_between(sign))


def _digit(sign: str) -> str:
    """A digit of any script as an ASCII digit; any other sign as it is."""
    return str(unicodedata.decimal(sign, sign))


def _is_between(sign: str) -> bool:
    """Whether a sign only separates: space, hyphen, dot, slash, or nothing to be seen."""
    return sign.isspace() or sign in "-‐‑‒–—./" or unicodedata.category(sign) == "Cf"

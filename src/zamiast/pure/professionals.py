"""Public numbers of professionals and facilities: what can be told from the digits alone.

A number identifies and proves nothing: all of these stand in public registers. Where the
rule of the check digit is known it is applied; elsewhere only the form. Sources:
the doctors' chamber (NIL) for PWZ of doctors and dentists, EAN-8 for pharmacists, and
python-stdnum for NIP and REGON. Of nurses and midwives the form is two digits of a chamber
(01 to 45), five digits, P or A; of physiotherapists, diagnosticians, the register of
facilities (RPWDL) and pharmacies no rule is published, so any short number passes.

>>> judge(Kind.DOCTOR, "5425740")
Verdict(number='5425740', is_good=True, is_checked=True, why='')
>>> judge(Kind.DOCTOR, "5425741").why
'check'
>>> judge(Kind.NURSE, "0201234 p")
Verdict(number='0201234P', is_good=True, is_checked=False, why='')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stdnum import ean
from stdnum.pl import nip, regon

LONGEST = 20
_BETWEEN = re.compile(r"[\s\u00a0\-./]+")


class Kind(StrEnum):
    """Whose number it is."""

    DOCTOR = "doctor"
    NURSE = "nurse"
    PHARMACIST = "pharmacist"
    PHYSIOTHERAPIST = "physiotherapist"
    DIAGNOSTICIAN = "diagnostician"
    RPWDL = "rpwdl"
    REGON = "regon"
    NIP = "nip"
    PHARMACY = "pharmacy"


FACILITIES = frozenset({Kind.RPWDL, Kind.REGON, Kind.NIP, Kind.PHARMACY})
# Namespaces of the national register of identifiers (HL7 Poland), as imports name them.
_OID = "2.16.840.1.113883.3.4424."
OIDS = {
    Kind.RPWDL: (f"{_OID}2.3.1",),
    Kind.REGON: (f"{_OID}2.2.1", f"{_OID}2.2.2"),
    Kind.NIP: (f"{_OID}2.1",),
    Kind.PHARMACY: (f"{_OID}2.6",),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The number as it is written, whether it can be one, and whether digits were checked.

    ``why`` is ``form`` or ``check`` for a bad one.
    """

    number: str
    is_good: bool
    is_checked: bool
    why: str = ""


def judge(kind: Kind, text: str) -> Verdict:
    """What can be said of a number of this kind from its digits."""
    number = compact(text)
    form, check = _RULES[kind]
    if not form.fullmatch(number):
        return Verdict(number[:LONGEST], False, False, "form")
    if check and not check(number):
        return Verdict(number, False, True, "check")
    return Verdict(number, True, check is not None)


def compact(text: str) -> str:
    """Without spaces, dots and dashes, letters large.

    >>> compact("526-104-08-28"), compact(" 0201234p ")
    ('5261040828', '0201234P')
    """
    return _BETWEEN.sub("", text).upper()


def keys(kind: Kind, number: str) -> tuple[str, ...]:
    """How a register of facilities may name this number: ``system|value``.

    >>> keys(Kind.NIP, "5261040828")[0]
    'urn:oid:2.16.840.1.113883.3.4424.2.1|5261040828'
    """
    forms = {number, number.lstrip("0").zfill(12)} if kind is Kind.RPWDL else {number}
    return tuple(
        f"{prefix}{oid}|{form}"
        for oid in OIDS.get(kind, ())
        for prefix in ("urn:oid:", "")
        for form in sorted(forms)
    )


def _doctor(number: str) -> bool:
    """The first digit is the sum of the others times 1 to 6, modulo 11: one digit, never 0."""
    total = sum(at * int(digit) for at, digit in enumerate(number[1:], 1))
    return total % 11 == int(number[0])


def _ean(number: str) -> bool:
    return ean.is_valid(number)


_Check = Callable[[str], bool]
_RULES: dict[Kind, tuple[re.Pattern[str], _Check | None]] = {
    Kind.DOCTOR: (re.compile(r"[1-9][0-9]{6}"), _doctor),
    Kind.NURSE: (re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-5])[0-9]{5}[PA]"), None),
    Kind.PHARMACIST: (re.compile(r"[0-9]{8}"), _ean),
    Kind.PHYSIOTHERAPIST: (re.compile(r"[1-9][0-9]{0,5}"), None),
    Kind.DIAGNOSTICIAN: (re.compile(r"[1-9][0-9]{0,5}"), None),
    Kind.RPWDL: (re.compile(r"[0-9]{1,12}"), None),
    Kind.REGON: (re.compile(r"[0-9]{9}|[0-9]{14}"), regon.is_valid),
    Kind.NIP: (re.compile(r"[0-9]{10}"), nip.is_valid),
    Kind.PHARMACY: (re.compile(r"[0-9]{1,10}"), None),
}

"""Is it an account identifier, and if not, what is the first thing wrong with it?"""

from __future__ import annotations

from zamiast.pure.identifier.code import contains_pesel, is_valid, syndrome
from zamiast.pure.identifier.errors import wrong
from zamiast.pure.identifier.form import LENGTH, compact, is_digits
from zamiast.pure.identifier.pesels import looks_like_pesel


def validate(text: str) -> str:
    """Return the twelve digits of ``text``; raise IdentifierError when it is no identifier.

    >>> validate("950-120-144-483")
    '950120144483'
    >>> validate("950 120 144 484")
    Traceback (most recent call last):
    zamiast.pure.identifier.errors.IdentifierError: identifier.check
    """
    digits = compact(text)
    if is_valid(digits):
        return digits
    raise wrong(_what_is_wrong(text, digits))


def _what_is_wrong(text: str, digits: str) -> str:
    """Return the key of the first thing that is wrong; the PESEL goes before all others."""
    if looks_like_pesel(text):
        return "looks_like_pesel"
    if not is_digits(digits):
        return "format"
    if len(digits) != LENGTH:
        return "length"
    if digits[0] == "0":
        return "first_digit"
    if syndrome(digits) == (0, 0, 0) and contains_pesel(digits):
        return "contains_pesel"
    return "check"

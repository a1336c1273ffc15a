"""What can be wrong with an identifier, each with a stable code and a sentence.

>>> wrong("length").code
'identifier.length'
"""

from __future__ import annotations

from zamiast.errors import BadInput

SENTENCES = {
    "format": "An account identifier has digits only.",
    "length": "An account identifier has 12 digits.",
    "first_digit": "An account identifier does not begin with 0.",
    "check": "This is not an account identifier: its check digits do not agree.",
    "looks_like_pesel": (
        "This looks like a PESEL. Do not give it here: give the 12 digits of the account."
    ),
    "contains_pesel": "This is not an account identifier: such digits are never issued.",
}


class IdentifierError(BadInput):
    """What was given is no account identifier; the code says why, the digits never stand in it."""


def wrong(what: str) -> IdentifierError:
    """Return the error for one of the keys of ``SENTENCES``."""
    return IdentifierError(f"identifier.{what}", SENTENCES[what])

"""The accounts around the caller of a confirmed call, as ``disclosure_access_reasons`` says.

>>> read('{"asker": 7, "accounts": []}')
Around(asker=7, accounts=[])
"""

from __future__ import annotations

import msgspec

from zamiast.pure.access import Facts


class Tied(msgspec.Struct, frozen=True):
    """An account with which the caller has to do, and all that is known about it."""

    account: int
    facts: Facts


class Around(msgspec.Struct, frozen=True):
    """Who asks, and the accounts around them."""

    asker: int
    accounts: list[Tied]


_DECODER = msgspec.json.Decoder(Around)


def read(text: str) -> Around:
    """The value of the field ``access_reasons``."""
    return _DECODER.decode(text)

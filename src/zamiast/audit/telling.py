"""Tell a holder that something is new in the account; what, they read after logging in.

The job is enqueued in the transaction of the change. What tells (the phone, the mail) is
the worker's business: ``portal.telling`` knows the ways a holder chose.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import connection


class Kind(StrEnum):
    """What is new, as coarse as this: a message carries no more."""

    CONFIRMATION = "confirmation"  # the helpline asks on the telephone
    ANSWER = "answer"  # in a case
    ENTRY = "entry"  # in the health records
    ACCESS = "access"  # who may see the account
    LOOK = "look"  # somebody looked
    RECEIPT = "receipt"  # of a call


def tell(account: int, kind: Kind) -> None:
    """Enqueue a message without content to the holder of an account, for any database role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_tell(%s::bigint, %s::text)", [account, kind.value])

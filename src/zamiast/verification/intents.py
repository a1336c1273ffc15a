"""A call that begins in the account: the holder says first what it is about.

    outcome = make(account, about=account, matter="wrong_data", fields=("name",), by=holder)
    now(account)        # Intent(…, code="480731926514"), while it waits for the keys
    take_up(session_digest, call)     # the desk: confirmed, for this matter and session

The code is twelve digits, made from the intent's own number with a key outside the database:
so the page can show it again, and the database cannot make it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from zamiast.audit.services import Actor
from zamiast.errors import BadInput
from zamiast.verification import disclosure
from zamiast.verification.exchange import INTENT_DIGITS, code_digest


@dataclass(frozen=True)
class Intent:
    """A call begun in the account: ``state`` is waiting, keyed or taken (up by the desk)."""

    id: UUID
    matter: str
    fields: tuple[str, ...]
    state: str
    seconds: int

    @property
    def code(self) -> str:
        """The digits for the telephone's keys."""
        return code_of(self.id)


def code_of(intent: UUID) -> str:
    """The twelve digits of an intent."""
    made = hmac.digest(settings.CONFIRM_KEY.encode(), f"code:{intent}".encode(), hashlib.sha256)
    return f"{int.from_bytes(made) % 10**INTENT_DIGITS:0{INTENT_DIGITS}}"


def make(account: int, *, about: int, matter: str, fields: Iterable[str], by: Actor) -> str:
    """Say beforehand what a call is about: ``made``, ``suspended`` or ``too_many``.

    One that waits already is replaced. Runs in the portal, which has checked that ``about`` is
    open to the holder. Raises BadInput where the matter opens none of the fields.
    """
    wanted = [code for code in disclosure.on_request(matter) if code in set(fields)]
    if not wanted:
        raise BadInput("verification.no_fields")
    new = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_intent_make(%s::bigint, %s::bigint, %s::text, %s::uuid, %s::text,"
            " %s::text[], %s::bytea)",
            [account, about, by.name, new, matter, wanted, code_digest("intent", code_of(new))],
        )
        return str(cursor.fetchone()[0])


def now(account: int) -> Intent | None:
    """The intent of an account that waits, was keyed or is taken up; the newest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_intent_now(%s::bigint)", [account])
        row = cursor.fetchone()
    return Intent(row[0], row[1], tuple(row[2].split(",")), row[3], row[4]) if row else None


def give_up(account: int, *, by: Actor) -> bool:
    """The holder does not call after all; whether there was anything to give up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_intent_end(%s::bigint, %s::text)", [account, by.name])
        return bool(cursor.fetchone()[0])


def take_up(session_digest: str, call: UUID) -> bool:
    """The desk takes up what the holder said beforehand, once; whether there was any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_take_intent(%s::text, %s::uuid)",
                       [session_digest, call])  # fmt: skip
        return bool(cursor.fetchone()[0])

"""Confirming a call, the desk's side: ask the holder, wait, open what was listed to them.

    code = ask(session_digest, call, matter="wrong_data", fields=("name", "address"))
    …                                  # read code out as three pairs; the holder types it
    state(session_digest, call)        # Standing("confirmed", …)
    open_fields(session_digest, call, ("name",))   # {"name": "Anna Nowak"}, with its event

The six digits are kept nowhere: the database gets a digest of them, made with a key that it
does not have and bound to this one confirmation.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from zamiast.errors import BadInput, Conflict, NotAllowed
from zamiast.verification import disclosure

DIGITS = 6


@dataclass(frozen=True)
class Standing:
    """How the confirmation of a call stands, as the desk may know it.

    ``state`` is ``none``, ``waiting``, ``confirmed``, ``not_confirmed``, ``over``, ``no_call``
    or ``no_session``; ``seconds`` are left of waiting or of what is confirmed.
    """

    state: str
    matter: str | None = None
    fields: tuple[str, ...] = ()
    seconds: int = 0
    numbers: int = 0

    @property
    def is_confirmed(self) -> bool:
        """Whether fields can be opened now."""
        return self.state == "confirmed"


def digest_of(confirmation: UUID, digits: str) -> bytes:
    """What is kept of the six digits: bound to one confirmation, useless for any other."""
    message = f"confirm:{confirmation}:{digits}".encode()
    return hmac.digest(settings.CONFIRM_KEY.encode(), message, hashlib.sha256)


def ask(session_digest: str, call: UUID, *, matter: str, fields: Iterable[str]) -> str:
    """Ask the holder to confirm; return the six digits to read out, this once.

    Whether there is anybody to ask makes no difference. Raises BadInput where the matter does
    not open the fields, NotAllowed without a session, Conflict without the call or after three
    numbers (``verification.numbers_used_up``).
    """
    asked = [code for code in disclosure.on_request(matter) if code in set(fields)]
    if not asked:
        raise BadInput("verification.no_fields")
    confirmation, digits = uuid4(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_confirm_ask(%s::text, %s::uuid, %s::uuid, %s::text, %s::text[],"
            " %s::bytea)",
            [session_digest, call, confirmation, matter, asked, digest_of(confirmation, digits)],
        )
        (outcome,) = cursor.fetchone()
    if outcome == "no_session":
        raise NotAllowed("verification.no_session")
    if outcome != "asked":
        codes = {"used_up": "verification.numbers_used_up"}
        raise Conflict(codes.get(outcome, "verification.no_call"))
    return digits


def state(session_digest: str, call: UUID) -> Standing:
    """How it stands: one cheap statement, for a screen that waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, matter, fields, seconds, numbers"
            " FROM verification_state(%s::text, %s::uuid)",
            [session_digest, call],
        )
        said, matter, fields, seconds, numbers = cursor.fetchone()
    return Standing(said, matter, tuple((fields or "").split(",")) if fields else (), seconds,
                    numbers)  # fmt: skip


def stop_waiting(session_digest: str, call: UUID) -> None:
    """The consultant waits no longer, or closes what was confirmed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_stop_waiting(%s::text, %s::uuid)",
                       [session_digest, call])  # fmt: skip


def open_fields(session_digest: str, call: UUID, fields: Iterable[str]) -> dict[str, str]:
    """Open fields of a confirmed call: an event for each, committed before its value is given.

    Raises Conflict (``verification.not_confirmed``) where nothing is confirmed any more, and
    RuntimeError inside a transaction, where the event could be rolled back.
    """
    if connection.in_atomic_block:
        raise RuntimeError("open_fields commits its own events; call it outside a transaction")
    asked = list(dict.fromkeys(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_open(%s::text, %s::uuid, %s::text[])",
            [session_digest, call, asked],
        )
        (reading,) = cursor.fetchone()
        if reading is None:
            raise Conflict("verification.not_confirmed")
        cursor.execute(
            "SELECT field, value FROM verification_opened(%s::text, %s::bigint)",
            [session_digest, reading],
        )
        found = dict(cursor.fetchall())
    if not found:
        raise Conflict("verification.not_confirmed")
    return {code: found[code] or "" for code in asked}


def level_in(session_digest: str, call: UUID, matter: str) -> tuple[int, int] | None:
    """Level 2 and whose account, where this session has the matter confirmed; None otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, account_id FROM verification_level_in(%s::text, %s::uuid, %s::text)",
            [session_digest, call, matter],
        )
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def tidy() -> int:
    """Close what ran out; return how many. Safe to run at any time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT verification_tidy_all()")
        return int(cursor.fetchone()[0])

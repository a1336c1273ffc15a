"""Level 3: a rare act, asked for in a confirmed call, done by the holder with a passkey.

ask(session_digest, call, "end_access")      # the desk
prompt(account)                              # the portal: Asked(…, act="end_access")
with transaction.atomic():                   # after the passkey was shown
    answer(asked.id, account, "done", by=holder)
    …                                        # the act itself, signed by the holder
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from zamiast.audit.services import Actor
from zamiast.errors import Conflict
from zamiast.verification import disclosure


@dataclass(frozen=True)
class Asked:
    """An act that the holder is asked for."""

    id: UUID
    act: str
    k_number: str
    matter: str
    asked_at: datetime.datetime
    seconds: int


def ask(session_digest: str, call: UUID, act: str) -> None:
    """Ask the holder for an act. Raises Conflict where nothing is confirmed, or after three."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_act_ask(%s::text, %s::uuid, %s::uuid, %s::text)",
            [session_digest, call, uuid4(), act],
        )
        (outcome,) = cursor.fetchone()
    if outcome != "asked":
        codes = {"used_up": "verification.numbers_used_up"}
        raise Conflict(codes.get(outcome, "verification.not_confirmed"))


def state(session_digest: str, call: UUID) -> tuple[str, str] | None:
    """The last act of the confirmed call, and ``waiting``, ``done`` or ``not_done``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT act, state FROM verification_act_state(%s::text, %s::uuid)",
            [session_digest, call],
        )
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def prompt(account: int) -> Asked | None:
    """What act the holder is asked for now, if any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_act_prompt(%s::bigint)", [account])
        row = cursor.fetchone()
    return Asked(*row) if row else None


def answer(asked: UUID, account: int, said: str, *, by: Actor) -> str:
    """``done`` or ``declined``, or ``gone`` where nothing is asked any more.

    ``done`` belongs into the transaction of the act, after a passkey that was shown after the
    question.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_act_answer(%s::uuid, %s::bigint, %s::text, %s::text)",
            [asked, account, by.name, said],
        )
        return str(cursor.fetchone()[0])


def fill(_apps: Any, schema_editor: Any) -> None:
    """Copy the acts at level 3 into the database; whoever changes them adds a migration."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM verification_strong")
        cursor.executemany("INSERT INTO verification_strong VALUES (%s, %s)",
                           disclosure.strong_rows())  # fmt: skip

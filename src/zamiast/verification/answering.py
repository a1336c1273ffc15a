"""Confirming a call, the holder's side: what is asked, typing the number, the receipt.

Runs in the portal. Every function takes the account of whoever logged in; for a child or a
ward, ``about`` is the account that they chose, and the caller has checked that it is open to
them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zamiast.audit.services import Actor
from zamiast.errors import BadInput
from zamiast.verification.confirming import DIGITS, digest_of

RECEIPTS = 20


@dataclass(frozen=True)
class Prompt:
    """What the holder is asked: who asks, in which call, to see what, why, how long still."""

    id: UUID
    call: UUID
    began_at: datetime.datetime
    last_two: str | None
    k_number: str
    matter: str
    fields: tuple[str, ...]
    nth: int
    seconds: int
    means: str  # app, or paper: then there is nothing to type


@dataclass(frozen=True)
class CallNow:
    """A call under way in which the account has a part.

    ``begun_by`` is ``callback`` where we call; otherwise somebody said the identifier.
    """

    id: UUID
    began_at: datetime.datetime
    last_two: str | None
    k_number: str
    begun_by: str


@dataclass(frozen=True)
class OpenNow:
    """What a consultant may see just now: it was confirmed, and the call goes on."""

    k_number: str
    fields: tuple[str, ...]
    until: datetime.datetime


@dataclass(frozen=True)
class Receipt:
    """What became of one question: what was asked, what was opened."""

    call: UUID
    began_at: datetime.datetime
    ended_at: datetime.datetime | None
    last_two: str | None
    k_number: str
    matter: str
    asked: tuple[str, ...]
    opened: tuple[str, ...]
    state: str
    is_about_other: bool
    is_disowned: bool
    case_number: int | None
    means: str  # app, paper, or an intent: begun in the account


def prompt(account: int) -> Prompt | None:
    """What the account's holder is asked now, if anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_prompt(%s::bigint)", [account])
        row = cursor.fetchone()
    return Prompt(*_with_codes(row, 6)) if row else None


def is_asked(account: int) -> bool:
    """Whether something is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM verification_prompt(%s::bigint))", [account])
        return bool(cursor.fetchone()[0])


def calls_now(account: int) -> list[CallNow]:
    """The calls under way in which the account has a part."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_calls_now(%s::bigint)", [account])
        return [CallNow(*row) for row in cursor.fetchall()]


def open_now(account: int) -> list[OpenNow]:
    """What is open for the desk because the account's holder confirmed it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_open_now(%s::bigint)", [account])
        return [OpenNow(*_with_codes(row, 1)) for row in cursor.fetchall()]


def type_number(prompt: UUID, account: int, *, about: int, digits: str, by: Actor) -> str:
    """Type the number: ``confirmed``, ``mistyped`` (its one try is gone) or ``gone``.

    Raises BadInput where it is not six digits; that costs no try.
    """
    typed = "".join(digits.split()).replace("-", "")
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdecimal()):
        raise BadInput("verification.six_digits")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_type(%s::uuid, %s::bigint, %s::bigint, %s::text, %s::bytea)",
            [prompt, account, about, by.name, digest_of(prompt, typed)],
        )
        return str(cursor.fetchone()[0])


def decline(prompt: UUID, account: int, *, by: Actor) -> str:
    """“I am not calling”: ``declined`` or ``gone``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_decline(%s::uuid, %s::bigint, %s::text)",
                       [prompt, account, by.name])  # fmt: skip
        return str(cursor.fetchone()[0])


def not_me(call: UUID, account: int, *, case_number: int | None, by: Actor) -> str:
    """“That was not me”: ``done``, ``said_already`` or ``no_call``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_not_me(%s::uuid, %s::bigint, %s::text, %s::bigint)",
            [call, account, by.name, case_number],
        )
        return str(cursor.fetchone()[0])


def resume(account: int, *, by: Actor) -> bool:
    """The holder lets the helpline ask again; whether anything was suspended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_resume(%s::bigint, %s::text)", [account, by.name])
        return bool(cursor.fetchone()[0])


def suspended_since(account: int) -> datetime.datetime | None:
    """Since when nothing is asked of this account, if so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_suspended_since(%s::bigint)", [account])
        found: datetime.datetime | None = cursor.fetchone()[0]
    return found


def receipts(account: int, call: UUID | None = None) -> list[Receipt]:
    """The last questions asked of an account, perhaps of one call only, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_receipts(%s::bigint, %s::int, %s::uuid)",
                       [account, RECEIPTS, call])  # fmt: skip
        return [Receipt(*_with_codes(row, 6, 7)) for row in cursor.fetchall()]


def _with_codes(row: tuple[Any, ...], *places: int) -> list[Any]:
    """A row whose texts of codes, at these places, are taken apart."""
    return [
        (tuple(value.split(",")) if value else ()) if place in places else value
        for place, value in enumerate(row)
    ]

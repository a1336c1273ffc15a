"""Paper codes: numbered pairs of a word to hear and eight digits to key.

    printed = print_sheet(account, language="pl", by=holder)   # the only time they are seen
    handed_out, language = hand_out("950120144483", seen="id-card")   # likewise, in person
    ask(session_digest, call, matter="wrong_data", fields=("name",))   # Pair(7, "latarnia")

The desk reads out the word of the next pair, so that the caller knows who asks; the caller
keys the digits and says nothing. The digits are kept as an HMAC; the words are made from the
sheet's number with a key outside the database, and kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from zamiast.audit.services import OPERATOR, Actor
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound, TooMany
from zamiast.pure import identifier as code
from zamiast.registry.models import Identifier, State
from zamiast.verification import disclosure
from zamiast.verification.exchange import PAPER_DIGITS, code_digest
from zamiast.verification.paper_words import WORDS

PAIRS = 20


@dataclass(frozen=True)
class Pair:
    """The number of a pair on its sheet, the word to hear, and, on paper only, the digits."""

    nth: int
    word: str
    digits: str = ""


@dataclass(frozen=True)
class Sheet:
    """The sheet of an account, as its holder may know it."""

    made_at: datetime
    unused: int
    next_one: int | None
    is_blocked: bool


def word_of(sheet: UUID, nth: int, language: str) -> str:
    """The word of a pair."""
    message = f"word:{sheet}:{nth}".encode()
    made = hmac.digest(settings.CONFIRM_KEY.encode(), message, hashlib.sha256)
    words = WORDS.get(language, WORDS["pl"])
    return words[int.from_bytes(made) % len(words)]


def print_sheet(account: int, *, language: str, by: Actor) -> list[Pair]:
    """A new sheet; the one before stops working. Its digits are not seen again.

    ``language`` is the account's. Raises TooMany after five a day.
    """
    new = uuid4()
    pairs = _pairs(new, language)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_sheet_make(%s::bigint, %s::text, %s::uuid, %s::bytea[])",
            [account, by.name, new, _digests(pairs)],
        )
        (outcome,) = cursor.fetchone()
    if outcome != "made":
        raise TooMany("verification.too_many_sheets")
    return pairs


def hand_out(identifier: str, *, seen: str) -> tuple[list[Pair], str]:
    """A new sheet for somebody who stands before an operator, and its language.

    ``seen`` is the kind of document that was looked at. As the owner of the tables. Raises
    BadInput for what is no identifier, NotFound where it is not active, TooMany.
    """
    if not code.is_valid(identifier):
        raise BadInput("verification.no_identifier", "This is no account identifier.")
    active = Identifier.objects.filter(number=int(code.compact(identifier)), state=State.ACTIVE)
    found = active.values_list("account_id", "account__person__language").first()
    if found is None:
        raise NotFound("verification.not_active", "This identifier is not active.")
    account, language = found
    new = uuid4()
    pairs = _pairs(new, language)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_sheet_put(%s::bigint, %s::uuid, %s::bytea[], %s, %s, %s)",
            [account, new, _digests(pairs), OPERATOR.kind, OPERATOR.name, seen],
        )
        (outcome,) = cursor.fetchone()
    if outcome == "closed":
        raise NotFound("verification.not_active", "This identifier is not active.")
    if outcome != "made":
        raise TooMany("verification.too_many_sheets", "Five sheets a day for one account.")
    return pairs, language


def _pairs(sheet: UUID, language: str) -> list[Pair]:
    return [
        Pair(nth, word_of(sheet, nth, language), f"{secrets.randbelow(10**PAPER_DIGITS):08}")
        for nth in range(1, PAIRS + 1)
    ]


def _digests(pairs: list[Pair]) -> list[bytes]:
    return [code_digest("paper", pair.digits) for pair in pairs]


def sheet(account: int) -> Sheet | None:
    """The sheet that counts, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_sheet_now(%s::bigint)", [account])
        row = cursor.fetchone()
    return Sheet(*row) if row else None


def end(account: int, *, by: Actor) -> bool:
    """The sheet is lost, or not wanted any more; whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_sheet_end(%s::bigint, %s::text)", [account, by.name])
        return bool(cursor.fetchone()[0])


def ask(session_digest: str, call: UUID, *, matter: str, fields: Iterable[str]) -> Pair:
    """Ask by paper; return the pair whose word is read out, this once.

    Whether the caller has a sheet at all makes no difference: then the word is one that nobody
    has. Raises as ``confirming.ask`` does.
    """
    asked = [code for code in disclosure.on_request(matter) if code in set(fields)]
    if not asked:
        raise BadInput("verification.no_fields")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM verification_paper_ask(%s::text, %s::uuid, %s::uuid, %s::text,"
            " %s::text[], %s::bytea)",
            [session_digest, call, uuid4(), matter, asked, secrets.token_bytes(32)],
        )
        outcome, of_sheet, nth, language = cursor.fetchone()
    if outcome == "no_session":
        raise NotAllowed("verification.no_session")
    if outcome != "asked":
        codes = {"used_up": "verification.numbers_used_up"}
        raise Conflict(codes.get(outcome, "verification.no_call"))
    return Pair(nth, word_of(of_sheet, nth, language))

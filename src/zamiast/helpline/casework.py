"""A specialist's file: whose accounts a case is about, and what stands there.

An account is named by an identifier from the documents, or taken in because a fact ties
it to an account of the case. There is no search by name, and every look is an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection, transaction

from zamiast.audit.services import keyed_hash
from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.guardianship.models import Change, Freeze
from zamiast.helpline.models import Case, CaseQuerySet
from zamiast.login.models import User
from zamiast.pure import identifier
from zamiast.pure.access import Facts

MATTERS = ("child_account", "ward_account", "after_divorce")
_FACTS = msgspec.json.Decoder(Facts)


@dataclass(frozen=True)
class Account:
    """An account of the case: its letter, how it came in, what stands there."""

    letter: str
    account: int
    how: str
    facts: Facts


@dataclass(frozen=True)
class Name:
    """Who holds an account, to compare with the documents."""

    letter: str
    family_name: str
    given_names: str
    birth_date: date


def queue() -> CaseQuerySet:
    """Open cases in matters 7 to 9, the oldest first."""
    return Case.objects.open().filter(matter__in=MATTERS).order_by("number")


def changes_waiting() -> list[Change]:
    """Changes that wait for a second specialist, the oldest first."""
    waiting = Change.objects.filter(decided_at=None).select_related("proposed_by")
    return list(waiting.order_by("proposed_at"))


def changes_of(case_number: int) -> list[Change]:
    """Everything that was proposed in a case, the oldest first."""
    found = Change.objects.filter(case_number=case_number).order_by("pk")
    return list(found.select_related("proposed_by", "decided_by"))


def freezes_of(accounts: list[Account]) -> list[Freeze]:
    """The freezes of these accounts that nobody lifted."""
    found = Freeze.objects.filter(account__in=[one.account for one in accounts]).standing()
    return list(found.select_related("placed_by").order_by("pk"))


def open_file(session_digest: str, case_number: int) -> list[Account]:
    """The accounts of a case; the events are committed before anything is answered."""
    question = _ask("SELECT helpline_ask_file(%s, %s)", session_digest, case_number)
    rows = _call("SELECT * FROM helpline_answer_file(%s, %s)", session_digest, question)
    return [Account(letter, account, how, _FACTS.decode(facts))
            for letter, account, how, facts in rows]  # fmt: skip


def name_account(session_digest: str, case_number: int, typed: str) -> None:
    """Take the account with this identifier into the case.

    Raises BadInput for what is no identifier, NotFound for one that is not active or
    without such a case, TooMany, Conflict where no letter is free.
    """
    number = identifier.compact(typed)
    if not identifier.is_valid(number):
        raise BadInput("casework.not_well_formed")
    question = _ask(
        "SELECT helpline_ask_to_name(%s, %s, %s, %s, %s)", session_digest, case_number,
        int(number), keyed_hash(number), settings.NOT_ACTIVE_PER_HOUR,
    )  # fmt: skip
    _settle(session_digest, question)


def take_in_tied(session_digest: str, case_number: int, letter: str) -> None:
    """Take in everybody tied by a fact to one account of the case. Raises like the above."""
    question = _ask("SELECT helpline_ask_tied(%s, %s, %s)", session_digest, case_number, letter)
    _settle(session_digest, question)


def weigh_change(session_digest: str, case_number: int, change: int) -> None:
    """Look at the file, and at the accounts that a change reaches, before it is decided."""
    _ask("SELECT helpline_ask_file(%s, %s)", session_digest, case_number)
    _ask("SELECT helpline_ask_change(%s, %s, %s)", session_digest, case_number, change)


def is_frozen_by(accounts: list[Account], freeze: int) -> bool:
    """Whether a freeze, lifted or not, is of one of these accounts."""
    mine = Freeze.objects.filter(account__in=[one.account for one in accounts])
    return mine.filter(pk=freeze).exists()


def names(session_digest: str, case_number: int) -> list[Name]:
    """The names behind the letters. Raises Conflict before there is a document to compare."""
    question = _ask("SELECT helpline_ask_names(%s, %s)", session_digest, case_number)
    rows = _call("SELECT * FROM helpline_answer_names(%s, %s)", session_digest, question)
    if not rows:
        raise Conflict("casework.no_document_to_compare")
    return [Name(*row) for row in rows]


def who_took_the_call(case: Case) -> User | None:
    """Who took the call in which the case was opened; None where it came in writing."""
    if case.call_id is None or case.opened_by_id is None:
        return None
    return User.objects.filter(pk=case.opened_by_id).first()


def forget_questions() -> int:
    """Forget what specialists asked an hour ago; return how many rows. Safe to run twice."""
    return int(_call("SELECT helpline_forget_questions()")[0][0])


def _ask(sql: str, *values: str | int | bytes) -> int:
    """Ask in a transaction of its own: only what is committed is answered (ADR 2)."""
    with transaction.atomic(durable=True):
        return int(_call(sql, *values)[0][0])


def _settle(session_digest: str, question: int) -> None:
    (outcome,) = _call("SELECT helpline_answer_name(%s, %s)", session_digest, question)[0]
    errors = {
        "not_active": NotFound("casework.not_active"),
        "no_case": NotFound("helpline.no_case"),
        "nobody": NotFound("casework.nobody_tied"),
        "limited": TooMany("casework.limited"),
        "full": Conflict("casework.no_letter_left"),
    }
    if outcome in errors:
        raise errors[outcome]


def _call(sql: str, *values: str | int | bytes) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found

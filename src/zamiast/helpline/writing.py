"""What every verb on a case shares: take it under a lock, write to it, tell the log.

A verb that got ``seen``, the version on the page, refuses when somebody wrote meanwhile:
nobody overwrites or answers what they have not read.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from zamiast.audit import doorway
from zamiast.audit.services import Purpose, record
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.helpline import words
from zamiast.helpline.models import LONGEST_NOTE, Case
from zamiast.helpline.moves import MOVES
from zamiast.login.models import User
from zamiast.verification.services import consultant

LARGEST = 2**63 - 1  # what the column of the number can hold
HOLDER = "holder"  # who wrote what came from an account

_NOTE = """
    WITH note AS (
        INSERT INTO helpline_note (case_id, author_id, author_name, text, cut, written_at)
        VALUES (%s::bigint, %s::bigint, %s, %s, %s::smallint, now()))
    SELECT helpline_add_words(%s::bigint, %s::text[])
"""
_WORDS = "SELECT helpline_add_words(%s::bigint, %s::text[])"
_MOVE = """
    WITH move AS (
        INSERT INTO helpline_move (case_id, name, detail, by, at)
        VALUES (%s::bigint, %s, %s, %s, now()))
    DELETE FROM helpline_draft
     WHERE case_id = %s::bigint AND user_id = %s::bigint AND kind = ANY (%s::text[])
"""


def find(number: int) -> Case | None:
    """The case with a number, if there is one."""
    return Case.objects.filter(pk=number).first() if number <= LARGEST else None


def existing(number: int) -> Case:
    """The case with a number. Raises NotFound."""
    case = find(number)
    if case is None:
        raise NotFound("helpline.no_case")
    return case


def locked(number: int, seen: int | None = None) -> Case:
    """The case, under a lock until the transaction ends.

    Raises NotFound, or Conflict (``helpline.changed_meanwhile``) where something was written
    since version ``seen``.
    """
    rows = Case.objects.select_for_update(no_key=True)
    case = rows.filter(pk=number).first() if number <= LARGEST else None
    if case is None:
        raise NotFound("helpline.no_case")
    if seen is not None and case.version != seen:
        raise Conflict("helpline.changed_meanwhile")
    return case


def usable(text: str) -> str:
    """A text that can be kept. Raises BadInput for an empty or too long one."""
    text = text.replace("\x00", "")  # PostgreSQL takes none
    if not text.strip():
        raise BadInput("helpline.empty_note")
    if len(text) > LONGEST_NOTE:
        raise BadInput("helpline.long_note")
    return text.strip()


def add_note(case: Case, text: str, by: User) -> int:
    """Write a note and its words in one statement; return how many numbers were cut out."""
    passed = doorway.let_through(text)
    kept = passed.text[: 2 * LONGEST_NOTE]
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            [case.pk, by.pk, by.k_number or HOLDER, kept, passed.found, case.pk,
             words.stems(kept)],
        )  # fmt: skip
    return passed.found


def add_words(case: Case, text: str) -> None:
    """Let a case be found by the words of a text."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [case.pk, words.stems(doorway.cleaned(text))])


def make_move(
    name: str, case: Case, *, by: User, detail: str = "", done: tuple[str, ...] = (), **columns: Any
) -> None:
    """Make one move of the table on a locked case: its state, its history, its event.

    ``done`` are kinds of drafts that are of no more use. Raises Conflict from another state.
    """
    move = MOVES[name]
    if case.state not in move.sources:
        raise Conflict("helpline.other_state")
    columns.setdefault("state", move.target or case.state)
    _update(case, columns)
    with connection.cursor() as cursor:
        k_number = by.k_number or HOLDER
        cursor.execute(_MOVE, [case.pk, name, detail, k_number, case.pk, by.pk, list(done)])
    record(move.what, by=consultant(by), account=case.account_id, purpose=purpose(case, detail))


def touch(case: Case, **columns: Any) -> None:
    """Count that something was written to a locked case."""
    _update(case, columns)


def purpose(case: Case, step: str | None = None) -> Purpose:
    """Why something is done: for this case."""
    return Purpose(matter=case.matter, case=case.pk, call=case.call_id, step=step or None)


def forget_draft(case: Case, by: User, kind: str) -> None:
    """A draft was used."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM helpline_draft WHERE case_id = %s AND user_id = %s AND kind = %s",
            [case.pk, by.pk, kind],
        )


def awake(**more: Any) -> dict[str, Any]:
    """The columns of a case that does not wait."""
    return {"waits_for": "", "waits_until": None, "left_seconds": None, **more}


def ended(**more: Any) -> dict[str, Any]:
    """The columns of a case on which nobody works any more."""
    return awake(closed_at=timezone.now(), unread=False, **more)


def _update(case: Case, columns: dict[str, Any]) -> None:
    case.version += 1
    Case.objects.filter(pk=case.pk).update(version=case.version, **columns)
    for name, value in columns.items():
        setattr(case, name, value)

"""Who is at a case, and what they typed: one statement every few seconds.

A draft passes the guard like any text. It is deleted when it was used, and by a job after
some days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from zamiast.audit import doorway
from zamiast.errors import BadInput, NotFound
from zamiast.helpline.models import LONGEST_NOTE
from zamiast.helpline.reading import PRESENT, Present
from zamiast.login.models import User

KINDS = ("note", "answer")

# Losing these writes in a crash loses a few seconds of typing, no promise.
_HERE = """
    WITH here AS (
        INSERT INTO helpline_presence (case_number, user_id, k_number, is_writing, seen_at)
        VALUES (%(case)s::bigint, %(user)s::bigint, %(name)s::text, %(writing)s::boolean, now())
        ON CONFLICT (case_number, user_id) DO UPDATE
           SET is_writing = EXCLUDED.is_writing, seen_at = EXCLUDED.seen_at),
    kept AS (
        INSERT INTO helpline_draft (case_id, user_id, kind, text, saved_at)
        SELECT %(case)s::bigint, %(user)s::bigint, %(kind)s::text, %(text)s::text, now()
         WHERE %(text)s::text IS NOT NULL AND %(text)s::text <> ''
        ON CONFLICT (case_id, user_id, kind) DO UPDATE
           SET text = EXCLUDED.text, saved_at = EXCLUDED.saved_at),
    gone AS (
        DELETE FROM helpline_draft
         WHERE case_id = %(case)s::bigint AND user_id = %(user)s::bigint
           AND kind = %(kind)s::text AND %(text)s::text = '')
    SELECT c.version,
           (SELECT coalesce(json_agg(json_build_object('k_number', p.k_number,
                            'is_writing', p.is_writing) ORDER BY p.k_number), '[]')::text
              FROM helpline_presence p
             WHERE p.case_number = c.number AND p.user_id <> %(user)s::bigint
               AND p.seen_at > now() - make_interval(secs => %(present)s::int))
      FROM helpline_case c WHERE c.number = %(case)s::bigint
"""
_DECODER = msgspec.json.Decoder(list[Present])


@dataclass(frozen=True)
class Here:
    """What a page learns when it says that somebody is there."""

    version: int
    others: list[Present]


def here(
    case_number: int, *, by: User, is_writing: bool = False, kind: str = "note",
    text: str | None = None,
) -> Here:  # fmt: skip
    """Say that somebody has a case open; keep what they typed, if ``text`` is given.

    Raises BadInput for an unknown kind or a text that is too long, NotFound.
    """
    if kind not in KINDS or len(text or "") > LONGEST_NOTE:
        raise BadInput("helpline.long_note")
    kept = None if text is None else doorway.cleaned(text.replace("\x00", ""))[:LONGEST_NOTE]
    values: dict[str, Any] = {
        "case": case_number, "user": by.pk, "name": by.k_number or "", "writing": is_writing,
        "kind": kind, "text": kept, "present": PRESENT,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_HERE, values)
        row = cursor.fetchone()
    if row is None:
        raise NotFound("helpline.no_case")
    return Here(row[0], _DECODER.decode(row[1]))


def leave(case_number: int, *, by: User) -> None:
    """Somebody closed the page of a case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM helpline_presence WHERE case_number = %s AND user_id = %s",
            [case_number, by.pk],
        )

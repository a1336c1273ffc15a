"""What the page of a case shows: two statements after the case itself.

``timeline`` is everything that was written or done, in order; ``beside`` all that stands
next to it: the callback, links, colleagues who are here, drafts, documents.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from zamiast.login.models import User

PRESENT = 20  # seconds after which somebody who gave no sign is gone

_TIMELINE = """
    WITH cases AS (
        SELECT number FROM helpline_case WHERE number = %s::bigint OR merged_into_id = %s::bigint)
    SELECT 'note', n.case_id, n.author_name, n.written_at, n.text, n.cut, NULL, n.id
      FROM helpline_note n WHERE n.case_id IN (SELECT number FROM cases)
    UNION ALL
    SELECT CASE WHEN m.is_from_holder THEN 'letter' ELSE 'answer' END, m.case_id, m.author_name,
           m.written_at, m.text, m.cut, m.read_at, m.id
      FROM helpline_message m WHERE m.case_id IN (SELECT number FROM cases)
    UNION ALL
    SELECT v.name, v.case_id, v.by, v.at, v.detail, 0, NULL, v.id
      FROM helpline_move v WHERE v.case_id IN (SELECT number FROM cases)
    ORDER BY 4, 8
"""
_BESIDE = """
    SELECT json_build_object(
      'callback', (SELECT json_build_object('id', k.id, 'state', k.state, 'from_at', k.from_at,
                          'until_at', k.until_at, 'number_kind', k.number_kind,
                          'ending', k.ending, 'wish', k.wish, 'tries', k.tries,
                          'promised_by', k.promised_by_name, 'taken_by', k.taken_by_name)
                     FROM helpline_callback k
                    WHERE k.case_id = %(case)s::bigint AND k.state IN ('open', 'missed')),
      'links', (SELECT coalesce(json_agg(json_build_object('number', c.number, 'kind', l.kind,
                                'state', c.state, 'matter', c.matter) ORDER BY c.number), '[]')
                  FROM helpline_link l JOIN helpline_case c
                    ON c.number = CASE WHEN l.case_id = %(case)s::bigint
                                       THEN l.other_id ELSE l.case_id END
                 WHERE %(case)s::bigint IN (l.case_id, l.other_id)),
      'merged', (SELECT coalesce(json_agg(m.number ORDER BY m.number), '[]')
                   FROM helpline_case m WHERE m.merged_into_id = %(case)s::bigint),
      'present', (SELECT coalesce(json_agg(json_build_object('k_number', p.k_number,
                                  'is_writing', p.is_writing) ORDER BY p.k_number), '[]')
                    FROM helpline_presence p
                   WHERE p.case_number = %(case)s::bigint AND p.user_id <> %(user)s::bigint
                     AND p.seen_at > now() - make_interval(secs => %(present)s::int)),
      'drafts', (SELECT coalesce(json_object_agg(d.kind, json_build_object('text', d.text,
                                 'saved_at', d.saved_at)), '{}')
                   FROM helpline_draft d
                  WHERE d.case_id = %(case)s::bigint AND d.user_id = %(user)s::bigint),
      'documents', (SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name,
                                    'kind', d.kind, 'size', d.size, 'added_by', d.added_by_name,
                                    'added_at', d.added_at) ORDER BY d.added_at), '[]')
                      FROM helpline_document d WHERE d.case_id = %(case)s::bigint)
    )::text
"""


@dataclass(frozen=True)
class Entry:
    """One thing that was written (note, letter, answer) or done (a move)."""

    kind: str
    case: int
    by: str
    at: datetime.datetime
    text: str
    cut: int = 0
    read_at: datetime.datetime | None = None

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote it in words."""
        return self.kind in ("note", "letter", "answer")


class Callback(msgspec.Struct, frozen=True):
    """The callback that is promised in the case."""

    id: int
    state: str
    from_at: datetime.datetime
    until_at: datetime.datetime
    number_kind: str
    ending: str
    wish: str
    tries: int
    promised_by: str
    taken_by: str


class Linked(msgspec.Struct, frozen=True):
    """Another case that belongs to this one."""

    number: int
    kind: str
    state: str
    matter: str


class Present(msgspec.Struct, frozen=True):
    """A colleague who has this case open now."""

    k_number: str
    is_writing: bool


class Draft(msgspec.Struct, frozen=True):
    """What was typed and not saved."""

    text: str
    saved_at: datetime.datetime


class Paper(msgspec.Struct, frozen=True):
    """A document as it stands in the list of a case."""

    id: str
    name: str
    kind: str
    size: int
    added_by: str
    added_at: datetime.datetime


class Beside(msgspec.Struct, frozen=True):
    """What stands beside the timeline."""

    callback: Callback | None = None
    links: list[Linked] = []
    merged: list[int] = []
    present: list[Present] = []
    drafts: dict[str, Draft] = {}
    documents: list[Paper] = []


_DECODER = msgspec.json.Decoder(Beside)


def timeline(case_number: int) -> list[Entry]:
    """Everything written or done in a case and those merged into it, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_TIMELINE, [case_number, case_number])
        return [Entry(*row[:7]) for row in cursor.fetchall()]


def beside(case_number: int, user: User) -> Beside:
    """All that stands beside the timeline, for one reader."""
    values: dict[str, Any] = {"case": case_number, "user": user.pk, "present": PRESENT}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, values)
        return _DECODER.decode(cursor.fetchone()[0])

"""Finding cases by words of their notes and letters, instant at a million cases.

First the newest few thousand cases are looked through in their order: a common word fills a
page there. Only a rarer one asks the index of words, which then has few rows to give. What
the planner believes about a word plays no part. (Slow is only a word that was common long
ago and is rare now.)
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from zamiast.audit.services import Purpose, keyed_hash, record
from zamiast.errors import BadInput
from zamiast.helpline import selectors, words
from zamiast.helpline.models import Case
from zamiast.helpline.selectors import CaseRow
from zamiast.login.models import User
from zamiast.verification.services import consultant

PAGE = 20
MOST_WORDS = 8
LONGEST = 200
_NEWEST = 4000  # cases looked through in order before the index of words is asked

_RECENT = """
    SELECT w.case_number FROM helpline_words w {join}
     WHERE w.case_number < %(before)s::bigint
       AND w.case_number > %(before)s::bigint - {newest} AND w.words @@ '{query}'::tsquery {matter}
     ORDER BY w.case_number DESC LIMIT {size}
"""
_BY_INDEX = """
    WITH hits AS MATERIALIZED (
        SELECT w.case_number FROM helpline_words w WHERE w.words @@ '{query}'::tsquery)
    SELECT w.case_number FROM hits w {join}
     WHERE w.case_number < %(before)s::bigint {matter} ORDER BY w.case_number DESC LIMIT {size}
"""
_NEXT_NUMBER = "SELECT coalesce(max(case_number), 0) + 1 FROM helpline_words"


@dataclass(frozen=True)
class Found:
    """One page of what was found, and the number before which the next one begins."""

    rows: list[CaseRow]
    older: int | None = None


def by_words(text: str, *, by: User, matter: str | None = None, before: int | None = None) -> Found:
    """Cases with all these words in any of their forms, the newest first.

    The search is an event, with a keyed hash of what was looked for. Raises BadInput for a
    text without a word.
    """
    wanted = words.stems(text[:LONGEST])[:MOST_WORDS]
    if not wanted:
        raise BadInput("helpline.no_words")
    numbers = _numbers(wanted, matter, before)
    rows = selectors.rows(Case.objects.filter(pk__in=numbers[:PAGE]).order_by("-number"))
    with transaction.atomic():
        record("case.searched", by=consultant(by), outcome="done" if rows else "not_found",
               purpose=Purpose(matter=matter), asked=keyed_hash(" ".join(wanted)))  # fmt: skip
    return Found(rows, numbers[PAGE - 1] if len(numbers) > PAGE else None)


def _numbers(wanted: list[str], matter: str | None, before: int | None) -> list[int]:
    """The numbers of one page and one more."""
    pieces = {
        "query": _query(wanted),
        "size": PAGE + 1,
        "newest": _NEWEST,
        "join": "JOIN helpline_case c ON c.number = w.case_number" if matter else "",
        "matter": "AND c.matter = %(matter)s::text" if matter else "",
    }
    with connection.cursor() as cursor:
        if before is None:
            cursor.execute(_NEXT_NUMBER)
            (before,) = cursor.fetchone()
        values = {"before": before, "matter": matter}
        cursor.execute(_RECENT.format(**pieces), values)
        found = [number for (number,) in cursor.fetchall()]
        if len(found) <= PAGE:
            cursor.execute(_BY_INDEX.format(**pieces), values)
            found = [number for (number,) in cursor.fetchall()]
    return found


def _query(wanted: list[str]) -> str:
    """A tsquery as a literal, so that the planner knows it: letters and digits only."""
    assert all(word.isalnum() for word in wanted)
    return " & ".join(wanted)

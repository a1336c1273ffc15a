"""Taking in facts that another system states, in bulk: coverage, relations, consents.

    summary = take_in(rows, by=machine("import fhir"))

Whose facts these are is told by account; a row is known again by its ``key``, so the same
rows can come any number of times. Rows are added and ended, never rewritten: what another
system now says differently ends the old row and adds a new one. What people or
specialists ended here stays ended, whatever another system goes on saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from zamiast.audit.services import Actor
from zamiast.guardianship import locks
from zamiast.guardianship.models import Because, Insurance, OwnTitle, Row
from zamiast.guardianship.services.stated import (
    Consented,
    Covered,
    Related,
    Stated,
    Unusable,
    as_row,
    concerned,
    same,
    same_fact,
)
from zamiast.pure.access.calendar import warsaw_day

__all__ = ["Consented", "Covered", "Related", "Taken", "Unusable", "take_in"]

_EVENTS = """
    SELECT count(audit_write(%s::text, %s::text, NULL, account, %s::text, 'done',
                             NULL, NULL, NULL, NULL, NULL, NULL, 0::smallint, NULL))
      FROM unnest(%s::bigint[]) account
"""
_BY_PEOPLE = (Because.WITHDRAWN, Because.RULING, Because.REVERSED, Because.REVIEW)
_WORDS = {Covered: "insurance", Related: "relation", Consented: "consent"}


@dataclass
class Taken:
    """What came of the rows. ``refused`` holds the key of each that was not used, and why."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept_ended: int = 0  # ended here by a person or a specialist: stays so
    refused: list[tuple[str, str]] = field(default_factory=list)


def take_in(rows: Sequence[Stated], *, by: Actor) -> Taken:
    """Add what is new, end what ended, in one transaction (part of the caller's, if any).

    ``by`` is the machine that is written in the rows and in the events, which everybody
    concerned sees. A row that cannot be used is told in the answer and stops nothing.
    """
    taken = Taken()
    accounts = sorted({pk for row in rows for pk in concerned(row)})
    with transaction.atomic():
        if accounts:
            locks.alone(*accounts)
        work = _Work(by, taken)
        work.look_up(rows)
        for row in rows:
            try:
                work.take(row)
            except Unusable as reason:
                taken.refused.append((row.key, str(reason)))
        for what, told in sorted(work.told.items()):
            _events(by, what, told)
    return taken


class _Work:
    """One batch, in one transaction, with the accounts locked."""

    def __init__(self, by: Actor, taken: Taken) -> None:
        self.by, self.taken = by, taken
        self.now = timezone.now()
        self.known: dict[str, Row] = {}
        self.here: dict[tuple[type[Row], int], list[Row]] = {}
        self.told: dict[str, set[int]] = {}

    def look_up(self, rows: Iterable[Stated]) -> None:
        """What is here of the accounts and of the keys; the newest row of a key counts."""
        wanted: dict[type[Row], tuple[set[int], set[str]]] = {}
        for row in rows:
            for table in row.TABLES:
                accounts, keys = wanted.setdefault(table, (set(), set()))
                accounts.add(row.account)
                keys.add(row.key)
        for table, (accounts, keys) in wanted.items():
            found = table.objects.filter(Q(account__in=accounts) | Q(source_key__in=keys))
            for one in found.order_by("pk"):
                self._remember(one)

    def _remember(self, row: Row) -> None:
        self.here.setdefault((type(row), row.account_id), []).append(row)
        if row.source_key:
            self.known[row.source_key] = row

    def take(self, stated: Stated) -> None:
        """One statement: nothing to do, a new row, an ending, or another row in its place."""
        row = as_row(stated, by=self.by.name, at=self.now)
        known = self.known.get(stated.key) or self._the_same_without_key(row)
        if known is None:
            self._not_against_what_was_ended_here(row)
            self._add(row, stated)
            self.taken.new += not stated.mistaken
        elif self._ended_here(known):
            self.taken.kept_ended += 1
        elif known.ended_because in (Because.MISTAKE, Because.REPLACED):
            self._add(row, stated)
            self.taken.changed += not stated.mistaken
        else:
            self._compare(known, row, stated)

    def _compare(self, known: Row, row: Row, stated: Stated) -> None:
        if stated.mistaken:
            self._end(known, Because.MISTAKE, stated)
        elif not _as_before(known, row):
            self._replace(known, row, stated)
        elif row.ended_on is not None and known.ended_on is None:
            self._end(known, Because(row.ended_because or "other"), stated, like=row)
        elif known.ended_on != row.ended_on:
            self._replace(known, row, stated)
        elif self._publish(known, row):
            self._tell(stated, "published")
        else:
            self.taken.unchanged += 1
            return
        self.taken.changed += 1

    def _add(self, row: Row, stated: Stated) -> None:
        if stated.mistaken:
            self.taken.unchanged += 1
            return
        row.save(force_insert=True)
        self._remember(row)
        self._tell(stated, "stated" if row.ended_on is None else "ended")

    def _replace(self, known: Row, row: Row, stated: Stated) -> None:
        """Another statement under the same key: the source corrects itself, or it changed."""
        if known.ended_on is not None:
            raise Unusable("this ended on another day already; state it under a key of its own")
        corrected = isinstance(known, Insurance | OwnTitle) or known.since != row.since
        because = Because.MISTAKE if corrected else Because.REPLACED
        type(known).objects.filter(pk=known.pk).end(
            by=self.by.name, because=because, on=warsaw_day(self.now)
        )
        known.ended_because, known.ended_on = because, warsaw_day(self.now)
        if known.account_id != row.account_id:
            self.told.setdefault(self._what(stated, "ended"), set()).add(known.account_id)
        self._add(row, stated)

    def _end(self, known: Row, because: Because, stated: Stated, like: Row | None = None) -> None:
        if known.ended_on is not None:
            raise Unusable("this ended already")
        on = warsaw_day(self.now) if like is None else like.ended_on
        type(known).objects.filter(pk=known.pk).end(by=self.by.name, because=because, on=on)
        known.ended_on, known.ended_by, known.ended_because = on, self.by.name, because
        self._tell(stated, "ended")

    def _publish(self, known: Row, row: Row) -> bool:
        if not isinstance(known, Insurance) or not isinstance(row, Insurance):
            return False
        if known.published_on is not None or row.published_on is None:
            return False
        Insurance.objects.filter(pk=known.pk).update(published_on=row.published_on)
        known.published_on = row.published_on
        return True

    def _the_same_without_key(self, row: Row) -> Row | None:
        """A row that came another way (a file of ZUS, a case) and says the same."""
        rows = self.here.get((type(row), row.account_id), [])
        found = [one for one in rows if not one.source_key and same_fact(one, row)]
        standing = [one for one in found if one.ended_because != Because.MISTAKE]
        return standing[-1] if standing else None

    def _ended_here(self, known: Row) -> bool:
        """Ended by a person or in a case, not by another system's word."""
        if known.ended_by is None:
            return False
        by_hand = known.ended_because == Because.MISTAKE and known.ended_by.startswith("K-")
        return by_hand or known.ended_because in _BY_PEOPLE

    def _not_against_what_was_ended_here(self, row: Row) -> None:
        """A new key does not bring back what a ruling or a person ended since it began."""
        for one in self.here.get((type(row), row.account_id), []):
            if (
                same(one, row, but=("since", "authority"))
                and self._ended_here(one)
                and one.ended_on is not None
                and row.since <= one.ended_on
            ):
                raise Unusable("this was ended here, by a person or after a case")

    def _what(self, stated: Stated, what: str) -> str:
        return f"{_WORDS[type(stated)]}.{what}"

    def _tell(self, stated: Stated, what: str) -> None:
        self.told.setdefault(self._what(stated, what), set()).update(concerned(stated))


def _as_before(known: Row, row: Row) -> bool:
    """Whether nothing but an ending or a publication is new; loose where it came another way."""
    alike = same if known.source_key else same_fact
    return known.account_id == row.account_id and alike(known, row)


def _events(by: Actor, what: str, accounts: set[int]) -> None:
    values: list[Any] = [by.kind, by.name, what, sorted(accounts)]
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, values)

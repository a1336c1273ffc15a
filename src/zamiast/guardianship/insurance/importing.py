"""Writing registrations: match people, add what is new, end what ended, in batches.

A registration is known again by child, insurer, payer and its first day, so a file can be
imported any number of times and a run that was stopped is simply run again. One batch is
one transaction; each child and each insurer whom it concerns gets an event.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit.services import Actor, Purpose, machine, record
from zamiast.guardianship import locks
from zamiast.guardianship.insurance.people import People, Resolve, no_vault
from zamiast.guardianship.insurance.reading import BadLine, Line, Wrong, lines_of
from zamiast.guardianship.models import Because, Insurance, OwnTitle, Source
from zamiast.pure.access.calendar import warsaw_day
from zamiast.pure.access.facts import InsuranceEnd

BATCH = 500
KEPT = 1000
BY = machine("import insurance")

_EVENTS = """
    SELECT count(audit_write(%s::text, %s::text, NULL, account, %s::text, 'done',
                             NULL, NULL, NULL, NULL, NULL, NULL, 0::smallint, NULL))
      FROM unnest(%s::bigint[]) account
"""


@dataclass
class Summary:
    """What an import did; ``wrong`` holds the first thousand refusals, ``refused`` counts all."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    insurers_not_here: int = 0
    numbers_dropped: int = 0
    wrong: list[Wrong] = field(default_factory=list)


class Import:
    """One run over one file."""

    def __init__(
        self,
        *,
        on_wrong: Callable[[Wrong], None] = lambda _: None,
        resolve: Resolve = no_vault,
        check_only: bool = False,
    ) -> None:
        self.on_wrong, self.resolve, self.check_only = on_wrong, resolve, check_only
        self.summary = Summary()

    def run(self, path: Path, *, on_bytes: Callable[[int], None] = lambda _: None) -> Summary:
        """Import a file; with ``check_only`` everything is tried and nothing is kept."""
        batch: list[Line] = []
        for done, found in lines_of(path, today=warsaw_day(timezone.now())):
            self.summary.read += 1
            if isinstance(found, Wrong):
                self._refuse(found.line, found.reason)
                continue
            batch.append(found)
            if len(batch) == BATCH:
                self._write(batch)
                batch = []
                on_bytes(done)
        self._write(batch)
        self._record()
        return self.summary

    def _write(self, batch: Sequence[Line]) -> None:
        if not batch:
            return
        people = People(batch, self.resolve)
        self.summary.numbers_dropped += people.dropped
        with transaction.atomic():
            _Batch(self, people).write(batch)
            transaction.set_rollback(self.check_only)

    def _record(self) -> None:
        if self.check_only:
            return
        done = self.summary
        told = f"new: {done.new}, changed: {done.changed}, refused: {done.refused}"
        with transaction.atomic():
            record("insurance.imported", by=BY, purpose=Purpose(reason=told))

    def _refuse(self, line: int, reason: str) -> None:
        wrong = Wrong(line, reason)
        self.summary.refused += 1
        if len(self.summary.wrong) < KEPT:
            self.summary.wrong.append(wrong)
        self.on_wrong(wrong)

    refuse = _refuse


Key = tuple[object, ...]


class _Batch:
    """One transaction."""

    def __init__(self, run: Import, people: People) -> None:
        self.run, self.people = run, people
        self.now = timezone.now()
        self.known: dict[Key, Insurance | OwnTitle] = {}
        self.added: list[Insurance | OwnTitle] = []
        self.told: dict[str, set[int]] = {}

    def write(self, batch: Iterable[Line]) -> None:
        """Add and end what the lines say, then tell everybody concerned."""
        found = [(line, self._child(line)) for line in batch]
        usable = [(line, child) for line, child in found if child is not None]
        children = sorted({child for _, child in usable})
        locks.alone(*children)
        self._look_up(children)
        for line, child in usable:
            try:
                self._title(line, child) if line.title else self._registration(line, child)
            except BadLine as bad:
                self.run.refuse(line.number, str(bad))
        Insurance.objects.bulk_create(row for row in self.added if isinstance(row, Insurance))
        OwnTitle.objects.bulk_create(row for row in self.added if isinstance(row, OwnTitle))
        for what, accounts in sorted(self.told.items()):
            _events(what, accounts)

    def _child(self, line: Line) -> int | None:
        try:
            return self.people.account(line.child, "dziecko")
        except BadLine as bad:
            self.run.refuse(line.number, str(bad))
            return None

    def _look_up(self, children: list[int]) -> None:
        for row in Insurance.objects.filter(account__in=children):
            if row.ended_because != Because.MISTAKE:
                self.known[_key(row)] = row
        for row in OwnTitle.objects.filter(account__in=children):
            if row.ended_because != Because.MISTAKE:
                self.known[_key(row)] = row

    def _registration(self, line: Line, child: int) -> None:
        assert line.insurer is not None
        insurer, reference = self.people.insurer(line.insurer)
        if insurer == child:
            raise BadLine("a child does not insure itself; an own title stands in tytul_wlasny")
        row = Insurance(
            account_id=child, insurer_id=insurer, insurer_ref=reference, payer=line.payer.value,
            payer_nip=line.payer_nip, since=line.since, published_on=line.published,
            **self._entered(line),
        )  # fmt: skip
        if insurer is None:
            self.run.summary.insurers_not_here += 1
        concerned = {child} | ({insurer} if insurer else set())
        self._put(row, line, concerned, "insurance")

    def _title(self, line: Line, child: int) -> None:
        assert line.title is not None
        row = OwnTitle(
            account_id=child, title=line.title.value, since=line.since, **self._entered(line)
        )
        self._put(row, line, {child}, "own_title")

    def _put(self, row: Insurance | OwnTitle, line: Line, concerned: set[int], what: str) -> None:
        """Add a row that is new; on one that is known, fill in what came later."""
        known = self.known.get(_key(row))
        if known is None:
            self._take_over(row)
            self.known[_key(row)] = row
            self.added.append(row)
            self.run.summary.new += 1
            self._tell(f"{what}.registered", concerned)
            return
        changed = self._publish(known, line)
        if line.ended is not None and known.ended_on is None:
            self._end(known, line.ended, _because(line))
            changed = True
            self._tell(f"{what}.ended", concerned)
        elif line.ended is not None and known.ended_on != line.ended:
            raise BadLine("this registration ended on another day already")
        if changed:
            self.run.summary.changed += 1
        else:
            self.run.summary.unchanged += 1

    def _publish(self, known: Insurance | OwnTitle, line: Line) -> bool:
        if not isinstance(known, Insurance) or line.published in (None, known.published_on):
            return False
        if known.published_on is not None:
            raise BadLine("this registration was published on another day already")
        known.published_on = line.published
        if known.pk:
            Insurance.objects.filter(pk=known.pk).update(published_on=line.published)
        self._tell("insurance.published", {known.account_id, known.insurer_id or known.account_id})
        return True

    def _end(self, known: Insurance | OwnTitle, on: datetime.date, because: Because) -> None:
        if known.pk:
            type(known).objects.filter(pk=known.pk).end(by=BY.name, because=because, on=on)
        known.ended_on, known.ended_at = on, self.now
        known.ended_by, known.ended_because = BY.name, because

    def _take_over(self, row: Insurance | OwnTitle) -> None:
        """Somebody who was not here before and is now: the old row ends as a mistake."""
        if not isinstance(row, Insurance) or row.insurer_id is None:
            return
        for reference in self.people.references(row.insurer_id):
            key = (row.account_id, None, reference, row.payer, row.payer_nip, row.since)
            old = self.known.get(key)
            if old is not None and old.ended_because != Because.MISTAKE and old.ended_on is None:
                self._end(old, row.since, Because.MISTAKE)

    def _entered(self, line: Line) -> dict[str, object]:
        values: dict[str, object] = {
            "source": Source.IMPORT, "entered_by": BY.name, "entered_at": self.now,
        }  # fmt: skip
        if line.ended is not None:
            values |= {"ended_on": line.ended, "ended_at": self.now, "ended_by": BY.name,
                       "ended_because": _because(line)}  # fmt: skip
        return values

    def _tell(self, what: str, accounts: set[int]) -> None:
        self.told.setdefault(what, set()).update(accounts)


def _because(line: Line) -> Because:
    return Because.JOB_CHANGE if line.ended_by is InsuranceEnd.JOB_CHANGE else Because.OTHER


def _key(row: Insurance | OwnTitle) -> Key:
    if isinstance(row, OwnTitle):
        return (row.account_id, row.title, row.since)
    return (row.account_id, row.insurer_id, row.insurer_ref, row.payer, row.payer_nip, row.since)


def _events(what: str, accounts: set[int], by: Actor = BY) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [by.kind, by.name, what, sorted(accounts)])

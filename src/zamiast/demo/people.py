"""Writing invented people to the database: by COPY, in one transaction, with one event.

Nothing of what real people leave in the log fits them, so the log gets one event for
the run, with counts. Identifiers are drawn as always, from the operating system: the
same seed gives the same people, never the same identifiers. Of national numbers nothing
is stored, so there is nothing to invent; who has none looks like everybody else.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from zamiast.audit.services import Purpose, machine, record
from zamiast.demo.population import Invented, invent
from zamiast.demo.stage import SOURCE, refuse_outside_demo
from zamiast.registry import bulk
from zamiast.registry.models import Person

BATCH = 10_000

_PERSON = (
    "COPY registry_person (id, family_name, given_names, birth_date, birth_partial, gender,"
    " died_on, is_dead, address_line, postal_code, city, country, language) FROM STDIN"
)
_ACCOUNT = (
    "COPY registry_account (id, person_id, opened_at, first_used_at, closed_at, closed_because)"
    " FROM STDIN"
)


@dataclass
class Counts:
    """What was written."""

    people: int = 0
    identifiers: int = 0
    dead: int = 0


def is_populated() -> bool:
    """Whether anybody but the cast is there already."""
    return Person.objects.exclude(sources__system=SOURCE).exists()


def populate(
    count: int, seed: int, *, on_progress: Callable[[int], None] = lambda _: None
) -> Counts:
    """Invent ``count`` people with accounts and identifiers; all of them, or none on an error.

    ``on_progress`` hears how many are written. Doing it twice with one seed writes the
    same people twice.
    """
    refuse_outside_demo()
    done = Counts()
    people = islice(invent(seed), count)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checked as we go, not kept for later
        while batch := list(islice(people, BATCH)):
            _write(batch, done)
            on_progress(done.people)
        told = f"seed: {seed}, people: {done.people}, dead: {done.dead}"
        told += f", identifiers: {done.identifiers}"
        record("demo.people_invented", by=machine("demo"), purpose=Purpose(reason=told))
    return done


def _write(batch: list[Invented], done: Counts) -> None:
    people = _numbers("registry_person_id_seq", len(batch))
    accounts = _numbers("registry_account_id_seq", len(batch))
    _copy(_PERSON, [_person_line(pk, one) for pk, one in zip(people, batch, strict=True)])
    _copy(_ACCOUNT, list(map(_account_line, accounts, people, batch)))
    alive = [pk for pk, one in zip(accounts, batch, strict=True) if one.died_on is None]
    done.identifiers += bulk.issue_to(alive)
    done.people += len(batch)
    done.dead += len(batch) - len(alive)


def _person_line(pk: int, one: Invented) -> str:
    died = one.died_on or "\\N"
    return (
        f"{pk}\t{one.family_name}\t{one.given_names}\t{one.birth_date}\t\t{one.gender}\t{died}"
        f"\t{'f' if one.died_on is None else 't'}\t{one.address_line}\t{one.postal_code}"
        f"\t{one.city}\tPL\t{one.language}\n"
    )


def _account_line(pk: int, person: int, one: Invented) -> str:
    used = _noon(one.first_used_on)
    closed = "death" if one.died_on else "\\N"
    return f"{pk}\t{person}\t{_noon(one.opened_on)}\t{used}\t{_noon(one.died_on)}\t{closed}\n"


def _noon(day: datetime.date | None) -> str:
    return f"{day} 12:00+00" if day else "\\N"


def _copy(statement: str, lines: list[str]) -> None:
    # The texts come from our own lists, which hold no number of anybody: no doorway needed.
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("".join(lines))


def _numbers(sequence: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]

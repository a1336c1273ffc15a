"""Receiving people from another system, a batch at a time.

Somebody is known again by a *key*: a number that the other system gave (``SourceRecord``).
What is new is added and its account opened, what changed is changed, who died has the
account closed and the identifier retired; what is the same is left alone. So a batch
can be received any number of times, and an import that was killed is simply run again.

One batch is one transaction. The log gets an event for each account opened, changed
or closed, which its holder sees too, and one for the batch with the counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection, transaction

from zamiast.audit import doorway
from zamiast.audit.services import Actor, Purpose, record
from zamiast.registry.bulk import array

Key = tuple[str, str]
"""System and value: under which number which other system knows a person."""


class PersonRow(msgspec.Struct, frozen=True):
    """A person as another system tells; the columns of ``registry_person``."""

    family_name: str
    given_names: str = ""
    birth_date: datetime.date | None = None
    birth_partial: str = ""
    gender: str = "unknown"
    died_on: datetime.date | None = None
    is_dead: bool = False
    address_line: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "PL"
    language: str = "pl"


@dataclass(frozen=True)
class Incoming:
    """One person who arrives, with every key that is known."""

    keys: tuple[Key, ...]
    person: PersonRow
    matched: int | None = None  # the person here who has a national number of this one
    same_as: int | None = None  # an earlier place in the batch that has one


@dataclass
class Received:
    """What became of a batch."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    opened: int = 0
    closed: int = 0
    alive_again: int = 0  # dead here, alive there: people decide, not an import
    ambiguous: list[int] = field(default_factory=list)  # places in the batch
    persons: list[int | None] = field(default_factory=list)  # who each place is


_GUARDED = ("family_name", "given_names", "address_line", "postal_code", "city")
_COLUMNS = PersonRow.__struct_fields__
_TYPES = {"birth_date": "date", "died_on": "date", "is_dead": "boolean"}
_RECORD = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _COLUMNS)
_NAMES = ", ".join(_COLUMNS)
_MERGED = {
    "is_dead": "p.is_dead OR excluded.is_dead",
    "died_on": "coalesce(excluded.died_on, p.died_on)",
}
_AFTER = ", ".join(_MERGED.get(name, f"excluded.{name}") for name in _COLUMNS)

# Only names of columns are put together here, never a value.
_UPSERT = f"""
    INSERT INTO registry_person AS p (id, {_NAMES})
    SELECT r.id, {", ".join(f"r.{name}" for name in _COLUMNS)}
      FROM json_to_recordset(%s::json) AS r (id bigint, {_RECORD})
        ON CONFLICT (id) DO UPDATE SET ({_NAMES}) = ROW({_AFTER})
     WHERE ROW({", ".join(f"p.{name}" for name in _COLUMNS)}) IS DISTINCT FROM ROW({_AFTER})
    RETURNING p.id
"""  # noqa: S608
_KNOWN = """
    SELECT s.system, s.value, s.person_id, p.is_dead
      FROM unnest(%s::text[], %s::text[]) AS k (system, value)
      JOIN registry_sourcerecord s USING (system, value)
      JOIN registry_person p ON p.id = s.person_id
"""
_ADD_KEYS = """
    INSERT INTO registry_sourcerecord (system, value, person_id)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[])
        ON CONFLICT (system, value) DO NOTHING
"""
_OPEN = """
    INSERT INTO registry_account (person_id, opened_at)
    SELECT n, now() FROM unnest(%s::bigint[]) n
     WHERE NOT EXISTS (SELECT FROM registry_account a WHERE a.person_id = n)
    RETURNING id
"""
_DEAD_BUT_OPEN = """
    SELECT a.id FROM registry_account a JOIN registry_person p ON p.id = a.person_id
     WHERE p.id = ANY (%s::bigint[]) AND p.is_dead AND a.closed_at IS NULL
       FOR UPDATE OF a
"""
_CLOSE = """
    UPDATE registry_account SET closed_at = now(), closed_because = 'death'
     WHERE id = ANY (%s::bigint[])
"""
_RETIRE = """
    UPDATE registry_identifier SET state = 'retired', retired_at = now()
     WHERE account_id = ANY (%s::bigint[]) AND state <> 'retired'
"""
_ACCOUNTS_OF = "SELECT id FROM registry_account WHERE person_id = ANY (%s::bigint[]) ORDER BY id"
_EVENTS = """
    SELECT count(audit_write(%s::text, %s::text, NULL, account, %s::text, %s::text,
                             NULL, NULL, NULL, NULL, NULL, NULL, 0::smallint, NULL))
      FROM unnest(%s::bigint[]) account
"""


def receive(batch: Sequence[Incoming], *, by: Actor) -> Received:
    """Add, change or leave alone the people of one batch, in one transaction.

    Who comes twice in a batch counts once as new; the last word holds. Somebody whose
    keys belong to different persons is not written: ``ambiguous`` tells the place.
    """
    done = Received()
    with transaction.atomic():
        # One batch at a time, so that two imports cannot both take somebody for new.
        _run("SELECT pg_advisory_xact_lock(hashtext('zamiast.registry.intake'))")
        known, dead = _known([key for incoming in batch for key in incoming.keys])
        people, keys, new = _assign(batch, known, done)
        rows = [{"id": pk, **_guarded(person)} for pk, person in people.items()]
        written = {pk for (pk,) in _run(_UPSERT, msgspec.json.encode(rows).decode())}
        if keys:
            _run(_ADD_KEYS, *_columns(keys), array(keys.values()))
        changed = written - new
        done.new, done.changed = len(new), len(changed)
        done.unchanged = len(people) - len(new) - len(changed)
        done.alive_again = sum(pk in dead and not people[pk].is_dead for pk in people)
        _accounts(list(people), changed, done, by)
        if done.new or done.changed or done.opened or done.closed:
            counts = f"new: {done.new}, changed: {done.changed}, closed: {done.closed}"
            record("person.batch_received", by=by, purpose=Purpose(reason=counts))
    return done


def known(keys: Sequence[Key]) -> dict[Key, int]:
    """Which of these keys belong to whom."""
    return _known(keys)[0]


def _accounts(people: list[int], changed: set[int], done: Received, by: Actor) -> None:
    """Open accounts for who has none, close those of the dead, and write the events."""
    ids = array(people)
    if changed:
        _events("person.changed", "done", [pk for (pk,) in _run(_ACCOUNTS_OF, array(changed))], by)
    opened = [pk for (pk,) in _run(_OPEN, ids)]
    _events("account.opened", "done", opened, by)
    closed = [pk for (pk,) in _run(_DEAD_BUT_OPEN, ids)]
    if closed:
        _run(_CLOSE, array(closed))
        _run(_RETIRE, array(closed))
        _events("account.closed", "death", closed, by)
    done.opened, done.closed = len(opened), len(closed)


def _known(keys: Sequence[Key]) -> tuple[dict[Key, int], set[int]]:
    """Which keys belong to whom, and which of those persons are known to be dead."""
    found = _run(_KNOWN, *_columns(keys))
    return {(system, value): pk for system, value, pk, _ in found}, {
        pk for _, _, pk, is_dead in found if is_dead
    }


def _assign(
    batch: Sequence[Incoming], known: dict[Key, int], done: Received
) -> tuple[dict[int, PersonRow], dict[Key, int], set[int]]:
    """Tell who is who: the rows to write by person, the keys to add, the persons that are new."""
    fresh = iter(_numbers(len(batch)))
    people: dict[int, PersonRow] = {}
    keys: dict[Key, int] = {}
    new: set[int] = set()
    for place, incoming in enumerate(batch):
        owners = {known[key] for key in incoming.keys if key in known}
        earlier = done.persons[incoming.same_as] if incoming.same_as is not None else None
        owners |= {pk for pk in (incoming.matched, earlier) if pk is not None}
        if len(owners) > 1 or not incoming.keys:
            done.ambiguous.append(place)
            done.persons.append(None)
            continue
        if owners:
            pk = owners.pop()
        else:
            pk = next(fresh)
            new.add(pk)
        people[pk] = incoming.person
        done.persons.append(pk)
        for key in incoming.keys:
            if key not in known:
                known[key] = keys[key] = pk
    return people, keys, new


def _guarded(person: PersonRow) -> dict[str, object]:
    """The columns, every text of which has passed the doorway."""
    values: dict[str, object] = msgspec.structs.asdict(person)
    for name in _GUARDED:
        values[name] = _cleaned(str(values[name]))
    return values


@lru_cache(8192)  # first names and towns come again and again
def _cleaned(text: str) -> str:
    return doorway.cleaned(text)


def _numbers(count: int) -> list[int]:
    """Numbers for new persons; those that are not used are lost, as numbers of sequences are."""
    sequence = "SELECT nextval('registry_person_id_seq') FROM generate_series(1, %s)"
    return [pk for (pk,) in _run(sequence, count)]


def _columns(keys: Sequence[Key] | dict[Key, int]) -> tuple[list[str], list[str]]:
    return [system for system, _ in keys], [value for _, value in keys]


def _events(what: str, outcome: str, accounts: list[int], by: Actor) -> None:
    if accounts:
        _run(_EVENTS, by.kind, by.name, what, outcome, array(accounts))


def _run(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []

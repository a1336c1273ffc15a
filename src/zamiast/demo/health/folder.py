"""Writing the invented records of the demo's people into a folder, for the importer to read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import msgspec
from django.db import connection

from zamiast.demo.health.people import records_of, supporting
from zamiast.demo.health.writing import Somebody
from zamiast.demo.stage import refuse_outside_demo

SOURCE = "demo:people"
_NAME = """
    INSERT INTO registry_sourcerecord (system, value, person_id)
    SELECT %s, p.id::text, p.id FROM registry_person p
     WHERE NOT EXISTS (SELECT FROM registry_sourcerecord s WHERE s.person_id = p.id)
     ORDER BY p.id LIMIT %s
"""
_PEOPLE = """
    SELECT s.system, s.value, p.birth_date, p.gender, p.died_on
      FROM registry_sourcerecord s JOIN registry_person p ON p.id = s.person_id
     WHERE s.system IN ('demo:cast', %s) AND p.birth_date IS NOT NULL
     ORDER BY s.system, s.person_id LIMIT %s
"""


def is_there() -> bool:
    """Whether anybody has records already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM records_entry)")
        return bool(cursor.fetchone()[0])


def write(folder: Path, *, count: int, seed: int, today: datetime.date) -> tuple[int, int]:
    """Write the records of the cast and of ``count`` others; how many people and resources."""
    refuse_outside_demo()
    folder.mkdir(parents=True, exist_ok=True)
    people = resources = 0
    with (folder / "records.ndjson").open("wb") as file:
        for one in supporting():
            file.write(msgspec.json.encode(one) + b"\n")
        for who in _people(count):
            made = records_of(who, seed, today)
            file.write(b"".join(msgspec.json.encode(one) + b"\n" for one in made))
            people, resources = people + 1, resources + len(made)
    return people, resources


def _people(count: int) -> Iterator[Somebody]:
    with connection.cursor() as cursor:
        cursor.execute(_NAME, [SOURCE, count])
        cursor.execute(_PEOPLE, [SOURCE, count + 1000])
        for system, value, born, gender, died in cursor.fetchall():
            yield Somebody(system, value, born, gender, died)

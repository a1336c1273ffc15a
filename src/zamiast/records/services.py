"""Writing those whom resources name: practitioners, facilities, places, roles; in batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection, transaction

from zamiast.audit import doorway
from zamiast.audit.services import Actor, Purpose, record


class PractitionerRow(msgspec.Struct, frozen=True):
    """The columns of ``records_practitioner``."""

    system: str
    value: str
    family_name: str
    given_names: str
    is_active: bool = True
    numbers: list[str] = []
    content: dict[str, Any] = {}


class PlaceRow(msgspec.Struct, frozen=True):
    """The columns of ``records_organization`` and ``records_location``."""

    system: str
    value: str
    name: str
    city: str = ""
    postal_code: str = ""
    is_active: bool = True
    numbers: list[str] = []
    content: dict[str, Any] = {}


class RoleRow(msgspec.Struct, frozen=True):
    """The columns of ``records_role``."""

    system: str
    value: str
    name: str
    is_active: bool = True
    numbers: list[str] = []
    content: dict[str, Any] = {}


PartyRow = PractitionerRow | PlaceRow | RoleRow


@dataclass
class Written:
    """What became of a batch."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


TABLES = {
    "Practitioner": ("practitioner", PractitionerRow),
    "Organization": ("organization", PlaceRow),
    "Location": ("location", PlaceRow),
    "PractitionerRole": ("role", RoleRow),
}
_TYPES = {"is_active": "boolean", "numbers": "text[]", "content": "jsonb"}


def receive_parties(kind: str, batch: Sequence[PartyRow], *, by: Actor) -> Written:
    """Add or change those of one resource type, in one transaction with one event."""
    table, columns = TABLES[kind][0], TABLES[kind][1].__struct_fields__
    # Of a resource that comes twice in a batch the last word holds.
    rows = {(row.system, row.value): _guarded(row) for row in batch}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                _upsert(table, columns), [msgspec.json.encode(list(rows.values())).decode()]
            )
            inserted = [bool(row[0]) for row in cursor.fetchall()]
        done = Written(new=sum(inserted), changed=len(inserted) - sum(inserted))
        done.unchanged = len(rows) - len(inserted)
        if inserted:
            counts = Purpose(reason=f"new: {done.new}, changed: {done.changed}")
            record(f"{table}.batch_received", by=by, purpose=counts)
    return done


def _guarded(row: PartyRow) -> dict[str, object]:
    """The columns, every text of which has passed the doorway; ``content`` did when it was read."""
    return {
        name: doorway.cleaned(value) if isinstance(value, str) else value
        for name, value in msgspec.structs.asdict(row).items()
    }


def _upsert(table: str, columns: tuple[str, ...]) -> str:
    """Insert, or change what differs; only names of columns are put together, never a value."""
    names = ", ".join(columns)
    types = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in columns)
    after = ", ".join(f"excluded.{name}" for name in columns)
    before = ", ".join(f"t.{name}" for name in columns)
    return f"""
        INSERT INTO records_{table} AS t ({names})
        SELECT {names} FROM json_to_recordset(%s::json) AS r ({types}) ORDER BY system, value
            ON CONFLICT (system, value) DO UPDATE SET ({names}) = ROW({after})
         WHERE ROW({before}) IS DISTINCT FROM ROW({after})
        RETURNING t.xmax = 0
    """  # noqa: S608

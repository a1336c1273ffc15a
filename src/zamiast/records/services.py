"""Writing practitioners and organizations, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


class OrganizationRow(msgspec.Struct, frozen=True):
    """The columns of ``records_organization``."""

    system: str
    value: str
    name: str
    city: str = ""
    postal_code: str = ""
    is_active: bool = True


@dataclass
class Written:
    """What became of a batch."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def receive_practitioners(batch: Sequence[PractitionerRow], *, by: Actor) -> Written:
    """Add or change practitioners, in one transaction with one event."""
    return _receive("practitioner", PractitionerRow.__struct_fields__, batch, by)


def receive_organizations(batch: Sequence[OrganizationRow], *, by: Actor) -> Written:
    """Add or change organizations, in one transaction with one event."""
    return _receive("organization", OrganizationRow.__struct_fields__, batch, by)


def _receive(
    kind: str,
    columns: tuple[str, ...],
    batch: Sequence[PractitionerRow] | Sequence[OrganizationRow],
    by: Actor,
) -> Written:
    # Of a resource that comes twice in a batch the last word holds.
    rows = {(row.system, row.value): _guarded(row) for row in batch}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                _upsert(kind, columns), [msgspec.json.encode(list(rows.values())).decode()]
            )
            inserted = [bool(row[0]) for row in cursor.fetchall()]
        done = Written(new=sum(inserted), changed=len(inserted) - sum(inserted))
        done.unchanged = len(rows) - len(inserted)
        if inserted:
            counts = Purpose(reason=f"new: {done.new}, changed: {done.changed}")
            record(f"{kind}.batch_received", by=by, purpose=counts)
    return done


def _guarded(row: PractitionerRow | OrganizationRow) -> dict[str, object]:
    """The columns, every text of which has passed the doorway."""
    return {
        name: doorway.cleaned(value) if isinstance(value, str) else value
        for name, value in msgspec.structs.asdict(row).items()
    }


def _upsert(kind: str, columns: tuple[str, ...]) -> str:
    """Insert, or change what differs; only names of columns are put together, never a value."""
    names = ", ".join(columns)
    types = ", ".join(f"{name} {'boolean' if name == 'is_active' else 'text'}" for name in columns)
    after = ", ".join(f"excluded.{name}" for name in columns)
    before = ", ".join(f"t.{name}" for name in columns)
    return f"""
        INSERT INTO records_{kind} AS t ({names})
        SELECT {names} FROM json_to_recordset(%s::json) AS r ({types}) ORDER BY system, value
            ON CONFLICT (system, value) DO UPDATE SET ({names}) = ROW({after})
         WHERE ROW({before}) IS DISTINCT FROM ROW({after})
        RETURNING t.xmax = 0
    """  # noqa: S608

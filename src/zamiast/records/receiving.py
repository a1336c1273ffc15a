"""Writing entries, a batch at a time: what is new is added, what changed replaces what it was.

    done = receive([row, row], "hospital-lublin", by=machine("import:hospital-lublin"))

An entry is known again by source, type and id. Whether it changed says a digest of all its
columns. What it was goes to ``records_formerentry``, with the time until which it held; a
dispute about it ends, for its author has changed it. One batch is one transaction, so an
import that was killed is simply run again.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit import telling
from zamiast.audit.services import Actor, Purpose, record
from zamiast.records.fhir.entry import EntryRow
from zamiast.records.models import Source
from zamiast.registry.bulk import array
from zamiast.registry.intake import Key

_COLUMNS = (
    "source_id", "kind", "value", "account_id", "at", "ends_on", "status", "code_system", "code",
    "display", "performer", "about", "access_key", "access_code", "content", "digest", "since",
)  # fmt: skip
_NAMES = ", ".join(_COLUMNS)
_ENCODER = msgspec.json.Encoder(order="deterministic")

# Only names of columns are put together here, never a value.
_ACCOUNTS = """
    SELECT s.system, s.value, a.id
      FROM unnest(%s::text[], %s::text[]) AS k (system, value)
      JOIN registry_sourcerecord s USING (system, value)
      JOIN registry_account a ON a.person_id = s.person_id
"""
_THERE = """
    SELECT e.kind, e.value, e.id, e.digest, e.account_id
      FROM unnest(%s::text[], %s::text[]) AS k (kind, value)
      JOIN records_entry e ON e.source_id = %s AND e.kind = k.kind AND e.value = k.value
"""
_ADD = f"""
    INSERT INTO records_entry ({_NAMES})
    SELECT {_NAMES} FROM json_populate_recordset(NULL::records_entry, %s::json)
"""  # noqa: S608
_KEEP = f"""
    INSERT INTO records_formerentry (entry_id, until, {_NAMES})
    SELECT id, %s, {_NAMES} FROM records_entry WHERE id = ANY (%s::bigint[])
"""  # noqa: S608
_CHANGE = f"""
    UPDATE records_entry e SET ({_NAMES}) = ROW({", ".join(f"r.{name}" for name in _COLUMNS)})
      FROM json_populate_recordset(NULL::records_entry, %s::json) r WHERE e.id = r.id
"""  # noqa: S608
_END_DISPUTES = """
    UPDATE records_dispute SET ended_at = %s, ended_because = 'changed'
     WHERE entry_id = ANY (%s::bigint[]) AND ended_at IS NULL RETURNING account_id, case_number
"""


@dataclass
class Received:
    """What became of a batch; ``unknown`` are places whose patient nobody knows here."""

    new: Counter[str] = field(default_factory=Counter)  # by type
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    disputes_ended: int = 0
    unknown: list[int] = field(default_factory=list)
    accounts: set[int] = field(default_factory=set)  # to whom something new or changed came


class OfPatient(Protocol):
    """Whatever names its patient by keys."""

    @property
    def patient(self) -> tuple[Key, ...]:
        """Under which keys the patient may be known here."""


class Accounts:
    """Which keys belong to whose account: remembered for one run, since it does not change."""

    def __init__(self, most: int = 200_000) -> None:
        self.most = most
        self.known: dict[Key, int] = {}

    def find(self, rows: Sequence[OfPatient]) -> list[int | None]:
        """The account of each row's patient."""
        asked = {key for row in rows for key in row.patient if key not in self.known}
        if asked:
            if len(self.known) > self.most:
                self.known.clear()
                asked = {key for row in rows for key in row.patient}
            columns = ([key[0] for key in asked], [key[1] for key in asked])
            for system, value, account in _run(_ACCOUNTS, *columns):
                self.known[system, value] = account
        return [
            next((self.known[key] for key in row.patient if key in self.known), None)
            for row in rows
        ]


def source_id(name: str) -> int:
    """The number of a sending system; a new one is written down."""
    return int(Source.objects.get_or_create(name=name)[0].pk)


def receive(
    batch: Sequence[EntryRow], source: str, *, by: Actor, accounts: Accounts | None = None
) -> Received:
    """Add, change or leave alone the entries of one batch, in one transaction."""
    done = Received()
    with transaction.atomic():
        # One batch at a time, so that two imports cannot both take an entry for new.
        _run("SELECT pg_advisory_xact_lock(hashtext('zamiast.records.receiving'))")
        number = source_id(source)
        found = (accounts or Accounts()).find(batch)
        done.unknown = [place for place, account in enumerate(found) if account is None]
        # Of a resource that comes twice in a batch the last word holds.
        rows = {
            (row.kind, row.value): _columns(row, account, number)
            for row, account in zip(batch, found, strict=True)
            if account is not None
        }
        _write(rows, number, done, by)
    return done


def _write(
    rows: dict[tuple[str, str], dict[str, Any]], source: int, done: Received, by: Actor
) -> None:
    kinds, values = [key[0] for key in rows], [key[1] for key in rows]
    there = {
        (kind, value): (pk, bytes(digest), account)
        for kind, value, pk, digest, account in _run(_THERE, kinds, values, source)
    }
    new = [row for key, row in rows.items() if key not in there]
    changed = [
        {"id": there[key][0], **row}
        for key, row in rows.items()
        if key in there and there[key][1] != row["digest"]
    ]
    if new:
        _run(_ADD, _json(new, timezone.now()))
    if changed:
        before = {there[row["kind"], row["value"]][2] for row in changed}
        _change(changed, before, done, by)
    done.new.update(row["kind"] for row in new)
    done.changed.update(row["kind"] for row in changed)
    done.unchanged = Counter(kinds) - done.new - done.changed
    done.accounts = {row["account_id"] for row in new + changed}
    if new or changed:
        counts = Purpose(reason=f"new: {len(new)}, changed: {len(changed)}")
        record("entry.batch_received", by=by, purpose=counts)


def _columns(row: EntryRow, account: int, source: int) -> dict[str, Any]:
    """The columns of a row, and the digest of them all."""
    columns: dict[str, Any] = {
        "kind": row.kind, "value": row.value, "account_id": account,
        "at": row.at, "ends_on": row.ends_on, "status": row.status,
        "code_system": row.code_system, "code": row.code, "display": row.display,
        "performer": row.performer, "about": row.about, "access_key": row.access_key,
        "access_code": row.access_code, "content": msgspec.Raw(_ENCODER.encode(row.content)),
    }  # fmt: skip
    columns["digest"] = hashlib.blake2b(_ENCODER.encode(columns), digest_size=16).digest()
    return {**columns, "source_id": source}


def _change(rows: list[dict[str, Any]], before: set[int], done: Received, by: Actor) -> None:
    """Keep what the rows were, write what they are, end what was disputed, tell whose they are."""
    now = timezone.now()
    ids = array([row["id"] for row in rows])
    _run(_KEEP, now, ids)
    _run(_CHANGE, _json(rows, now))
    for account in sorted(before | {row["account_id"] for row in rows}):
        record("entry.changed", by=by, account=account)
    for account, case in _run(_END_DISPUTES, now, ids):
        done.disputes_ended += 1
        telling.tell(account, telling.Kind.ENTRY)
        record("dispute.ended", by=by, account=account, outcome="changed",
               purpose=Purpose(case=case))  # fmt: skip


def _json(rows: list[dict[str, Any]], since: datetime.datetime) -> str:
    """The rows as the database reads them, with the time from which they hold."""
    told = [{**row, "digest": f"\\x{row['digest'].hex()}", "since": since} for row in rows]
    return msgspec.json.encode(told).decode()


def _run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

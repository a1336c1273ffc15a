"""Rotating the keys while the vault is at work.

The newest key of the file is the goal. Each stage works in batches, each batch commits,
and what is left to do is read from the rows themselves: killed anywhere, the next run
goes on where the last one stopped, and at no moment is a number unreadable or not found:

1. *seal*: rows sealed with an older key are opened and sealed with the newest;
2. *fingerprint*: rows without a fingerprint under the newest key get one, beside the
   older one, so that look-ups hit under either and no number can be stored twice;
3. *verify*: every row is opened and its fingerprint made anew and compared;
4. *retire*: only then the older keys are retired and their fingerprints deleted.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zamiast.audit.services import OPERATOR, Purpose, record
from zamiast.errors import Conflict, ZamiastError
from zamiast.registry.vault import crypto, operators, rows
from zamiast.registry.vault.keys import KINDS, Ring

BATCH = 500
_LISTED = 20

_SEALED_BEFORE = (
    f"SELECT {rows.SEALED} FROM vault.number WHERE key_id = ANY(%s::text[])"  # noqa: S608
    " ORDER BY key_id, id LIMIT %s FOR UPDATE SKIP LOCKED"
)
_RESEAL = (
    "UPDATE vault.number n SET sealed = u.sealed, key_id = %s::text"
    "  FROM unnest(%s::uuid[], %s::bytea[]) AS u (id, sealed) WHERE n.id = u.id"
)
_NO_FINGERPRINT = (
    f"SELECT {rows.SEALED} FROM vault.number n WHERE id > %s AND NOT EXISTS ("  # noqa: S608
    "   SELECT FROM vault.fingerprint f WHERE f.number_id = n.id AND f.key_id = %s)"
    " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"
)
_TO_VERIFY = (
    "SELECT n.id, n.person_id, n.kind, n.issuer, n.sealed, n.key_id, n.valid_from, n.valid_to,"
    "       (SELECT f.fingerprint FROM vault.fingerprint f"
    "         WHERE f.number_id = n.id AND f.key_id = %s AND f.is_current = n.is_current)"
    "  FROM vault.number n WHERE n.id > %s ORDER BY n.id LIMIT %s"
)
_FORGET = (
    "DELETE FROM vault.fingerprint WHERE (number_id, key_id) IN (SELECT number_id, key_id"
    "   FROM vault.fingerprint WHERE key_id = ANY(%s::text[]) AND is_current = %s LIMIT %s)"
)
_IN_USE = "SELECT EXISTS (SELECT FROM vault.fingerprint WHERE key_id = %s AND is_current)::int"
_RETIRED = "SELECT count(*) FROM vault.key WHERE kind = %s AND id = %s AND retired_at IS NOT NULL"
_FIRST = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Result:
    """What was done: rows verified, and the keys that may go from the files."""

    resealed: int
    fingerprinted: int
    verified: int
    removable: tuple[str, ...]


Tell = Callable[[str, int, int], None]


def rotate(
    ring: Ring, tell: Tell, *, encryption: bool, fingerprint: bool, batch: int = BATCH
) -> Result:
    """Bring every row to the newest keys and verify all; ``tell`` gets stage, done and total.

    Raises Conflict when another rotation runs, or when a row does not verify: then no
    key is retired.
    """
    with _alone():
        _refuse_retired(ring)
        resealed = _seal(ring, tell, batch) if encryption else 0
        fingerprinted = _fingerprint(ring, tell, batch) if fingerprint else 0
        verified = verify(ring, tell, batch=batch)
        removable = _retire(ring, tell, batch, encryption=encryption, fingerprint=fingerprint)
        step = f"sealed {resealed}, fingerprinted {fingerprinted}, verified {verified}"
        with transaction.atomic(durable=True):
            record("vault.keys_rotated", by=OPERATOR, purpose=Purpose(step=step))
    return Result(resealed, fingerprinted, verified, removable)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One rotation at a time; the lock goes with the connection, so a kill leaves none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended('vault.rotation', 0))")
        if not cursor.fetchone()[0]:
            raise Conflict("vault.rotating", "The keys are being rotated already.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended('vault.rotation', 0))")


def _refuse_retired(ring: Ring) -> None:
    """A key that was retired must not become the newest again: nothing is looked up under it."""
    for kind in KINDS:
        newest = ring.of(kind)[0].id
        if _one(_RETIRED, [kind, newest]):
            raise Conflict(
                "vault.retired_key",
                f"The {kind} key {newest} was retired. Put a new one on top: "
                f"zamiast vault new-keys --add {kind}",
            )


def _seal(ring: Ring, tell: Tell, batch: int) -> int:
    newest, done = ring.encryption[0], 0
    older = _older("encryption", newest.id)
    total = _one("SELECT count(*) FROM vault.number WHERE key_id = ANY(%s::text[])", [older])
    operators.reseal(ring)
    tell("seal", 0, total)
    while _one(
        "SELECT EXISTS (SELECT FROM vault.number WHERE key_id = ANY(%s::text[]))::int", [older]
    ):
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_SEALED_BEFORE, [older, batch])
            found = [rows.sealed_row(row) for row in cursor.fetchall()]
            fresh = [crypto.seal(newest, row.open(ring).value, *row.identity()) for row in found]
            cursor.execute(_RESEAL, [newest.id, [row.id for row in found], fresh])
        done += len(found)
        _tell_or_wait(tell, "seal", done, total, found)
    return done


def _fingerprint(ring: Ring, tell: Tell, batch: int) -> int:
    newest, done = ring.fingerprint[0], 0
    missing = (
        "SELECT count(*) FROM vault.number n WHERE NOT EXISTS (SELECT FROM vault.fingerprint f"
        " WHERE f.number_id = n.id AND f.key_id = %s)"
    )
    total = left = _one(missing, [newest.id])
    tell("fingerprint", 0, total)
    while left:
        last: Any = _FIRST
        while True:
            with transaction.atomic(durable=True), connection.cursor() as cursor:
                cursor.execute(_NO_FINGERPRINT, [last, newest.id, batch])
                found = [rows.sealed_row(row) for row in cursor.fetchall()]
                if not found:
                    break
                rows.insert_fingerprints([_printed(newest, row, ring) for row in found])
            last = found[-1].id
            done += len(found)
            tell("fingerprint", done, total)
        left = _one(missing, [newest.id])  # rows that somebody held meanwhile
        if left:
            time.sleep(0.05)
    return done


def _printed(key: crypto.Key, row: rows.Sealed, ring: Ring) -> tuple[UUID, str, bytes, bool]:
    return row.id, key.id, crypto.fingerprint(key, row.open(ring)), row.valid_to is None


def verify(ring: Ring, tell: Tell, *, batch: int = BATCH) -> int:
    """Open every row and compare its fingerprint under the newest key that all rows have.

    Returns how many; raises Conflict which names the rows (not the numbers) that fail.
    """
    key = _verifiable(ring)
    total, done, failed = rows.count(), 0, []
    last: Any = _FIRST
    tell("verify", 0, total)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_TO_VERIFY, [key.id, last, batch])
            page = cursor.fetchall()
        if not page:
            break
        for *columns, stored in page:
            row = rows.sealed_row(tuple(columns))
            if not _is_right(row, stored, key, ring):
                failed.append(str(row.id))
        last, done = page[-1][0], done + len(page)
        tell("verify", done, max(total, done))
    if failed:
        listed = ", ".join(failed[:_LISTED])
        raise Conflict(
            "vault.not_verified",
            f"{len(failed)} of {done} rows do not open or are not found; no key may go: {listed}",
        )
    return done


def _verifiable(ring: Ring) -> crypto.Key:
    """The newest fingerprint key, or the one in use when a rotation of fingerprints is due."""
    for key in rows.active_fingerprint_keys(ring):
        if _one(_IN_USE, [key.id]):
            return key
    return ring.fingerprint[0]


def _is_right(row: rows.Sealed, stored: Any, key: crypto.Key, ring: Ring) -> bool:
    try:
        number = row.open(ring)
    except (ZamiastError, UnicodeDecodeError):
        return False
    return stored is not None and bytes(stored) == crypto.fingerprint(key, number)


def _retire(
    ring: Ring, tell: Tell, batch: int, *, encryption: bool, fingerprint: bool
) -> tuple[str, ...]:
    """Retire the older keys of each kind that was rotated, and say which files may lose which."""
    removable: list[str] = []
    for kind, is_meant in (("encryption", encryption), ("fingerprint", fingerprint)):
        older = _older(kind, ring.of(kind)[0].id)
        if not is_meant:
            continue
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE vault.key SET retired_at = now()"
                " WHERE kind = %s AND id = ANY(%s::text[]) AND retired_at IS NULL",
                [kind, older],
            )
        if kind == "fingerprint":
            _forget(older, tell, batch)
        at_hand = {key.id for key in ring.of(kind)}
        removable += [f"{kind} {name}" for name in older if name in at_hand]
    return tuple(removable)


def _forget(older: list[str], tell: Tell, batch: int) -> None:
    count = "SELECT count(*) FROM vault.fingerprint WHERE key_id = ANY(%s::text[])"
    total, done = _one(count, [older]), 0
    tell("retire", 0, total)
    for is_current in (True, False):
        deleted = batch
        while deleted:
            with connection.cursor() as cursor:
                cursor.execute(_FORGET, [older, is_current, batch])
                deleted = int(cursor.rowcount)
            done += deleted
            tell("retire", done, max(total, done))


def _older(kind: str, newest: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM vault.key WHERE kind = %s AND id <> %s ORDER BY id", [kind, newest]
        )
        return [row[0] for row in cursor.fetchall()]


def _tell_or_wait(tell: Tell, stage: str, done: int, total: int, found: list[rows.Sealed]) -> None:
    if found:
        tell(stage, done, max(total, done))
    else:
        time.sleep(0.05)  # the rest is held by others for a moment


def _one(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])

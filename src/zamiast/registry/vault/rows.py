"""The rows of the vault: one function for each statement, all in the caller's transaction."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zamiast.errors import Misconfigured
from zamiast.registry.vault import crypto
from zamiast.registry.vault.crypto import Key
from zamiast.registry.vault.keys import KINDS, Ring
from zamiast.registry.vault.numbers import Kind, Number


@dataclass(frozen=True)
class Found:
    """A row that has one of the fingerprints asked for."""

    fingerprint: bytes
    number_id: UUID
    person: int
    is_current: bool


@dataclass(frozen=True)
class Sealed:
    """A row with its ciphertext."""

    id: UUID
    person: int
    kind: str
    issuer: str
    sealed: bytes
    key_id: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None

    def identity(self) -> tuple[str, ...]:
        """What the ciphertext is bound to, beside its key."""
        return identity(self.id, self.person, self.kind, self.issuer)

    def open(self, ring: Ring) -> Number:
        """The number. Raises Misconfigured when it does not open."""
        text = crypto.unseal(ring.opener(self.key_id), self.sealed, *self.identity())
        return Number(Kind(self.kind), text, self.issuer)


# Said twice, so that the partial index of each half is used.
_FIND = " UNION ALL ".join(
    "SELECT f.fingerprint, n.id, n.person_id, n.is_current"  # noqa: S608
    "  FROM vault.fingerprint f JOIN vault.number n ON n.id = f.number_id"
    f" WHERE f.key_id = ANY(%s::text[]) AND f.fingerprint = ANY(%s::bytea[]) AND {half}"
    for half in ("f.is_current", "NOT f.is_current")
)
SEALED = "id, person_id, kind, issuer, sealed, key_id, valid_from, valid_to"


def identity(number_id: UUID, person: int, kind: str, issuer: str) -> tuple[str, ...]:
    """The identity of a row of ``vault.number`` as texts."""
    return ("number", str(number_id), str(person), kind, issuer)


def sealed_row(row: tuple[Any, ...]) -> Sealed:
    """A row that was selected with the columns ``SEALED``."""
    number_id, person, kind, issuer, sealed, key_id, valid_from, valid_to = row
    return Sealed(number_id, person, kind, issuer, bytes(sealed), key_id, valid_from, valid_to)


# --- keys ---------------------------------------------------------------------------


def accept(ring: Ring) -> None:
    """Compare keys with those that the database knows, and make new ones known.

    Raises Misconfigured for a key that is not the one of that name, and for a key in
    use that is missing.
    """
    with connection.cursor() as cursor:
        for kind in KINDS:
            for key in ring.of(kind):
                proof = crypto.proof(key, kind)
                cursor.execute(
                    "INSERT INTO vault.key (kind, id, proof) VALUES (%s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    [kind, key.id, proof],
                )
                cursor.execute(
                    "SELECT proof FROM vault.key WHERE kind = %s AND id = %s", [kind, key.id]
                )
                if bytes(cursor.fetchone()[0]) != proof:
                    raise Misconfigured(
                        "vault.other_key",
                        f"The {kind} key {key.id} is not the one known by this name.",
                    )
        missing = sorted(
            _in_use(cursor) - {(kind, key.id) for kind in KINDS for key in ring.of(kind)}
        )
    if missing:
        names = ", ".join(f"{name} ({kind})" for kind, name in missing)
        raise Misconfigured("vault.key_missing", f"Keys in use by the vault are missing: {names}.")


def _in_use(cursor: Any) -> set[tuple[str, str]]:
    """The keys without which a row would not open or not be found; found by index skips."""
    cursor.execute("""
        SELECT k.kind, k.id FROM vault.key k
         WHERE (k.kind = 'encryption' AND (
                   EXISTS (SELECT FROM vault.number n WHERE n.key_id = k.id)
                OR EXISTS (SELECT FROM vault.operator o
                             WHERE o.key_id = k.id AND o.revoked_at IS NULL)))
            OR (k.kind = 'fingerprint' AND k.retired_at IS NULL AND EXISTS (
                   SELECT FROM vault.fingerprint f WHERE f.key_id = k.id AND f.is_current))
    """)
    return set(cursor.fetchall())


def active_fingerprint_keys(ring: Ring) -> list[Key]:
    """The fingerprint keys to look under and to write: those at hand that are not retired."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM vault.key WHERE kind = 'fingerprint' AND retired_at IS NOT NULL"
        )
        retired = {row[0] for row in cursor.fetchall()}
    return [key for key in ring.fingerprint if key.id not in retired]


# --- numbers ------------------------------------------------------------------------


def find(keys: list[Key], numbers: Iterable[Number]) -> dict[Number, list[Found]]:
    """For each number the rows that have it, under any of the keys."""
    wanted = {crypto.fingerprint(key, one): one for one in set(numbers) for key in keys}
    found: dict[Number, list[Found]] = {one: [] for one in wanted.values()}
    with connection.cursor() as cursor:
        values: list[Any] = [[key.id for key in keys], list(wanted)]
        cursor.execute(_FIND, values * 2)
        for fingerprint, number_id, person, is_current in cursor.fetchall():
            one = Found(bytes(fingerprint), number_id, person, is_current)
            rows = found[wanted[one.fingerprint]]
            if all(row.number_id != number_id for row in rows):  # under two keys: still one row
                rows.append(one)
    return found


def current_pesels(persons: list[int]) -> dict[int, UUID]:
    """The row of each person's current PESEL, locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, id FROM vault.number WHERE person_id = ANY(%s::bigint[])"
            " AND kind = 'pesel' AND is_current ORDER BY id FOR UPDATE",
            [persons],
        )
        return dict(cursor.fetchall())


def accounts(persons: list[int]) -> dict[int, int | None]:
    """The account, if any, of each person that exists."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault.accounts_of(%s::bigint[])", [persons])
        return dict(cursor.fetchall())


def end(number_id: UUID, on: datetime.date) -> None:
    """Make a number a past one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.number SET valid_to = greatest(valid_from, %s::date)"
            " WHERE id = %s AND valid_to IS NULL",
            [on, number_id],
        )


def tie(old: UUID, new: UUID) -> None:
    """Note by which number a past one was replaced."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE vault.number SET replaced_by = %s WHERE id = %s", [new, old])


def insert(
    fresh: list[Sealed], stored_by: str, prints: list[tuple[UUID, str, bytes, bool]]
) -> None:
    """Write new rows and their fingerprints, each kind in one statement."""
    columns: list[Any] = list(zip(*(
        (one.id, one.person, one.kind, one.issuer, one.sealed, one.key_id,
         one.valid_from, one.valid_to) for one in fresh), strict=True))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO vault.number ({SEALED}, stored_by)"  # noqa: S608
            " SELECT *, %s::text FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::text[],"
            " %s::bytea[], %s::text[], %s::date[], %s::date[])",
            [stored_by, *(list(column) for column in columns)],
        )
        insert_fingerprints(prints)


def insert_fingerprints(prints: list[tuple[UUID, str, bytes, bool]]) -> None:
    """Write fingerprints: number, key, fingerprint, whether it is current."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault.fingerprint (number_id, key_id, fingerprint, is_current)"
            " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::bytea[], %s::boolean[])",
            [list(column) for column in zip(*prints, strict=True)],
        )


def of_person(person: int) -> list[Sealed]:
    """All numbers of a person, current ones first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {SEALED} FROM vault.number WHERE person_id = %s"  # noqa: S608
            " ORDER BY is_current DESC, stored_at DESC, id",
            [person],
        )
        return [sealed_row(row) for row in cursor.fetchall()]


def count() -> int:
    """How many numbers there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault.number")
        return int(cursor.fetchone()[0])

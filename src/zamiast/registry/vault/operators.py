"""Who may have a number shown: operators with a second factor that the vault itself keeps.

An operator's one-time codes (RFC 6238: SHA-1, six digits, 30 seconds) are made from a
secret that is sealed like a number. A code works once; five wrong ones lock the operator
for a quarter of an hour. The first operator is enrolled without a code, every further one
with the code of one who is there, so that nobody who only holds the command line can
enrol themselves unseen.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection, transaction

from zamiast.audit import doorway
from zamiast.audit.services import OPERATOR, Actor, Purpose, record
from zamiast.errors import BadInput, Conflict, NotAllowed
from zamiast.registry.vault import crypto
from zamiast.registry.vault.keys import Ring

PERIOD = 30
_TOLERANCE = 1  # one period early or late: clocks differ
_FAILURES = 5
_LOCKED = "15 minutes"
_NAME = re.compile(r"[a-z][a-z0-9.-]{0,39}")
TITLES = {"operator": "operator", "dpo": "data protection officer"}

_SELECT = """
    SELECT id, name, role, sealed, key_id, last_counter, coalesce(locked_until > now(), false),
           enrolled_by = 'first', enrolled_at < now() - interval '15 minutes'
      FROM vault.operator
     WHERE name = %s AND revoked_at IS NULL AND (confirmed_at IS NOT NULL) = %s FOR UPDATE
"""


@dataclass(frozen=True)
class Operator:
    """An operator whose code was right: the name for the log, the title for the holder."""

    name: str
    title: str


@dataclass(frozen=True)
class _Row:
    id: uuid.UUID
    name: str
    role: str
    sealed: bytes
    key_id: str
    last_counter: int
    is_locked: bool
    is_first: bool
    is_old: bool


def totp(secret: bytes, counter: int) -> str:
    """The six digits of one period (RFC 4226, 5.3)."""
    digest = hmac.digest(secret, struct.pack(">Q", counter), hashlib.sha1)
    offset = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def proved(name: str, code: str, *, ring: Ring, what: str, account: int | None = None) -> Operator:
    """The operator whose code this is; the code is used up. Raises NotAllowed.

    What is wrong (no such operator, wrong, used or locked) is told to nobody. The try is
    committed whatever happens afterwards, and a wrong one is an event.
    """
    with transaction.atomic(durable=True):
        row = _row(name, is_confirmed=True)
        if row and not row.is_locked and _use(row, code, ring):
            return Operator(row.name, TITLES[row.role])
        if row and not row.is_locked:
            _count_failure(row)
        known = row.name if row else "unknown"
        outcome = "locked" if row and row.is_locked else "wrong_code"
        record(what, by=OPERATOR, account=account, outcome=outcome,
               purpose=Purpose(step=f"operator {known}"))  # fmt: skip
    raise NotAllowed("vault.wrong_code", "Operator and code do not fit, or the code was used.")


def enroll(name: str, *, role: str, by: str, code: str, ring: Ring) -> str:
    """Begin to enrol an operator; the ``otpauth:`` address of the new device, told once.

    Raises BadInput, Conflict where the name is taken, NotAllowed without the code of an
    operator who is there (but for the first).
    """
    if not _NAME.fullmatch(name) or role not in TITLES:
        raise BadInput(
            "vault.operator", "A name: small letters, digits, dots. A role: operator or dpo."
        )
    if doorway.cleaned(name) != name:
        raise BadInput("vault.operator", "A number is no name.")
    actor, enrolled_by = OPERATOR, "first"
    if names():
        known = proved(by, code, ring=ring, what="vault.operator_enrolled")
        actor, enrolled_by = Actor("operator", known.title), known.name
    secret, new, key = secrets.token_bytes(20), uuid.uuid4(), ring.encryption[0]
    sealed = crypto.seal(key, base64.b32encode(secret).decode(), *_identity(new, name))
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        if _row(name, is_confirmed=True):
            raise Conflict("vault.operator_exists", "There is an operator of this name.")
        cursor.execute(  # one that was begun and never finished gives way
            "UPDATE vault.operator SET revoked_at = now() WHERE name = %s AND revoked_at IS NULL",
            [name],
        )
        cursor.execute(
            "INSERT INTO vault.operator (id, name, role, sealed, key_id, enrolled_by)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [new, name, role, sealed, key.id, enrolled_by],
        )
        step = f"operator {name} ({role}) by {enrolled_by}"
        record("vault.operator_enrolled", by=actor, outcome="begun", purpose=Purpose(step=step))
    text = base64.b32encode(secret).decode()
    label = f"{quote('Zamiast vault')}:{quote(name)}"
    return f"otpauth://totp/{label}?secret={text}&issuer=Zamiast%20vault"


def confirm(name: str, *, code: str, ring: Ring) -> None:
    """Finish enrolling: the device made a right code, within a quarter of an hour.

    Of several first ones only one comes through. Raises NotAllowed.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('vault.operator', 0))")
        row = _row(name, is_confirmed=False)
        if row and (row.is_old or (row.is_first and names())):
            row = None
        is_right = row is not None and not row.is_locked and _use(row, code, ring)
        if row and is_right:
            cursor.execute("UPDATE vault.operator SET confirmed_at = now() WHERE id = %s", [row.id])
        elif row and not row.is_locked:
            _count_failure(row)
        outcome = "confirmed" if is_right else "wrong_code"
        step = f"operator {row.name if row else 'unknown'}"
        record("vault.operator_enrolled", by=OPERATOR, outcome=outcome, purpose=Purpose(step=step))
    if not is_right:
        raise NotAllowed("vault.wrong_code", "Operator and code do not fit, or the code was used.")


def revoke(name: str, *, by: str, code: str, ring: Ring) -> None:
    """Take away an operator's right; by any operator with a code. Raises NotAllowed, Conflict."""
    known = proved(by, code, ring=ring, what="vault.operator_revoked")
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.operator SET revoked_at = now() WHERE name = %s AND revoked_at IS NULL",
            [name],
        )
        if not cursor.rowcount:
            raise Conflict("vault.no_operator", "There is no operator of this name.")
        record("vault.operator_revoked", by=Actor("operator", known.title),
               purpose=Purpose(step=f"operator {name} by {known.name}"))  # fmt: skip


def revoke_all() -> int:
    """Take away every operator's right, when all devices are lost: for who holds the keys."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("UPDATE vault.operator SET revoked_at = now() WHERE revoked_at IS NULL")
        count = int(cursor.rowcount)
        record(
            "vault.operator_revoked", by=OPERATOR, outcome="all", purpose=Purpose(step=f"{count}")
        )
    return count


def names() -> list[str]:
    """The operators who may act, with their roles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name || ' (' || role || ')' FROM vault.operator"
            " WHERE revoked_at IS NULL AND confirmed_at IS NOT NULL ORDER BY name"
        )
        return [row[0] for row in cursor.fetchall()]


def reseal(ring: Ring) -> int:
    """Seal every secret with the newest key; how many were changed."""
    key, changed = ring.encryption[0], 0
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name, sealed, key_id FROM vault.operator"
            " WHERE key_id <> %s AND revoked_at IS NULL FOR UPDATE",
            [key.id],
        )
        for number, name, sealed, key_id in cursor.fetchall():
            text = crypto.unseal(ring.opener(key_id), bytes(sealed), *_identity(number, name))
            fresh = crypto.seal(key, text, *_identity(number, name))
            cursor.execute("UPDATE vault.operator SET sealed = %s, key_id = %s WHERE id = %s",
                           [fresh, key.id, number])  # fmt: skip
            changed += 1
    return changed


def _row(name: str, *, is_confirmed: bool) -> _Row | None:
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, [name, is_confirmed])
        row = cursor.fetchone()
    return _Row(row[0], row[1], row[2], bytes(row[3]), *row[4:]) if row else None


def _use(row: _Row, code: str, ring: Ring) -> bool:
    """Whether the code is right and was not used; if so, it is used up."""
    text = crypto.unseal(ring.opener(row.key_id), row.sealed, *_identity(row.id, row.name))
    secret, now = base64.b32decode(text), int(time.time()) // PERIOD
    given = "".join(code.split()).encode()
    right = [
        counter
        for counter in range(now - _TOLERANCE, now + _TOLERANCE + 1)
        if hmac.compare_digest(totp(secret, counter).encode(), given) and counter > row.last_counter
    ]
    if not right:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.operator SET last_counter = %s, failures = 0 WHERE id = %s",
            [right[-1], row.id],
        )
    return True


def _count_failure(row: _Row) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.operator SET"
            " failures = CASE WHEN failures + 1 >= %s THEN 0 ELSE failures + 1 END,"
            " locked_until = CASE WHEN failures + 1 >= %s THEN now() + %s::interval"
            "                ELSE locked_until END WHERE id = %s",
            [_FAILURES, _FAILURES, _LOCKED, row.id],
        )


def _identity(number: uuid.UUID, name: str) -> tuple[str, ...]:
    return ("operator", str(number), name)

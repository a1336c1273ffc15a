"""The first issue: an identifier for every account of a country, into an empty table.

Into a table with four indexes each row costs several random page writes; millions of rows
are written faster than that into a bare one (``bulk`` is for all later issues):

- one transaction takes indexes, foreign key and triggers away, copies the rows, and puts
  everything back as it was, validated. Killed anywhere, nothing happened.
- whoever opens or closes an account meanwhile waits, and so does who looks an identifier
  up: there is none to be found yet.
- numbers are drawn by a process of their own (``zamiast identifier generate``: the operating
  system's random source, repeats removed), while this one writes.

It changes the table, so it logs in as the owner of the tables, from the command line.
"""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO

from django.db import connection, transaction

from zamiast.audit.services import Actor, Purpose, record
from zamiast.errors import Conflict

BATCH = 75_000  # of 13 bytes each: about what the pipe holds
_AHEAD = 2**20
MEMORY = "512MB"  # to sort the indexes and to check the foreign key, for this transaction
_TABLE = "registry_identifier"
_COPY = "COPY registry_identifier (account_id, number) FROM STDIN"
_ACCOUNTS = """
    SELECT string_agg(id::text, ',' ORDER BY id)
      FROM (SELECT id FROM registry_account WHERE closed_at IS NULL AND id > %s::bigint
             ORDER BY id LIMIT %s) AS next
"""

Progress = Callable[[int, float], None]


def issue_first(*, by: Actor, on_progress: Progress = lambda _, __: None) -> int:
    """Issue an identifier to every open account; return how many were issued.

    Raises Conflict where identifiers have been issued already.
    """
    with transaction.atomic():
        total = _begin()
        rebuild = _strip()
        issued = 0
        with _drawn(total) as numbers:
            for accounts in _accounts():
                _copy(accounts, numbers)
                issued += len(accounts)
                on_progress(issued, issued / total)
        # The foreign key is checked along both indexes, not by a hash that spills to the disk.
        ease = [f"SET LOCAL maintenance_work_mem = '{MEMORY}'", "SET LOCAL enable_hashjoin = off"]
        _run(ease + rebuild)
        if issued:
            reason = Purpose(reason=f"first issue, identifiers: {issued}")
            record("identifier.issued_in_bulk", by=by, purpose=reason)
    return issued


def _begin() -> int:
    """Keep everybody else out until the end, and count who gets one."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE registry_account IN SHARE MODE")
        cursor.execute("LOCK TABLE registry_identifier IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SELECT EXISTS (SELECT FROM registry_identifier)")
        if cursor.fetchone()[0]:
            raise Conflict(
                "registry.not_the_first_issue",
                "Identifiers have been issued already; use: zamiast identifiers issue --all",
            )
        cursor.execute("SELECT count(*) FROM registry_account WHERE closed_at IS NULL")
        return int(cursor.fetchone()[0])


def _strip() -> list[str]:
    """Take indexes, foreign key and triggers away; return the statements that put them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid), contype = 'f' FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f')"
            " ORDER BY array_position('{p,u,f}'::\"char\"[], contype)",
            [_TABLE],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i"
            " WHERE indrelid = %s::regclass AND NOT EXISTS"
            " (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
            [_TABLE],
        )
        indexes = cursor.fetchall()
    alter = f"ALTER TABLE {_TABLE} ALTER"
    _run([f"{alter} state SET DEFAULT 'active'", f"{alter} issued_at SET DEFAULT now()"]
         + [f"ALTER TABLE {_TABLE} DISABLE TRIGGER USER"]
         + [f'ALTER TABLE {_TABLE} DROP CONSTRAINT "{name}"' for name, *_ in reversed(constraints)]
         + [f"DROP INDEX {name}" for name, _ in indexes])  # fmt: skip
    add = [(f'ALTER TABLE {_TABLE} ADD CONSTRAINT "{name}" {what}', is_foreign)
           for name, what, is_foreign in constraints]  # fmt: skip
    return (
        [definition for _, definition in indexes]
        + [statement for statement, is_foreign in add if not is_foreign]
        + [f"ANALYZE {_TABLE}"]  # so that the check below knows in which order the rows lie
        + [statement for statement, is_foreign in add if is_foreign]
        + [f"ALTER TABLE {_TABLE} ENABLE TRIGGER USER"]
        + [f"{alter} state DROP DEFAULT", f"{alter} issued_at DROP DEFAULT"]
    )


@contextlib.contextmanager
def _drawn(count: int) -> Iterator[IO[str]]:
    """So many new identifiers, one a line, from a process that draws ahead."""
    command = [sys.executable, "-m", "zamiast", "identifier", "generate", "--count", str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, pipesize=_AHEAD) as process:
        assert process.stdout is not None
        yield process.stdout


def _accounts() -> Iterator[list[str]]:
    """The open accounts, a batch at a time."""
    last = "0"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ACCOUNTS, [last, BATCH])
            found = (cursor.fetchone()[0] or "").split(",")
        if found == [""]:
            return
        yield found
        last = found[-1]


def _copy(accounts: list[str], numbers: IO[str]) -> None:
    """Write one row an account. Raises Conflict where the numbers run out."""
    drawn = list(itertools.islice(numbers, len(accounts)))
    if len(drawn) < len(accounts):
        raise Conflict("registry.no_free_number", "The numbers ran out; run it again.")
    rows = "".join(
        [f"{account}\t{number}" for account, number in zip(accounts, drawn, strict=True)]
    )
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(rows)


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""What must be right before the vault serves or rotates: keys, role, tables.

Each thing that is missing is said in a sentence that tells the operator what to do.
"""

from __future__ import annotations

from pathlib import Path

import structlog
from django.db import DatabaseError, connection

from zamiast.errors import Misconfigured
from zamiast.registry.vault import rows
from zamiast.registry.vault.keys import KINDS, Keyring, Source, new_key, read_ring, write_file

log = structlog.get_logger("zamiast.vault")


def keyring(sources: dict[str, Source]) -> Keyring:
    """The keys, after comparing them with the database. Raises Misconfigured."""
    read_ring(sources)  # what is wrong with the files is said before a database is needed
    check_tables()
    return Keyring(sources, rows.accept)


def check_tables() -> None:
    """Raise Misconfigured unless the tables of the vault are there, for this role."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('vault.budget') IS NOT NULL")
            is_there = cursor.fetchone()[0]
    except DatabaseError:
        is_there = False
    if not is_there:
        raise Misconfigured(
            "vault.no_tables",
            "The vault's tables are not there, or not for its role. Run: zamiast database migrate",
        )


def make_keys(folder: Path) -> list[Path]:
    """Write a first key of each kind; files that exist are left alone. Returns those written."""
    made = []
    for kind in KINDS:
        path = folder / f"{kind}.keys"
        if not path.exists():
            write_file(path, (new_key(),))
            made.append(path)
    return made

"""The tables of moves and of disclosure, copied into the database by a migration.

Whoever changes ``moves`` or ``disclosure`` adds a migration with ``RunPython(fill)``; a test
compares code and database.
"""

from __future__ import annotations

from typing import Any

from zamiast.verification import disclosure, moves


def fill(_apps: Any, schema_editor: Any) -> None:
    """Write both tables anew."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM verification_move")
        cursor.executemany("INSERT INTO verification_move VALUES (%s, %s)", moves.pairs())
        cursor.execute("DELETE FROM verification_disclosure")
        cursor.executemany("INSERT INTO verification_disclosure VALUES (%s, %s)", disclosure.rows())


def leave(_apps: Any, _schema_editor: Any) -> None:
    """Going back needs nothing: the tables go with their migration."""

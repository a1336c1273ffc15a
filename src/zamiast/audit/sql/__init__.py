"""Raw SQL of the apps, loaded by their migrations."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations


def run(migration_file: str, name: str, reverse: str = "") -> migrations.RunSQL:
    """An operation that runs ``sql/name`` of the app to which the migration belongs."""
    path = Path(migration_file).parent.parent / "sql" / name
    return migrations.RunSQL(path.read_text(encoding="utf-8"), reverse)

"""``zamiast backup`` and ``zamiast restore``: the database and the documents of cases."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

HELP = "Back up the database and the documents of cases, or restore them"

TEACH_BACKUP = """\
examples:
  zamiast backup /mnt/backups/zamiast-2026-11-23.dump

Consistent while everything runs. The file appears when it is whole, readable by you
only. Beside it stand FILE.documents.tar, with every document that the database lists,
and the checksums of both (try them in their folder: sha256sum --check FILE.sha256).

The keys are not in it. Keep the folder ZAMIAST_HOME/secrets (for root:
/var/lib/zamiast/secrets) and the vault's keys (docs/how-to/vault.md) as well, in another
place than the backups: without `secrets_key` nobody's second factor works any more,
without the vault's keys no national number can be read, and with all in one place,
whoever finds them has everything.
"""

TEACH_RESTORE = """\
examples:
  zamiast database prepare && zamiast restore /mnt/backups/zamiast-2026-11-23.dump
  zamiast restore FILE --replace      throw away what the database holds, then restore

Stop the sites first. Restored is everything or nothing, with all grants and policies;
the documents from FILE.documents.tar take the place of those that are there. The roles
and their secrets are those of this installation. Put back the folders
ZAMIAST_HOME/secrets and vault-keys of the time of the backup before anybody logs in.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of whichever of the two was called."""
    restoring = (parser.prog or "").endswith("restore")
    parser.epilog = TEACH_RESTORE if restoring else TEACH_BACKUP
    parser.add_argument("file", type=lambda text: Path(text).absolute(), metavar="FILE")
    if restoring:
        parser.add_argument(
            "--replace", action="store_true", help="throw away what the database holds"
        )
        parser.set_defaults(run=restore)
    else:
        parser.add_argument("--force", action="store_true", help="write over an older file")
        parser.set_defaults(run=back_up)


def back_up(options: argparse.Namespace) -> int:
    """Back up; the event is written first, so that it stands in the backup too."""
    from zamiast.cli.progress import Progress
    from zamiast.config.database import backup, documents
    from zamiast.errors import Conflict

    if options.file.exists() and not options.force:
        raise Conflict("backup.exists", f"{options.file} is there already; --force writes over it.")
    began = time.monotonic()
    _note("backup.begun")
    with Progress("MB") as progress:
        digest = backup.back_up(options.file, lambda done: progress(done / 1e6))
    size = options.file.stat().st_size / 1e6
    print(f"{options.file}: {size:,.1f} MB in {time.monotonic() - began:.1f} s")
    archive = documents.archive_of(options.file)
    print(f"{archive}: {len(documents.names_in(archive)):,} documents of cases")
    print(f"SHA-256 {digest}")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Restore, and write down that it was done."""
    from zamiast.cli.progress import Progress
    from zamiast.config.database import backup, documents

    began = time.monotonic()
    with Progress("MB") as progress:
        backup.restore(
            options.file, replace=options.replace, on_progress=lambda done: progress(done / 1e6)
        )
    _note("backup.restored")
    print(f"Restored from {options.file} in {time.monotonic() - began:.1f} s.")
    if not documents.archive_of(options.file).exists():
        print("No documents of cases stand beside it: those that are there were left alone.")
    print("Put back the secrets and keys of the time of the backup, if they are not there.")
    return 0


def _note(what: str) -> None:
    """Write the event: a backup is a copy of everything."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
    import django
    from django.db import OperationalError, transaction

    django.setup()
    from zamiast.audit.services import OPERATOR, record
    from zamiast.errors import Misconfigured

    try:
        with transaction.atomic():
            record(what, by=OPERATOR)
    except OperationalError as error:
        raise Misconfigured(
            "backup.database",
            "The database does not answer. Start it: zamiast database start",
        ) from error

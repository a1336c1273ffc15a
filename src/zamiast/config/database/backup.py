"""Backing the database up to one file, the documents of cases to another, and restoring both.

PostgreSQL's own programs do the work: ``pg_dump`` in one snapshot, so that the backup
is consistent whatever is written meanwhile, and ``pg_restore`` through ``psql`` in one
transaction, so that a restore happens whole or not at all. Both log in as the owner of
the tables, with the secret in the environment, never in a command line.

Data come before triggers and constraints, so the log's append-only triggers do not
stand in the way, and salt and commitment of each event are restored as they were. Row
level security does not bind the owner of a table.

No key stands in a backup: not those of second factors, not the roles' secrets, not the
vault's, whose numbers are in it as ciphertext. They are in the folders ``secrets`` and
``vault-keys`` and have to be kept apart from it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg

from zamiast.config import env, vault
from zamiast.config.database import address, documents, embedded
from zamiast.errors import BadInput, Conflict, Misconfigured

Progress = Callable[[int], None]
"""Told how many bytes were written or read."""

_CHUNK = 2**20
_DEBIAN = Path("/usr/lib/postgresql")

# What `zamiast database prepare` makes, and a restore leaves alone.
_PREPARED = re.compile(
    r" ACL pg_catalog | (?:ACL|COMMENT) - SCHEMA public |^\d+; 2615 \d+ SCHEMA - (\w+) "
)

# Everything that this role owns; roles, rights on the schema and the database stay.
_DROP_ALL = """
DO $$
DECLARE
    command text;
    kind text;
BEGIN
    SET LOCAL lock_timeout = '10s';
    SET LOCAL client_min_messages = 'warning';
    FOREACH kind IN ARRAY ARRAY['tables', 'sequences', 'routines', 'types'] LOOP
        FOREACH command IN ARRAY (
            SELECT coalesce(array_agg(format('DROP %s IF EXISTS %s CASCADE', what, name)), '{}')
              FROM (SELECT 'tables' AS of, oid::regclass::text AS name, relowner AS owner,
                           relnamespace AS place, CASE relkind WHEN 'v' THEN 'VIEW'
                           WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS what
                      FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')
                    UNION ALL
                    SELECT 'sequences', oid::regclass::text, relowner, relnamespace, 'SEQUENCE'
                      FROM pg_class WHERE relkind = 'S'
                    UNION ALL
                    SELECT 'routines', oid::regprocedure::text, proowner, pronamespace, 'ROUTINE'
                      FROM pg_proc
                    UNION ALL
                    SELECT 'types', oid::regtype::text, typowner, typnamespace, 'TYPE'
                      FROM pg_type t WHERE typtype IN ('e', 'd') OR typtype = 'c' AND EXISTS
                           (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c')
                   ) AS things
             WHERE of = kind AND pg_get_userbyid(owner) = current_user
               AND (place = 'public'::regnamespace OR place IN (
                       SELECT oid FROM pg_namespace WHERE nspowner = current_user::regrole))
        ) LOOP
            EXECUTE command;
        END LOOP;
    END LOOP;
END $$;
"""


def back_up(target: Path, on_progress: Progress = lambda _: None) -> str:
    """Write a backup to ``target``, documents beside it (0600), checksums to ``target.sha256``.

    The files appear under their names when they are whole. Returns the checksum. Raises
    BadInput where the folder is missing or holds secrets, Misconfigured where the
    database or the programs do not play along.
    """
    _refuse_secrets(target)
    if not target.parent.is_dir():
        raise BadInput("backup.folder", f"There is no folder {target.parent}.")
    partial = _private(target)
    papers = _private(documents.archive_of(target))
    try:
        archive = documents.Archive(papers)
        archive.fill(on_progress)
        # -B: no large objects. We keep none, and one that a process made would be nobody's to
        # read and stop every backup. The long option has another name before PostgreSQL 16.
        command = [_program("pg_dump"), "--format=custom", "--no-unlogged-table-data", "-B"]
        with partial.open("wb") as file, _running(command, stdout=subprocess.PIPE) as dump:
            digest = _copy(dump.stdout, file, on_progress)
            file.flush()
            os.fsync(file.fileno())
        archive.fill(lambda _: None)
        archive.close()
        others = _digest(papers)
        papers.rename(documents.archive_of(target))
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
        papers.unlink(missing_ok=True)
    sums = _private(checksum_file(target))
    names = ((digest, target.name), (others, documents.archive_of(target).name))
    sums.write_text("".join(f"{sha}  {name}\n" for sha, name in names), encoding="utf-8")
    sums.rename(checksum_file(target))
    return digest


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        os.fsync(content.fileno())
        return hashlib.file_digest(content, "sha256").hexdigest()


def restore(source: Path, *, replace: bool, on_progress: Progress = lambda _: None) -> None:
    """Restore a backup into the prepared database, whole or not at all.

    Raises BadInput where the file is not what its checksum says, Conflict where the
    database has tables already and ``replace`` is False.
    """
    verify(source)
    archive = documents.archive_of(source)
    if has_tables() and not replace:
        raise Conflict(
            "restore.not_empty",
            "The database has tables already. Restore into an empty one, or give --replace to"
            " throw away what is there.",
        )
    kept = documents.put_in_place(archive) if archive.exists() else None
    _restore_tables(source, replace=replace, on_progress=on_progress)
    if kept is not None:
        documents.take_away_all_but(kept)


def _restore_tables(source: Path, *, replace: bool, on_progress: Progress) -> None:
    with tempfile.TemporaryDirectory() as folder:
        contents = Path(folder) / "contents"
        wanted, schemas = _contents(source)
        contents.write_text(wanted, encoding="utf-8")
        before = (_DROP_ALL if replace else "") + schemas
        read = [_program("pg_restore"), f"--use-list={contents}", "--file=-", str(source)]
        write = [_program("psql"), "--quiet", "--no-psqlrc", "--single-transaction",
                 "--set=ON_ERROR_STOP=1", "--output=/dev/null"]  # fmt: skip
        with (
            _running(write, stdin=subprocess.PIPE) as psql,
            _running(read, stdout=subprocess.PIPE) as script,
        ):
            _feed(script.stdout, psql.stdin, before, on_progress)


def verify(source: Path) -> None:
    """Compare a backup with its checksums, where there are any. Raises BadInput."""
    if not source.is_file():
        raise BadInput("restore.file", f"There is no backup file {source}.")
    sums = checksum_file(source)
    if not sums.exists():
        return
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        file = source if name == source.name else documents.archive_of(source)
        if not file.is_file():
            raise BadInput("restore.file", f"{file} belongs to this backup and is not there.")
        if _digest(file) != digest:
            raise BadInput(
                "restore.checksum", f"{file} is not what was written: its checksum differs."
            )


def checksum_file(target: Path) -> Path:
    """Where the checksum of a backup stands, in the manner of ``sha256sum``."""
    return target.with_name(target.name + ".sha256")


def has_tables() -> bool:
    """Whether the database holds tables, of whomever."""
    with _connection() as connection:
        found = connection.execute(
            "SELECT EXISTS (SELECT FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema'))"
        ).fetchone()
    return bool(found and found[0])


def programs(major: int) -> Path:
    """The folder of PostgreSQL's programs that fit a server of this version.

    The embedded server's own; for another server those of the same version, on the
    PATH or in Debian's place, else the embedded ones where they are newer.
    """
    if not address.is_embedded():
        on_path = shutil.which("pg_dump")
        for folder in (Path(on_path).parent if on_path else None, _DEBIAN / str(major) / "bin"):
            if folder and _version(folder) == major:
                return folder
    bundled = embedded.programs()
    if _version(bundled) < major:
        raise Misconfigured(
            "backup.programs",
            f"The server is PostgreSQL {major}; put the pg_dump of that version on the PATH.",
        )
    return bundled


def _version(folder: Path) -> int:
    """The version of the pg_dump in a folder; 0 where there is none."""
    program = folder / "pg_dump"
    if not all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
        return 0
    told = subprocess.run([program, "--version"], capture_output=True, text=True)
    number = re.search(r"\) (\d+)", told.stdout)
    return int(number[1]) if number else 0


def _program(name: str) -> str:
    with _connection() as connection:
        major = connection.info.server_version // 10_000
    return str(programs(major) / name)


def _connection() -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(**address.of_role("owner").conninfo(), connect_timeout=5)
    except psycopg.OperationalError as error:
        raise Misconfigured(
            "backup.database",
            "The database does not answer. Start it (`zamiast database start`), prepare it"
            " (`zamiast database prepare`) and try again.",
        ) from error


@contextmanager
def _running(
    command: list[str], *, stdin: int = subprocess.DEVNULL, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that logs in as the owner; it has to end well. Raises Misconfigured."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
        **address.of_role("owner").environment(),
        "LC_ALL": "C.UTF-8",
    }
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            command, stdin=stdin, stdout=stdout, stderr=told, env=environment, cwd="/"
        )
        try:
            yield process
            if process.stdin:
                process.stdin.close()
            failed = process.wait() != 0
        except BrokenPipeError:
            if process.stdin is None:
                raise  # not ours: the program that we feed has given up
            failed = process.wait() != 0
        finally:
            process.kill()
            process.wait()
            _close(process)
        if failed:
            told.seek(0)
            raise Misconfigured("backup.failed", _first_error(Path(command[0]).name, told))


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def _first_error(program: str, told: IO[str]) -> str:
    """The program's first complaint; what follows it (DETAIL, CONTEXT) may hold people's data."""
    lines = [line.strip() for line in told if "error" in line.lower() or "fatal" in line.lower()]
    return f"{program} failed: {lines[0] if lines else 'it gave no reason'}"


def _copy(source: IO[bytes] | None, target: IO[bytes], on_progress: Progress) -> str:
    """Copy everything; return the SHA-256 of it."""
    assert source is not None
    digest, done = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        target.write(chunk)
        digest.update(chunk)
        done += len(chunk)
        on_progress(done)
    return digest.hexdigest()


def _feed(
    script: IO[bytes] | None, psql: IO[bytes] | None, before: str, on_progress: Progress
) -> None:
    """Hand the script of a restore to psql, without what an older server does not know."""
    assert script is not None
    assert psql is not None
    psql.write(before.encode())
    for _ in range(40):  # the settings stand at the top
        line = script.readline()
        if not line.startswith(b"SET transaction_timeout"):
            psql.write(line)
    done = 0
    while chunk := script.read(_CHUNK):
        psql.write(chunk)
        done += len(chunk)
        on_progress(done)


def _contents(source: Path) -> tuple[str, str]:
    """The list of what to restore, and the SQL for schemas that a prepared database may have."""
    told = subprocess.run(
        [_program("pg_restore"), "--list", source], capture_output=True, text=True
    )
    if told.returncode != 0:
        raise BadInput("restore.file", f"{source} is not a backup that PostgreSQL can read.")
    wanted, schemas = [], []
    for line in told.stdout.splitlines(keepends=True):
        prepared = _PREPARED.search(line)
        if prepared is None:
            wanted.append(line)
        elif prepared[1] and prepared[1] != "public":
            schemas.append(f"CREATE SCHEMA IF NOT EXISTS {prepared[1]};\n")
    return "".join(wanted), "SET client_min_messages = 'warning';\n" + "".join(schemas)


def _private(target: Path) -> Path:
    """A new empty file beside ``target`` that only its owner may read."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise BadInput(
            "backup.folder", f"Nothing can be written in {target.parent}: {error.strerror}."
        ) from error
    os.close(descriptor)
    return Path(name)


def _refuse_secrets(target: Path) -> None:
    """Keys and backups apart: whoever finds the one must not find the other."""
    kept = {(env.home() / "secrets").resolve(), vault.keys_folder().resolve()}
    if kept & {target.resolve().parent, *target.resolve().parents}:
        raise BadInput(
            "backup.secrets", "Not beside the secrets: a backup and its keys are kept apart."
        )

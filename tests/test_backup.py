"""The drill: back up while people write, restore into another cluster, compare everything."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests import people
from tests.database import HOME
from zamiast.audit.models import Event
from zamiast.audit.services import OPERATOR
from zamiast.config.database import address, documents
from zamiast.demo import cast
from zamiast.demo import people as crowd
from zamiast.helpline.documents import add_document
from zamiast.helpline.models import Case
from zamiast.login.models import User
from zamiast.registry import services
from zamiast.registry.models import Account, Identifier

RIGHTS = (
    "SELECT grantee, table_name, column_name, privilege_type"
    " FROM information_schema.column_privileges"
    " WHERE grantee LIKE 'zamiast_%' AND grantee <> 'zamiast_owner' ORDER BY 1, 2, 3, 4",
    "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE grantee LIKE 'zamiast_%' AND grantee <> 'zamiast_owner' ORDER BY 1, 2, 3",
    "SELECT grantee, routine_name FROM information_schema.role_routine_grants"
    " WHERE grantee LIKE 'zamiast_%' AND grantee <> 'zamiast_owner' ORDER BY 1, 2",
    "SELECT tablename, policyname, roles::text, cmd, qual, with_check"
    " FROM pg_policies ORDER BY 1, 2",
    "SELECT relname FROM pg_class WHERE relrowsecurity ORDER BY 1",
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "SELECT conrelid::regclass::text, conname FROM pg_constraint"
    " WHERE contype <> 'n'"
    " AND connamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1, 2",
    "SELECT tablename, indexname FROM pg_indexes WHERE schemaname !~ '^pg_' ORDER BY 1, 2",
    "SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace"
    " WHERE nspname !~ '^pg_' ORDER BY 1",
    "SELECT oid::regprocedure::text, prosecdef, proconfig::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
)


def zamiast(*arguments: object, check: bool = True, **environment: str) -> Any:
    """Run the command in a process of its own."""
    values = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "zamiast", *map(str, arguments)],
        env={**values, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def elsewhere(template_database: object) -> Iterator[dict[str, str]]:
    """Another installation, prepared and empty: its environment."""
    home = {"ZAMIAST_HOME": str(HOME / "elsewhere")}
    zamiast("database", "prepare", **home)
    yield home
    zamiast("database", "stop", **home)


@pytest.fixture
def here(database: str) -> dict[str, str]:
    """The environment of the test's own database."""
    return {"ZAMIAST_DATABASE_NAME": database}


def everything(connect: Callable[[], Any]) -> dict[str, tuple[int, str]]:
    """Rows and checksum of every table."""
    with connect() as owner:
        tables = owner.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        ).fetchall()
        found = {}
        for (table,) in tables:
            rows = owner.execute(f"SELECT t::text FROM {table} t").fetchall()
            texts = sorted(row[0] for row in rows if "backup.restored" not in row[0])
            digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
            found[table] = (len(texts), digest)
        return found


def rights(connect: Callable[[], Any]) -> list[list[tuple[Any, ...]]]:
    """Grants, policies, triggers, constraints, indexes, functions."""
    with connect() as owner:
        return [owner.execute(query).fetchall() for query in RIGHTS]


def at(home: str, database: str) -> Callable[[], Any]:
    """Opens connections as the owner to a database of the installation in ``home``."""
    password = (Path(home) / "secrets" / "database_owner").read_text().strip()
    values = {"host": f"{home}/run", "port": "5432", "user": "zamiast_owner", "password": password}
    return lambda: psycopg.connect(**values, dbname=database)


def add_documents_until(stop: threading.Event, done: list[int]) -> None:
    """Add documents to a case, until told to stop."""
    specialist = User.objects.staff("K-77", role="specialist")
    case = Case.objects.create(matter="after_divorce", level=0, opened_by=specialist,
                               opened_by_name="K-77")  # fmt: skip
    try:
        while not stop.is_set():
            content = b"%PDF-1.7 " + str(len(done)).encode()
            add_document(case.pk, name="odpis.pdf", content=content, by=specialist)
            done.append(case.pk)
    finally:
        connection.close()


def missing_documents(connect: Callable[[], Any], home: str) -> tuple[int, int]:
    """How many documents the database lists, and how many of them are not there whole."""
    with connect() as owner:
        rows = owner.execute("SELECT id, sha256 FROM helpline_document").fetchall()
    there = {file.name: hashlib.sha256(file.read_bytes()).digest() for file in documents_of(home)}
    lacking = [pk for pk, digest in rows if there.get(pk.hex) != bytes(digest)]
    return len(rows), len(lacking)


def documents_of(home: str) -> list[Path]:
    """The files of documents in a folder; other tests of the run leave some there, too."""
    return list((Path(home) / "documents").glob("*/*"))


def write_until(stop: threading.Event, done: list[int]) -> None:
    """Open accounts and replace identifiers, one transaction each, until told to stop."""
    try:
        while not stop.is_set():
            account = people.account(city="under load")
            seen = account.identifiers.get().number
            services.replace_identifier(account.pk, seen=seen, by=OPERATOR)
            done.append(account.pk)
    finally:
        connection.close()


def test_backed_up_under_load_and_restored_elsewhere_everything_is_there(
    here, database, elsewhere, tmp_path
):
    cast.install()
    crowd.populate(2000, 7)
    file, loaded = tmp_path / "quiet.dump", tmp_path / "loaded.dump"
    stop, done = threading.Event(), []
    writers = [threading.Thread(target=write_until, args=(stop, done)) for _ in range(2)]
    papers: list[int] = []
    writers.append(threading.Thread(target=add_documents_until, args=(stop, papers)))
    for writer in writers:
        writer.start()
    try:
        zamiast("backup", loaded, **here)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert len(done) > 3
    assert len(papers) > 3

    # Under load: a snapshot, in which every transaction is whole.
    there = at(elsewhere["ZAMIAST_HOME"], address.NAME)
    zamiast("restore", loaded, **elsewhere)
    with there() as owner:
        accounts, events, current, retired = owner.execute(
            "SELECT (SELECT count(*) FROM registry_person WHERE city = 'under load'),"
            " (SELECT count(*) FROM audit_event"
            "   WHERE what = 'account.opened' AND actor = 'operator'),"
            " (SELECT count(*) FROM registry_identifier WHERE state <> 'retired'),"
            " (SELECT count(*) FROM registry_identifier WHERE state = 'retired')"
        ).fetchone()
        replaced = owner.execute(
            "SELECT count(*) FROM audit_event WHERE what = 'identifier.replaced'"
        ).fetchone()[0]
        open_ones = owner.execute(
            "SELECT count(*) FROM registry_account WHERE closed_at IS NULL"
        ).fetchone()[0]
    assert accounts - events in (0, 1, 2)  # a person of a test is made just before the account
    assert open_ones == current
    assert retired == replaced + 1  # and the one of the cast who is dead
    listed, lacking = missing_documents(there, elsewhere["ZAMIAST_HOME"])
    assert (listed > 0, lacking) == (True, 0)

    # In quiet: the same rows, byte for byte, and the same rights.
    zamiast("backup", file, **here)
    zamiast("restore", file, "--replace", **elsewhere)
    source = at(str(HOME), database)
    assert everything(source) == everything(there)
    assert everything(source)["public.registry_person"][0] > 2000
    assert missing_documents(there, elsewhere["ZAMIAST_HOME"]) == (len(papers), 0)
    kept = documents.names_in(documents.archive_of(file))  # and nothing of the other backup
    assert {file.name for file in documents_of(elsewhere["ZAMIAST_HOME"])} == {
        Path(name).name for name in kept
    }
    assert rights(source) == rights(there)
    assert Event.objects.filter(what="backup.begun").count() == 2

    # And it works on: roles have their rights, sequences go on, the log takes no change.
    with there() as owner:
        owner.execute(
            "INSERT INTO registry_person (family_name, given_names, birth_partial, gender, is_dead,"
            " address_line, postal_code, city, country, language)"
            " VALUES ('Lis', 'Jan', '', 'male', false, '', '', '', 'PL', 'pl')"
        )
        owner.execute(
            "INSERT INTO registry_account (person_id, opened_at)"
            " SELECT max(id), now() FROM registry_person"
        )
    assert (
        "1 identifiers were issued" in zamiast("identifiers", "issue", "--all", **elsewhere).stdout
    )
    with there() as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("DELETE FROM audit_event")


def test_a_large_object_that_cannot_be_read_stops_no_backup(
    here, database, template_database, tmp_path
):
    values = {**template_database.administrator().conninfo(), "dbname": database}
    with psycopg.connect(**values) as administrator:
        administrator.execute("SELECT lo_from_bytea(0, 'hidden here')")
    zamiast("backup", tmp_path / "a.dump", **here)
    assert b"BLOB" not in (tmp_path / "a.dump").read_bytes()


def test_a_database_with_tables_is_not_overwritten_unasked(here, database, tmp_path):
    account = people.account()
    file = tmp_path / "a.dump"
    zamiast("backup", file, **here)
    services.suspend_identifier(account.pk, by=OPERATOR)
    refused = zamiast("restore", file, check=False, **here)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert account.identifiers.get().state == "suspended"
    connection.close()
    zamiast("restore", file, "--replace", **here)
    assert account.identifiers.get().state == "active"


def test_a_restore_that_fails_leaves_everything_as_it_was(here, database, tmp_path):
    crowd.populate(3000, 7)
    file = tmp_path / "a.dump"
    zamiast("backup", file, **here)
    before = Identifier.objects.count()
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    connection.close()
    wrong = zamiast("restore", file, "--replace", check=False, **here)
    assert wrong.returncode == 1
    assert "checksum" in wrong.stderr
    (tmp_path / "a.dump.sha256").unlink()
    broken = zamiast("restore", file, "--replace", check=False, **here)
    assert broken.returncode == 1
    assert "Traceback" not in broken.stderr
    assert Identifier.objects.count() == before == Account.objects.filter(closed_at=None).count()


def test_the_file_is_private_whole_and_has_a_checksum(here, tmp_path):
    file = tmp_path / "a.dump"
    told = zamiast("backup", file, **here).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.dump", "a.dump.documents.tar", "a.dump.sha256",
    ]  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert digest in told
    assert (tmp_path / "a.dump.sha256").read_text().startswith(f"{digest}  a.dump\n")
    subprocess.run(["sha256sum", "--check", "a.dump.sha256"], cwd=tmp_path, check=True)
    again = zamiast("backup", file, check=False, **here)
    assert (again.returncode, "--force" in again.stderr) == (1, True)
    zamiast("backup", file, "--force", **here)


def test_an_archive_that_holds_anything_else_is_refused_before_a_file_is_written(here, tmp_path):
    file, archive = tmp_path / "a.dump", tmp_path / "a.dump.documents.tar"
    zamiast("backup", file, **here)
    archive.write_bytes(b"")
    told = zamiast("restore", file, "--replace", check=False, **here)
    assert (told.returncode, "checksum" in told.stderr) == (1, True)
    (tmp_path / "a.dump.sha256").unlink()
    with tarfile.open(archive, "w") as tar:
        tar.addfile(tarfile.TarInfo("../../escaped"))
    told = zamiast("restore", file, "--replace", check=False, **here)
    assert (told.returncode, "no document" in told.stderr) == (1, True)
    assert not (HOME / "escaped").exists()
    archive.unlink()
    assert "were left alone" in zamiast("restore", file, "--replace", **here).stdout


def test_what_cannot_work_says_so_in_a_sentence(here, tmp_path):
    for arguments, says in (
        (["backup", HOME / "secrets" / "a.dump"], "kept apart"),
        (["backup", tmp_path / "nowhere" / "a.dump"], "no folder"),
        (["restore", tmp_path / "none.dump"], "no backup file"),
        (["restore", __file__, "--replace"], "not a backup"),
    ):
        done = zamiast(*arguments, check=False, **here)
        assert done.returncode == 1
        assert says in done.stderr
        assert "Traceback" not in done.stderr
    lost = {"ZAMIAST_HOME": str(tmp_path / "home")}
    stopped = zamiast("backup", tmp_path / "a.dump", check=False, **lost)
    assert "zamiast database start" in stopped.stderr
    assert not (tmp_path / "a.dump").exists()


def test_no_secret_stands_in_a_backup(here, tmp_path):
    cast.install()
    file = tmp_path / "a.dump"
    zamiast("backup", file, **here)
    script = subprocess.run(
        [backup_program(), "--file=-", file], capture_output=True, check=True
    ).stdout
    for secret in (HOME / "secrets").iterdir():
        assert secret.read_bytes().strip() not in script, secret.name
    assert cast.PASSWORD.encode() not in script


def backup_program() -> str:
    """pg_restore, as the command finds it."""
    from zamiast.config.database import embedded

    return str(embedded.programs() / "pg_restore")

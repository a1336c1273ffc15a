"""The drill: back up, restore elsewhere, read with the keys; without them nothing is readable."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests import people

from zamiast.config.database import address, backup, prepare
from zamiast.registry.vault import keys
from zamiast.registry.vault.client import Entry, Kind, Number

from .conftest import Process, some_pesel


def zamiast(database, *arguments):
    environment = {**os.environ, "ZAMIAST_DATABASE_NAME": database}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "zamiast", *arguments],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.fixture
def elsewhere(vault, template_database, worker_name):
    """An empty database as ``zamiast database prepare`` leaves it."""
    name = f"restored_{worker_name}"
    administrator = template_database.administrator()
    with psycopg.connect(**administrator.conninfo(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" OWNER zamiast_owner TEMPLATE template0')
        for role in address.ROLES:
            connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {address.role_name(role)}')
        with psycopg.connect(
            **{**administrator.conninfo(), "dbname": name}, autocommit=True
        ) as inside:
            for statement in prepare.inside():
                inside.execute(statement)
        yield name
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def test_restored_elsewhere_it_opens_with_the_keys_and_not_without(vault, elsewhere, tmp_path):
    persons = [people.person() for _ in range(20)]
    numbers = {person.pk: Number(Kind.PESEL, some_pesel()) for person in persons}
    device = vault.enroll("jan", "operator")
    with vault.asked_as("importer") as client:
        client.store(Entry(person, number) for person, number in numbers.items())

    dump = tmp_path / "zamiast.dump"
    done = zamiast(vault.database, "backup", str(dump))
    assert done.returncode == 0, done.stderr
    done = zamiast(elsewhere, "restore", str(dump))
    assert done.returncode == 0, done.stderr
    done = zamiast(elsewhere, "restore", str(dump), "--replace")
    assert done.returncode == 0, done.stderr

    script = subprocess.run(
        [backup.programs(15) / "pg_restore", "--file=-", dump], capture_output=True
    ).stdout.lower()
    assert b"zamiast_vault" in script
    assert not [one for one in numbers.values() if one.value.encode() in script]
    for kind in keys.KINDS:
        (key,) = keys.parse((vault.folder / "keys" / f"{kind}.keys").read_text(), kind)
        for text in (key.secret.hex().encode(), base64.b64encode(key.secret).lower(),
                     base64.urlsafe_b64encode(key.secret).rstrip(b"=").lower()):  # fmt: skip
            assert text not in script

    restored = Process(elsewhere, tmp_path)
    try:
        done = restored.cli("verify")  # the demo makes other keys: they open nothing
        assert done.returncode == 1
        assert "Keys in use by the vault are missing" in done.stderr
        for kind in keys.KINDS:
            source = vault.folder / "keys" / f"{kind}.keys"
            (tmp_path / "keys" / f"{kind}.keys").write_text(source.read_text())
        done = restored.cli("verify")
        assert (done.returncode, done.stdout.strip().splitlines()[-1]) == (
            0, "All 20 rows open and are found.")  # fmt: skip
        restored.start()
        device.rewind(restored)
        person, number = next(iter(numbers.items()))
        with restored.asked_as("operator") as client:
            (shown,) = client.reveal(
                person, reason="próba odtworzenia", operator="jan", code=device.code()
            )
        assert shown.number == number
        with restored.asked_as("portal") as client:
            assert client.match(number).person == person
        # The restored database keeps the others out as well.
        for role in ("portal", "desk", "worker", "importer"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                restored.sql(role, "SELECT 1 FROM vault.number")
    finally:
        restored.end()


def test_no_backup_is_written_beside_the_keys(vault):
    folder = Path(vault.environment["ZAMIAST_VAULT_KEYS_FOLDER"])
    os.environ["ZAMIAST_VAULT_KEYS_FOLDER"] = str(folder)
    try:
        done = zamiast(vault.database, "backup", str(folder / "zamiast.dump"))
    finally:
        del os.environ["ZAMIAST_VAULT_KEYS_FOLDER"]
    assert (done.returncode, "kept apart" in done.stderr) == (1, True)

"""Rotating the keys: at work, killed anywhere, and verified."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from tests import people

from zamiast.audit.models import Event
from zamiast.registry.models import Person
from zamiast.registry.vault.client import Entry, Kind, Number

from .conftest import some_pesel

MANY = 120
BATCH = "7"


@pytest.fixture(scope="module")
def everybody(vault):
    """Persons with a PESEL each, some with a past one too; number by person."""
    first = people.person()
    Person.objects.bulk_create([Person(family_name="N", given_names="A") for _ in range(MANY - 1)])
    persons = Person.objects.filter(pk__gte=first.pk).order_by("pk")
    numbers = {person.pk: Number(Kind.PESEL, some_pesel()) for person in persons}
    past = {person: Number(Kind.PASSPORT, f"ZS{person:07}") for person in list(numbers)[:10]}
    with vault.asked_as("importer") as client:
        done = client.store(Entry(person, number) for person, number in numbers.items())
        assert {one.outcome for one in done} == {"stored"}
        client.store(Entry(person, one, valid_to="2020-01-01") for person, one in past.items())
    return numbers


def all_are_found(vault, everybody):
    with vault.asked_as("importer") as client:
        found = client.match_many(everybody.values())
    return [one.person for one in found] == list(everybody)


def rotation(vault, *more):
    command = [sys.executable, "-m", "zamiast", "vault", "rotate-keys", "--batch", BATCH, *more]
    return subprocess.Popen(
        command, env=vault.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def kill_at(process, stage, done):
    """Let it run until it says that so much is done, then SIGKILL; what it said."""
    said = []
    for line in process.stdout:
        said.append(line)
        words = line.split()
        if words[0] == stage and int(words[1].partition("/")[0]) >= done:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.wait(10)
    return "".join(said)


def keys_in_use(vault, table):
    return {row[0] for row in vault.sql("owner", f"SELECT DISTINCT key_id FROM vault.{table}")}


def newest(vault, kind):
    lines = (vault.folder / "keys" / f"{kind}.keys").read_text().splitlines()
    return next(line for line in lines if not line.startswith("#")).partition(":")[0]


def test_killed_anywhere_it_loses_nothing_and_goes_on_where_it_was(vault, everybody):
    device = vault.enroll("jan", "dpo")
    old = {kind: newest(vault, kind) for kind in ("encryption", "fingerprint")}
    assert vault.cli("new-keys", "--add", "both").returncode == 0
    kills = [("seal", 0), ("seal", 50), ("fingerprint", 0), ("fingerprint", 40), ("verify", 60),
             ("retire", 0), ("retire", 30)]  # fmt: skip
    for stage, done in kills:
        process = rotation(vault)
        said = kill_at(process, stage, done)
        # The last batches are quick: a busy machine may kill the very last run too late.
        in_time = {-signal.SIGKILL, 0} if (stage, done) == kills[-1] else {-signal.SIGKILL}
        assert process.returncode in in_time, (stage, done, said)
        assert all_are_found(vault, everybody), (stage, done)
    assert all_are_found(vault, everybody)
    process = rotation(vault)
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    assert f"{MANY + 10} opened and compared" in said
    for kind, table in (("encryption", "number"), ("fingerprint", "fingerprint")):
        assert f"May be removed from its file: {kind} {old[kind]}" in said
        assert keys_in_use(vault, table) == {newest(vault, kind)}
    assert keys_in_use(vault, "operator") == {newest(vault, "encryption")}
    # The old keys go from the files: the running vault takes note, and all is there.
    for kind in old:
        path = vault.folder / "keys" / f"{kind}.keys"
        kept = [line for line in path.read_text().splitlines() if not line.startswith(old[kind])]
        path.write_text("\n".join(kept) + "\n")
    assert all_are_found(vault, everybody)
    person, number = next(iter(everybody.items()))
    device.rewind()
    with vault.asked_as("operator") as client:
        assert client.status().encryption_keys == [newest(vault, "encryption")]
        shown = client.reveal(
            person, reason="próba po wymianie", operator="jan", code=device.code()
        )
    assert number in [one.number for one in shown]
    assert Event.objects.filter(what="vault.keys_rotated").count() == 1


def test_storing_and_matching_go_on_while_keys_are_rotated(vault, everybody):
    assert vault.cli("new-keys", "--add", "both").returncode == 0
    stop, failures, rounds, added = threading.Event(), [], [], {}
    spare = [people.person() for _ in range(40)]

    def ask():
        with vault.asked_as("importer") as client:
            while not stop.is_set():
                person = random.choice(list(everybody))
                if client.match_many([everybody[person]])[0].person != person:
                    failures.append(person)
                if client.store([Entry(person, everybody[person])])[0].outcome != "known":
                    failures.append(person)
                rounds.append(1)

    def add():
        with vault.asked_as("importer") as client:
            while not stop.is_set() and spare:
                person, number = spare.pop().pk, Number(Kind.PESEL, some_pesel())
                if client.store([Entry(person, number)])[0].outcome == "stored":
                    added[person] = number
                time.sleep(0.05)

    threads = [
        threading.Thread(target=ask),
        threading.Thread(target=ask),
        threading.Thread(target=add),
    ]
    [thread.start() for thread in threads]
    process = rotation(vault)
    said = process.communicate(timeout=90)[0]
    stop.set()
    [thread.join() for thread in threads]
    assert process.returncode == 0, said
    assert (failures, len(rounds) > 20, len(added) > 3) == ([], True, True), (
        len(rounds),
        len(added),
    )
    everybody.update(added)
    assert all_are_found(vault, everybody)
    assert vault.cli("verify").returncode == 0


def test_one_kind_of_key_is_rotated_alone(vault, everybody):
    before = newest(vault, "fingerprint")
    assert vault.cli("new-keys", "--add", "encryption").returncode == 0
    process = rotation(vault, "--encryption")
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    assert keys_in_use(vault, "number") == {newest(vault, "encryption")}
    assert newest(vault, "fingerprint") == before
    assert before in keys_in_use(vault, "fingerprint")


def test_two_rotations_at_once_are_refused(vault, everybody):
    import psycopg

    from zamiast.config.database import address

    conninfo = {**address.of_role("vault").conninfo(), "dbname": vault.database}
    with psycopg.connect(**conninfo) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtextextended('vault.rotation', 0))")
        done = vault.cli("rotate-keys")
    assert (done.returncode, "being rotated already" in done.stderr) == (1, True)


def test_a_row_that_does_not_open_keeps_every_key(vault, everybody):
    person = list(everybody)[5]
    (sealed,) = vault.sql(
        "owner", "SELECT sealed FROM vault.number WHERE person_id = %s", [person]
    )[:1]
    broken = bytes([sealed[0][0] ^ 1]) + bytes(sealed[0][1:])
    vault.sql("owner", "UPDATE vault.number SET sealed = %s WHERE sealed = %s", [broken, sealed[0]])
    assert vault.cli("new-keys", "--add", "fingerprint").returncode == 0
    done = vault.cli("rotate-keys", "--encryption")
    assert done.returncode == 1
    assert "no key may go" in done.stderr
    assert everybody[person].value not in done.stderr + done.stdout
    vault.sql("owner", "UPDATE vault.number SET sealed = %s WHERE sealed = %s", [sealed[0], broken])
    assert vault.cli("rotate-keys").returncode == 0


def test_a_vault_that_does_not_know_the_newest_key_stops_the_rotation(vault, everybody, tmp_path):
    import shutil

    shutil.copytree(vault.folder / "keys", tmp_path / "keys")
    environment, vault.environment = vault.environment, {
        **vault.environment, "ZAMIAST_VAULT_KEYS_FOLDER": str(tmp_path / "keys")}  # fmt: skip
    try:
        assert vault.cli("new-keys", "--add", "encryption").returncode == 0
        done = vault.cli("rotate-keys")
    finally:
        vault.environment = environment
    assert (done.returncode, "does not know the newest keys" in done.stderr) == (1, True)


def test_a_retired_key_does_not_become_the_newest_again(vault, everybody):
    path = vault.folder / "keys" / "fingerprint.keys"
    good = path.read_text()
    comment, newest_line, *older = good.splitlines()
    assert older
    path.write_text("\n".join([comment, *older, newest_line]) + "\n")
    try:
        done = vault.cli("rotate-keys")
        assert (done.returncode, "was retired" in done.stderr) == (1, True), done.stderr
        assert all_are_found(vault, everybody)
    finally:
        path.write_text(good)


def test_a_broken_key_file_is_not_used_and_the_vault_goes_on(vault, everybody):
    path = vault.folder / "keys" / "encryption.keys"
    good = path.read_text()
    path.write_text(good + "half-a-line:abc\n")
    try:
        assert all_are_found(vault, everybody)
        assert "the changed keys are not used" in vault.log.read_text()
        assert "half-a-line" not in vault.log.read_text()
    finally:
        path.write_text(good)
    assert all_are_found(vault, everybody)

"""The process: who gets in, what it survives, how it stops, what it refuses to start without."""

import contextlib
import grp
import json
import os
import socket
import stat
import struct
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from tests import people

from zamiast.audit.models import Event
from zamiast.cli import main
from zamiast.config.database import address
from zamiast.errors import ZamiastError
from zamiast.registry.vault import protocol, server
from zamiast.registry.vault.client import Away, Entry, Kind, Number, Vault

from .conftest import some_pesel


def code_of(vault, raw):
    """The code with which the vault answers raw bytes, or None when it hangs up."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(vault.access("portal")["SOCKET"])
        connection.sendall(raw)
        try:
            return json.loads(protocol.receive(connection, idle=15))["code"]
        except protocol.Gone:
            return None


def frame(content):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return struct.pack(">I", len(raw)) + raw


def test_socket_and_folder_are_for_their_owner_only(vault):
    path = vault.folder / "run" / "socket"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_wrong_token_is_refused_written_down_and_hung_up_on(vault):
    for caller, token in (
        ("portal", "wrong"),
        ("desk", "x"),
        ("importer", vault.access("portal")["TOKEN"]),
    ):
        access = {**vault.access("portal"), "CALLER": caller, "TOKEN": token}
        with Vault(access) as client, pytest.raises(ZamiastError) as caught:
            client.match(Number(Kind.PESEL, some_pesel()))
        assert caught.value.code == "vault.wrong_token"
    steps = list(Event.objects.filter(what="vault.asked").values_list("step", flat=True))
    assert steps == ["as portal", "as unknown", "as importer"]


@pytest.mark.parametrize(
    ("caller", "verb"), [("portal", "match_many"), ("portal", "store"), ("operator", "match"),
                         ("importer", "status_of_keys")])  # fmt: skip
def test_each_caller_may_ask_its_own_only(vault, caller, verb):
    number = {"kind": "pesel", "value": some_pesel(), "issuer": "PL"}
    body = {
        "match": {"number": number},
        "match_many": {"numbers": [number]},
        "store": {"entries": [{"person": 1, "number": number}]},
    }.get(verb, {})
    known = vault.access(caller)
    asked = {"verb": verb, "caller": caller, "token": known["TOKEN"], **body}
    assert code_of(vault, frame(asked)) in {"vault.no_right", "vault.malformed"}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"verb":"drop"}', b'{"verb":"match"}', b"[" * 10_000,
     b'{"verb":"match","caller":"portal","token":"x","number":{"kind":"pesel","value":44051401458}}',
     b'{"verb":"match","caller":"portal","token":"x","number":{"kind":"44051401458","value":"1"}}',
     b'{"verb":"status","caller":"portal","token":"x","44051401458":1}'],
)  # fmt: skip
def test_nonsense_is_answered_with_a_fixed_sentence(vault, content):
    assert code_of(vault, frame(content)) == "vault.malformed"


def test_a_length_that_is_too_long_is_refused_before_it_is_read(vault):
    assert code_of(vault, struct.pack(">I", protocol.LARGEST + 1)) == "vault.too_long"
    assert code_of(vault, struct.pack(">I", 2**32 - 1)) == "vault.too_long"


def test_a_frame_that_does_not_come_to_its_end_is_given_up(vault, monkeypatch):
    monkeypatch.setattr(protocol, "SECONDS_FOR_A_FRAME", 0.2)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(struct.pack(">I", 100) + b"half")
        began = time.monotonic()
        with pytest.raises(protocol.Gone):
            protocol.receive(theirs, idle=5)
        assert time.monotonic() - began < 2


def test_many_ask_at_once_and_a_number_is_stored_once(vault):
    persons = [people.person() for _ in range(8)]
    number, outcomes = Number(Kind.PESEL, some_pesel()), []

    def store(person):
        with vault.asked_as("importer") as client:
            for _ in range(5):
                outcomes.extend(client.store([Entry(person.pk, number)]))

    threads = [threading.Thread(target=store, args=(person,)) for person in persons]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    counted = {name: sum(one.outcome == name for one in outcomes) for name in ("stored", "known")}
    assert counted == {"stored": 1, "known": 4}
    assert len(outcomes) == 40


def test_matching_is_limited_for_a_caller_and_for_all(vault):
    number = Number(Kind.PESEL, some_pesel())
    with vault.asked_as("portal") as client:
        client.match(number)
        for name, used in (("match:portal", 600), ("match", 1000)):
            vault.sql("owner", "UPDATE vault.budget SET used = %s WHERE name = %s", [used, name])
            for _ in range(3):
                with pytest.raises(ZamiastError) as caught:
                    client.match(number)
                assert (caught.value.code, caught.value.status) == ("vault.too_many", 429)
            vault.sql("owner", "UPDATE vault.budget SET used = 1")
    with vault.asked_as("importer") as client:
        client.match_many([number])
        vault.sql(
            "owner", "UPDATE vault.budget SET used = 1999999 WHERE name = 'match_many:importer'"
        )
        with pytest.raises(ZamiastError) as caught:
            client.match_many([number, number])
        assert caught.value.code == "vault.too_many"
        assert len(client.match_many([number])) == 1
        person = people.person()
        client.store([Entry(person.pk, number)])
        vault.sql("owner", "UPDATE vault.budget SET used = 2000000 WHERE name = 'store:importer'")
        with pytest.raises(ZamiastError) as caught:
            client.store([Entry(person.pk, number)])
        assert caught.value.code == "vault.too_many"
    vault.sql("owner", "DELETE FROM vault.budget")
    # The first refusal of each limit and window is an event, further ones only flood.
    refusals = Event.objects.filter(outcome="too_many").values_list("what", flat=True)
    assert sorted(refusals) == [
        "vault.matched",
        "vault.matched",
        "vault.matched_many",
        "vault.stored",
    ]


def test_a_restart_forgets_no_limit_and_clients_go_on(vault):
    number = Number(Kind.PESEL, some_pesel())
    with vault.asked_as("portal") as client:
        client.match(number)
        vault.sql("owner", "UPDATE vault.budget SET used = 599 WHERE name = 'match:portal'")
        assert vault.stop() == 0
        assert not (vault.folder / "run" / "socket").exists()
        with pytest.raises(Away) as caught:
            client.match(number)
        assert "zamiast serve vault" in caught.value.sentence
        vault.start()
        client.match(number)
        with pytest.raises(ZamiastError) as refused:
            client.match(number)
    assert refused.value.code == "vault.too_many"
    vault.sql("owner", "DELETE FROM vault.budget")


def test_a_killed_vault_leaves_nothing_in_the_way(vault):
    with vault.asked_as("portal") as client:
        client.match(Number(Kind.PESEL, some_pesel()))
        vault.kill()
        vault.start()
        client.match(Number(Kind.PESEL, some_pesel()))


def test_a_second_vault_on_the_same_socket_is_refused(vault):
    done = serve(vault)
    assert done.returncode == 1
    assert "A vault runs already" in done.stderr
    with vault.asked_as("portal") as client:
        client.match(Number(Kind.PESEL, some_pesel()))


def test_the_database_may_go_away_and_come_back(vault):
    person, number = people.person(), Number(Kind.PESEL, some_pesel())
    ended = vault.sql(
        "vault",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE usename = 'zamiast_vault' AND pid <> pg_backend_pid()"
        " AND datname = current_database()",
    )
    assert ended[0][0] >= 1
    with vault.asked_as("importer") as client:
        with contextlib.suppress(ZamiastError):  # one request may meet the broken connection
            client.store([Entry(person.pk, number)])
        answer = client.store([Entry(person.pk, number)])
    assert answer[0].outcome in {"stored", "known"}


def test_sigterm_waits_for_the_request_in_hand(vault):
    """A request that waits for a lock is answered although the vault was told to stop."""
    person, number, answers = people.person(), Number(Kind.PESEL, some_pesel()), []

    def store():
        with vault.asked_as("importer") as client:
            answers.extend(client.store([Entry(person.pk, number)]))

    conninfo = {**address.of_role("owner").conninfo(), "dbname": vault.database}
    with psycopg.connect(**conninfo) as connection:
        connection.execute("LOCK TABLE vault.number IN EXCLUSIVE MODE")
        thread = threading.Thread(target=store)
        thread.start()
        time.sleep(0.5)
        stopper = threading.Thread(target=vault.stop)
        stopper.start()
        time.sleep(0.5)
        assert not answers
    thread.join(10)
    stopper.join(15)
    vault.start()
    assert [one.outcome for one in answers] == ["stored"]


def test_a_group_may_be_let_in(tmp_path):
    group = grp.getgrgid(os.getgid()).gr_name
    place = server.Place(tmp_path / "run" / "socket", group)
    with server._alone(place), server._listening(place):
        assert stat.S_IMODE(place.path.stat().st_mode) == 0o660
        assert stat.S_IMODE(place.path.parent.stat().st_mode) == 0o750
        assert place.path.stat().st_gid == os.getgid()
    assert not place.path.exists()


def test_a_role_that_an_upgrade_brings_is_named_before_the_migration(vault, monkeypatch, capsys):
    monkeypatch.setattr(address, "ROLES", (*address.ROLES, "newcomer"))
    monkeypatch.setenv("ZAMIAST_DATABASE_NAME", vault.database)
    assert main(["database", "migrate"]) == 1
    told = capsys.readouterr().err
    assert "These roles are missing: newcomer." in told
    assert "CREATE ROLE zamiast_newcomer" in told
    assert main(["database", "check"]) == 1
    assert "zamiast_newcomer cannot log in" in capsys.readouterr().err


def test_the_sql_for_an_administrator_covers_the_vault(capsys):
    assert main(["database", "prepare", "--sql"]) == 0
    told = capsys.readouterr().out
    for part in ("CREATE ROLE zamiast_vault", "TO zamiast_vault;", "\\connect",
                 "CREATE SCHEMA IF NOT EXISTS vault AUTHORIZATION zamiast_owner;"):  # fmt: skip
        assert part in told


# --- starting ---------------------------------------------------------------------------


def serve(vault, **changed):
    environment = {**vault.environment, **changed}
    command = [sys.executable, "-m", "zamiast", "serve", "vault"]
    return subprocess.run(
        command, env={key: value for key, value in environment.items() if value is not None},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip


def test_without_keys_it_does_not_start_in_production(vault, tmp_path):
    done = serve(vault, ZAMIAST_VAULT_KEYS_FOLDER=str(tmp_path), ZAMIAST_DEMO=None)
    assert done.returncode == 1
    assert "The vault has no keys" in done.stderr
    assert "zamiast vault new-keys" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_made_its_own_keys_and_said_so(vault):
    assert "the demo made its own key" in vault.log.read_text()
    for kind in ("encryption", "fingerprint"):
        path = vault.folder / "keys" / f"{kind}.keys"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((vault.folder / "keys").stat().st_mode) == 0o700


def test_with_other_keys_it_does_not_start(vault, tmp_path):
    person = people.person()
    with vault.asked_as("importer") as client:
        client.store([Entry(person.pk, Number(Kind.PESEL, some_pesel()))])
    done = serve(vault, ZAMIAST_VAULT_KEYS_FOLDER=str(tmp_path))  # the demo makes new ones there
    assert done.returncode == 1
    assert "Keys in use by the vault are missing" in done.stderr
    # The same names with other keys behind them are noticed too.
    for kind in ("encryption", "fingerprint"):
        original = (vault.folder / "keys" / f"{kind}.keys").read_text().splitlines()[-1]
        wrong = (tmp_path / f"{kind}.keys").read_text().splitlines()[-1]
        name, secret = original.partition(":")[0], wrong.partition(":")[2]
        (tmp_path / f"{kind}.keys").write_text(f"{name}:{secret}\n")
    done = serve(vault, ZAMIAST_VAULT_KEYS_FOLDER=str(tmp_path))
    assert "is not the one known by this name" in done.stderr


def test_keys_may_stand_in_the_environment(vault, tmp_path):
    keys = {
        name: ",".join((vault.folder / "keys" / f"{kind}.keys").read_text().splitlines()[1:])
        for kind, name in (("encryption", "ZAMIAST_VAULT_KEYS"),
                           ("fingerprint", "ZAMIAST_VAULT_FINGERPRINT_KEYS"))
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "zamiast", "vault", "verify"], capture_output=True, text=True,
        env={**vault.environment, "ZAMIAST_VAULT_KEYS_FOLDER": str(tmp_path), **keys},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_without_its_role_it_prints_the_sql_that_is_missing(vault):
    done = serve(vault, ZAMIAST_DATABASE_PASSWORD_VAULT="wrong")
    assert done.returncode == 1
    assert "zamiast_vault cannot log in" in done.stderr
    assert "CREATE ROLE zamiast_vault" in done.stderr
    assert "GRANT CONNECT ON DATABASE" in done.stderr
    assert "wrong" not in done.stderr


def test_no_core_file_and_no_memory_for_others_of_the_same_account():
    program = (
        "import ctypes, resource; from zamiast.registry.vault.server import harden; harden();"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "0 (0, 0)", done.stderr


def test_another_process_of_the_same_account_reads_neither_memory_nor_environment():
    account = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    program = (
        "import ctypes, os, resource, sys, time; os.umask(0o077);"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0));"
        "sys.argv[1] == 'hard' and ctypes.CDLL(None).prctl(4, 0, 0, 0, 0);"
        "print('ready', flush=True); time.sleep(30)"
    )
    look = "import sys; [open(f'/proc/{sys.argv[1]}/{n}').close() for n in ('environ', 'mem')]"
    python = "/usr/bin/python3" if os.access("/usr/bin/python3", os.X_OK) else sys.executable
    for kind, expected in (("soft", 0), ("hard", 1)):
        with subprocess.Popen(
            [python, "-c", program, kind], stdout=subprocess.PIPE, cwd="/", **account
        ) as one:
            assert one.stdout.readline() == b"ready\n"
            other = subprocess.run(
                [python, "-c", look, str(one.pid)], capture_output=True, cwd="/", **account
            )
            one.kill()
        assert other.returncode == expected, (kind, other.stderr)


def test_an_error_is_logged_by_type_and_place_only():
    number = some_pesel()
    try:
        int(f"x{number}")
    except ValueError as error:
        told = server._where(error)
    assert told.startswith("ValueError at test_process.py:")
    assert number not in told


def test_no_number_and_no_token_stands_in_the_log(vault, used_numbers):
    log = vault.log.read_text()
    assert len(used_numbers) > 10
    assert not [number for number in used_numbers if number in log]
    assert not [
        one for one in ("importer", "portal", "operator") if vault.access(one)["TOKEN"] in log
    ]
    assert f"pid={os.getpid()}" in log or f'"pid": {os.getpid()}' in log

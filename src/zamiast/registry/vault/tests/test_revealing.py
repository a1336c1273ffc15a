"""Who may see a number: reason, second factor, log, limits."""

import json
import os
import pty
import subprocess
import sys

import pytest
from tests import people

from zamiast.audit.jobs import prove_view_complete
from zamiast.audit.models import Event, Look
from zamiast.errors import ZamiastError
from zamiast.registry.vault.client import Entry, Kind, Number

from .conftest import some_pesel

REASON = "wyrok sądu II K 7/26"


@pytest.fixture(scope="module")
def jan(vault):
    return vault.enroll("jan", "dpo")


@pytest.fixture
def device(vault, jan):
    jan.rewind()
    vault.sql("owner", "UPDATE vault.operator SET locked_until = NULL, failures = 0")
    return jan


@pytest.fixture
def holder(vault):
    """An account whose holder's PESEL is in the vault; account and number."""
    account, number = people.account(), some_pesel()
    with vault.asked_as("importer") as client:
        client.store([Entry(account.person_id, Number(Kind.PESEL, number))])
    return account, number


def reveal(vault, person, code, *, reason=REASON, operator="jan"):
    with vault.asked_as("operator") as client:
        return client.reveal(person, reason=reason, operator=operator, code=code)


def refused(vault, *arguments, **more):
    with pytest.raises(ZamiastError) as caught:
        reveal(vault, *arguments, **more)
    return caught.value.code


def test_a_number_is_shown_with_reason_and_code_and_the_holder_sees_it(vault, device, holder):
    account, number = holder
    (shown,) = reveal(vault, account.person_id, device.code())
    assert (shown.number.kind, shown.number.value) == (Kind.PESEL, number)
    event = Event.objects.latest("id")
    assert (event.what, event.outcome, event.purpose, event.level, event.fields) == (
        "vault.revealed", "done", REASON, 3, "pesel")  # fmt: skip
    assert event.step == f"operator jan, person {account.person_id}"
    look = Look.objects.for_account(account.pk).first()
    assert (look.what, look.actor_kind, look.actor) == (
        "vault.revealed", "operator", "data protection officer")  # fmt: skip
    assert prove_view_complete() == 0


def test_a_code_works_once(vault, device, holder):
    account, _ = holder
    code = device.code()
    reveal(vault, account.person_id, code)
    assert refused(vault, account.person_id, code) == "vault.wrong_code"


def test_wrong_codes_are_events_and_lock_the_operator(vault, device, holder):
    account, _ = holder
    for _ in range(5):
        assert refused(vault, account.person_id, "000000") == "vault.wrong_code"
    assert refused(vault, account.person_id, device.code()) == "vault.wrong_code"
    outcomes = (
        Event.objects.filter(what="vault.revealed")
        .order_by("-id")
        .values_list("outcome", flat=True)
    )
    assert list(outcomes[:6]) == ["locked"] + ["wrong_code"] * 5
    assert Look.objects.for_account(account.pk).filter(outcome="wrong_code").count() == 5


def test_nobody_else_reveals(vault, device, holder):
    account, _ = holder
    assert refused(vault, account.person_id, device.code(), operator="eve") == "vault.wrong_code"
    for caller in ("portal", "importer"):
        with vault.asked_as(caller) as client, pytest.raises(ZamiastError) as caught:
            client.reveal(account.person_id, reason=REASON, operator="jan", code=device.code())
        assert caught.value.code == "vault.no_right"


def test_a_reason_is_needed_and_passes_the_doorway(vault, device, holder):
    account, number = holder
    assert refused(vault, account.person_id, device.code(), reason="bo tak") == "vault.reason"
    reveal(vault, account.person_id, device.code(), reason=f"pacjent podał {number} w liście")
    event = Event.objects.latest("id")
    assert event.purpose == "pacjent podał [PESEL usunięty] w liście"


def test_no_event_no_number(vault, device, holder):
    account, number = holder
    vault.sql(
        "owner",
        "ALTER TABLE audit_event ADD CONSTRAINT broken CHECK (what <> 'vault.revealed') NOT VALID",
    )
    try:
        assert refused(vault, account.person_id, device.code()) == "vault.database"
    finally:
        vault.sql("owner", "ALTER TABLE audit_event DROP CONSTRAINT broken")
    assert number not in vault.log.read_text()


def test_an_operator_sees_so_many_a_day(vault, device, holder):
    account, _ = holder
    vault.sql("owner", "UPDATE vault.budget SET used = 20 WHERE name = 'reveal:jan'")
    assert refused(vault, account.person_id, device.code()) == "vault.too_many"
    assert Event.objects.latest("id").outcome == "too_many"
    vault.sql("owner", "DELETE FROM vault.budget")


def test_a_second_operator_needs_the_code_of_the_first(vault, device):
    with vault.asked_as("operator") as client:
        with pytest.raises(ZamiastError) as caught:
            client.enroll("eve", role="operator")
        assert caught.value.code == "vault.wrong_code"
    ola = vault.enroll("ola", "operator", by="jan", code=device.code())
    with vault.asked_as("operator") as client:
        assert client.status().operators == ["jan (dpo)", "ola (operator)"]
        client.revoke("ola", by="jan", code=device.code())
        assert client.status().operators == ["jan (dpo)"]
    assert refused(vault, 1_000_000, ola.code(), operator="ola") in {"vault.no_person"}
    steps = Event.objects.filter(what__startswith="vault.operator").values_list(
        "what", "outcome", "step"
    )
    assert ("vault.operator_enrolled", "begun", "operator ola (operator) by jan") in list(steps)
    assert ("vault.operator_revoked", "done", "operator ola by jan") in list(steps)


def test_the_second_factor_lies_sealed_in_the_database(vault, device):
    import base64

    dump = str(vault.sql("owner", "SELECT o::text FROM vault.operator o"))
    assert device.secret.hex() not in dump
    assert base64.b32encode(device.secret).hex() not in dump


def test_the_command_line_shows_nothing_into_a_pipe(vault, device, holder):
    account, number = holder
    asked = [
        "reveal",
        str(account.identifiers.get().number),
        "--operator",
        "jan",
        "--reason",
        REASON,
    ]
    done = vault.cli(*asked, typed=device.code() + "\n")
    assert (done.returncode, number in done.stdout + done.stderr) == (1, False)
    done = vault.cli(*asked, "--json", typed=device.code() + "\n")
    assert json.loads(done.stdout) == [
        {"kind": "pesel", "issuer": "PL", "value": number, "valid_from": None, "valid_to": None}
    ]


def test_the_command_line_shows_a_number_on_a_terminal(vault, device, holder):
    account, number = holder
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "zamiast", "vault", "reveal", str(account.person_id)]
    done = subprocess.run(
        [*command, "--operator", "jan", "--reason", REASON],
        env=vault.environment, input=device.code().encode(), stdout=theirs, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert f"pesel (PL): {number}" in os.read(ours, 4096).decode()
    os.close(ours)


def test_when_all_devices_are_lost_whoever_holds_the_keys_begins_anew(vault, device):
    done = vault.cli("reset-operators")
    assert (done.returncode, done.stdout[:1]) == (0, "1"), done.stderr
    with vault.asked_as("operator") as client:
        assert client.status().operators == []

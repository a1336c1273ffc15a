"""Importing with numbers: the same person from two sources, conflicts, no vault."""

import datetime
import json
import os
import subprocess
import sys

import pytest
from tests.database import point_django_at

from zamiast.audit.models import Event
from zamiast.cli import main
from zamiast.config import vault as config
from zamiast.errors import ZamiastError
from zamiast.records.tests import samples
from zamiast.registry.models import Account, Person, SourceRecord
from zamiast.registry.vault.client import Kind, Number

from .conftest import some_pesel

PASSPORT = "urn:oid:2.16.840.1.113883.4.330.616"


def pesel(value, **more):
    return {"system": samples.PESEL_SYSTEM, "value": value, **more}


def patient(number, *identifiers, family="Nowak", given="Anna", birth="1951-03-17", **more):
    name = [{"use": "official", "family": family, "given": [given]}]
    return samples.patient(number, name=name, birthDate=birth, identifier=list(identifiers), **more)


@pytest.fixture
def run(vault, tmp_path, monkeypatch, settings, capsys):
    """Import resources from a source as the importer; exit code, summary, what was told."""

    def start(source, *resources, more=(), **environment):
        path = samples.ndjson(tmp_path / f"{source}.ndjson", *resources)
        for name, value in {**vault.environment, **environment}.items():
            monkeypatch.setenv(name, value)
        settings.VAULT_NUMBERS = config.chosen_numbers()
        point_django_at(vault.database, "importer")
        try:
            code = main(["import", "fhir", str(path), "--source", source, "--json", *more])
        finally:
            point_django_at(vault.database)
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else {}, told.out + told.err

    return start


@pytest.fixture
def command(vault, tmp_path):
    """The same as a process of its own."""

    def start(source, *resources, more=(), **environment):
        path = samples.ndjson(tmp_path / f"{source}.ndjson", *resources)
        done = subprocess.run(
            [sys.executable, "-m", "zamiast", "import", "fhir", str(path), "--source", source,
             "--json", *more],
            env={**vault.environment, **environment}, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        summary = json.loads(done.stdout) if done.stdout else {}
        return done.returncode, summary, done.stdout + done.stderr

    return start


@pytest.fixture(autouse=True)
def _nobody(vault):
    """Each story begins with an empty registry."""
    tables = "vault.number, vault.fingerprint, registry_sourcerecord, registry_identifier"
    vault.sql("owner", f"TRUNCATE {tables}, registry_account, registry_person CASCADE")


def reasons(summary):
    return [(one["line"], one["reason"].removeprefix("Patient: ")) for one in summary["refusals"]]


def test_the_same_person_from_two_sources_becomes_one_account(vault, run, command):
    number = some_pesel()
    code, summary, told = command("clinic", patient(1, pesel(number)))
    assert (code, summary["numbers_stored"], summary["pesels_left_out"]) == (0, 1, 0), told
    married = patient("x", pesel(f"{number[:6]}-{number[6:]}"), family="Kowalska")
    code, summary, told = run("hospital", married)
    assert (code, summary["joined_by_number"], summary["accounts_opened"]) == (0, 1, 0), told
    assert (Person.objects.count(), Account.objects.count(), SourceRecord.objects.count()) == (
        1,
        1,
        2,
    )
    for source, one in (("clinic", patient(1, pesel(number))), ("hospital", married)):
        code, summary, told = run(source, one)
        assert (code, summary["numbers_stored"], summary["joined_by_number"]) == (0, 0, 0), told
    assert Person.objects.count() == 1
    assert number not in told


def test_the_number_is_nowhere_but_in_the_vault(vault, run):
    number = some_pesel()
    _, _, told = run("clinic", patient(1, pesel(number), pesel("44051401459")))
    found = told + vault.log.read_text()
    tables = vault.sql("owner", "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                                " WHERE schemaname IN ('public', 'vault')")  # fmt: skip
    for (table,) in tables:
        found += str(vault.sql("owner", f"SELECT t::text FROM {table} t"))
    for form in (number, f"{number[:6]} {number[6:]}", number.encode().hex()):
        assert form not in found
    with vault.asked_as("portal") as client:
        assert client.match(Number(Kind.PESEL, number)).person == Person.objects.get().pk


def test_twice_in_one_file_is_one_person(run):
    number = some_pesel()
    code, summary, told = run("clinic", patient(1, pesel(number)), patient(2, pesel(number)))
    assert (code, summary["joined_by_number"], summary["numbers_stored"]) == (0, 1, 1), told
    assert (Person.objects.count(), SourceRecord.objects.count()) == (1, 2)


def test_what_does_not_fit_is_listed_by_line_and_not_guessed(run):
    number, other = some_pesel(), some_pesel()
    run("clinic", patient(1, pesel(number)), patient(2, pesel(other), given="Ewa"))
    code, summary, told = run(
        "hospital",
        patient(1, pesel(number), birth="1951-03-18"),
        patient(2, pesel(number), given="Jan"),
        patient(3, pesel(number), pesel(other)),
        patient(4, pesel("44051401459")),
    )
    assert code == 1
    assert reasons(summary) == [
        (1, "a number of it belongs to somebody with another name or birth date"),
        (2, "a number of it belongs to somebody with another name or birth date"),
        (3, "its numbers belong to different persons here"),
        (4, "a number of it is not well-formed, and was not stored"),
    ]
    assert summary["conflicts"] == 4
    assert Person.objects.count() == 3  # the one with the malformed number was written
    assert not [one for one in (number, other, "44051401459") if one in told]


def test_two_who_do_not_fit_within_one_file(run):
    number = some_pesel()
    code, summary, _ = run(
        "clinic", patient(1, pesel(number)), patient(2, pesel(number), given="Ewa")
    )
    assert (code, reasons(summary)[0][0], Person.objects.count()) == (1, 2, 1)


def test_a_known_record_with_the_number_of_somebody_else(run):
    number, other = some_pesel(), some_pesel()
    run("clinic", patient(1, pesel(number)), patient(2, pesel(other), given="Ewa"))
    _, summary, _ = run("clinic", patient(2, pesel(number), given="Ewa", family="Lis"))
    assert reasons(summary) == [(1, "its numbers belong to different persons here")]
    assert not Person.objects.filter(family_name="Lis").exists()


def test_a_changed_pesel_needs_a_word_that_the_old_one_is_over(vault, run):
    old, new = some_pesel(), some_pesel()
    run("clinic", patient(1, pesel(old)))
    code, summary, _ = run("clinic", patient(1, pesel(new)))
    assert reasons(summary) == [
        (1, "the person has another PESEL here, which nothing says is replaced")
    ]
    ended = pesel(old, use="old", period={"end": "2026-05-01"})
    code, summary, told = run("clinic", patient(1, pesel(new), ended))
    assert (code, summary["numbers_stored"]) == (0, 1), told
    rows = vault.sql("owner", "SELECT valid_to FROM vault.number ORDER BY valid_to NULLS LAST")
    assert rows == [(datetime.date(2026, 5, 1),), (None,)]
    # A source that still has the old number joins the same person.
    code, summary, told = run("hospital", patient(7, pesel(old)))
    assert (code, summary["joined_by_number"], Person.objects.count()) == (0, 1, 1), told


def test_a_correction_by_the_same_source_is_no_conflict(run):
    number = some_pesel()
    run("clinic", patient(1, pesel(number)))
    code, _, told = run("clinic", patient(1, pesel(number), given="Hanna", birth="1951-03-18"))
    assert (code, Person.objects.get().given_names) == (0, "Hanna"), told


def test_other_numbers_are_taken_as_the_operator_chose(vault, run):
    numbers = [{"system": PASSPORT, "value": "ZS 0001775"},
               {"system": "urn:oid:2.16.840.1.113883.4.1", "value": "999-94-5397"}]  # fmt: skip
    _, summary, _ = run("clinic", patient(1, *numbers))
    assert summary["numbers_stored"] == 1
    chosen = f"{PASSPORT}=passport/PL,2.16.840.1.113883.4.1=foreign/US"
    _, summary, told = run("clinic", patient(1, *numbers), ZAMIAST_VAULT_NUMBERS=chosen)
    assert summary["numbers_stored"] == 1, told
    with vault.asked_as("importer") as client:
        found = client.match_many(
            [Number(Kind.PASSPORT, "ZS0001775"), Number(Kind.FOREIGN, "999945397", "US")]
        )
    assert {one.person for one in found} == {Person.objects.get().pk}
    with pytest.raises(ZamiastError, match=r"vault\.numbers"):
        run("clinic", patient(1), ZAMIAST_VAULT_NUMBERS="nonsense")


def test_without_a_vault_it_refuses_or_leaves_the_numbers_out(vault, run, tmp_path):
    number = some_pesel()
    away = {"ZAMIAST_VAULT_SOCKET": str(tmp_path / "nobody")}
    code, summary, told = run("clinic", patient(1, pesel(number)), **away)
    assert (code, summary, Person.objects.count()) == (1, {}, 0)
    assert "The vault does not answer" in told
    assert "--without-numbers" in told
    code, summary, told = run(
        "clinic", patient(1, pesel(number)), more=["--without-numbers"], **away
    )
    assert (code, summary["pesels_left_out"], Person.objects.count()) == (0, 1, 1), told
    # When the vault runs later, the same file brings the number to the same person.
    code, summary, told = run("clinic", patient(1, pesel(number)))
    assert (code, summary["numbers_stored"], Person.objects.count()) == (0, 1, 1), told


def test_people_without_numbers_need_no_vault(run, tmp_path):
    away = {"ZAMIAST_VAULT_SOCKET": str(tmp_path / "nobody")}
    code, _, told = run("clinic", patient(1), **away)
    assert (code, Person.objects.count()) == (0, 1), told


def test_the_log_has_one_event_for_each_batch(vault, run):
    before = Event.objects.latest("id").pk
    run("clinic", *(patient(n, pesel(some_pesel())) for n in range(20)))
    events = Event.objects.filter(pk__gt=before, what__startswith="vault.")
    assert list(events.order_by("id").values_list("what", "step", "account_id")) == [
        ("vault.matched_many", "nobody 20", None), ("vault.stored", "stored 20", None)]  # fmt: skip


def test_the_environment_of_other_commands_has_no_use_for_the_vault(vault):
    program = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'zamiast.config.settings.desk';"
        "import django; django.setup();"
        "from zamiast.registry.vault.client import Vault; Vault()"
    )
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ, **vault.environment},
                          capture_output=True, text=True)  # fmt: skip
    assert "vault.no_caller" in done.stderr

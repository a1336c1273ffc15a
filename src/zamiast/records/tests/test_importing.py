"""Importing for real: as the importer's role, repeated, stopped in the middle, by command."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zamiast.audit.models import Event, Look
from zamiast.cli import main
from zamiast.cli.progress import Progress
from zamiast.records.fhir.importing import Import
from zamiast.records.models import Entry, FormerEntry, Organization, Practitioner
from zamiast.records.tests import samples
from zamiast.registry.models import Account, Identifier, Person, SourceRecord

SYNTHEA = Path(__file__).parents[5] / "shared" / "fhir" / "synthea-10"


@pytest.fixture
def run(database, as_role):
    """Import a path as the importer; the summary."""

    def start(path, source="test"):
        with as_role("importer"):
            return Import(source).run(path)

    return start


@pytest.fixture
def command(database, as_role, capsys, monkeypatch):
    """Run the command as the importer; the exit code, the summary, what stood on stderr.

    Progress is told by the clock, so it is left out: a slow machine says no more than a fast one.
    """
    monkeypatch.setattr(Progress, "PATIENCE", float("inf"))

    def start(*arguments):
        with as_role("importer"):
            code = main(["import", "fhir", *map(str, arguments), "--json"])
        told = capsys.readouterr()
        return code, json.loads(told.out), told.err

    return start


def state():
    """Everything that an import leaves, without numbers and times that differ each time."""
    people = Person.objects.order_by("family_name", "given_names", "city", "sources__value")
    return (
        list(people.values_list("family_name", "given_names", "birth_date", "city", "is_dead",
                                "sources__system", "sources__value", "account__closed_because")),
        list(Practitioner.objects.order_by("value").values_list("system", "value", "family_name")),
        list(Organization.objects.order_by("value").values_list("system", "value", "name", "city")),
    )  # fmt: skip


def many(folder, count):
    """A folder with patients, every seventh of them dead, practitioners and organizations."""
    folder.mkdir(exist_ok=True)
    patients = [
        samples.patient(
            number,
            name=[{"use": "official", "family": f"Nowak {number % 50}", "given": ["Anna"]}],
            identifier=[samples.number("MR", f"MR-{number}")],
            **({"deceasedDateTime": "2020-02-02"} if number % 7 == 0 else {}),
        )
        for number in range(count)
    ]
    samples.ndjson(folder / "Patient.ndjson", *patients)
    samples.ndjson(folder / "Practitioner.ndjson", *map(samples.practitioner, range(count // 10)))
    samples.ndjson(folder / "Organization.ndjson", *map(samples.organization, range(count // 10)))
    return folder


def test_a_folder_is_imported_once_however_often_it_is_run(run, tmp_path):
    folder = many(tmp_path / "in", 1200)
    first = run(folder)
    assert first.imported["Patient"].new == 1200
    assert first.accounts_opened == 1200
    assert first.accounts_closed_by_death == 172
    assert first.refused == 0
    before, events = state(), Event.objects.count()
    again = run(folder)
    assert again.imported["Patient"].unchanged == 1200
    assert again.imported["Organization"].unchanged == 120
    assert (state(), Event.objects.count()) == (before, events + 1)
    assert Event.objects.latest("id").what == "import.finished"
    assert not Identifier.objects.exists()


def test_the_log_tells_the_holder_of_the_account_and_the_operator_of_the_batch(run, tmp_path):
    run(many(tmp_path / "in", 20), source="hospital")
    account = Account.objects.filter(closed_at=None).first()
    look = Look.objects.get(account_id=account.pk)
    assert (look.what, look.actor, look.actor_kind) == (
        "account.opened",
        "import:hospital",
        "machine",
    )
    whats = set(Event.objects.values_list("what", flat=True))
    assert {"person.batch_received", "practitioner.batch_received", "import.finished"} <= whats
    assert set(Event.objects.values_list("written_by", flat=True)) == {"zamiast_importer"}


def test_what_changed_is_changed_and_only_that(run, tmp_path):
    samples.ndjson(tmp_path / "a.ndjson", samples.patient(1), samples.patient(2),
                   samples.organization(1))  # fmt: skip
    run(tmp_path)
    samples.ndjson(
        tmp_path / "a.ndjson",
        samples.patient(1, name=[{"family": "Nowak-Lis", "given": ["Anna"]}]),
        samples.patient(2),
        samples.organization(1, active=False),
    )
    again = run(tmp_path)
    count = again.imported["Patient"]
    assert (count.new, count.changed, count.unchanged) == (0, 1, 1)
    assert again.imported["Organization"].changed == 1
    assert Person.objects.filter(family_name="Nowak-Lis").count() == 1
    assert not Organization.objects.get().is_active


def test_the_same_id_from_another_source_is_another_person(run, tmp_path):
    samples.ndjson(tmp_path / "a.ndjson", samples.patient(1))
    run(tmp_path, source="one")
    run(tmp_path, source="two")
    assert Person.objects.count() == 2


def test_the_same_medical_record_from_another_export_is_the_same_person(run, tmp_path):
    record = samples.number("MR", "MR-77")
    samples.ndjson(tmp_path / "a.ndjson", samples.patient(1, identifier=[record]))
    run(tmp_path, source="one")
    samples.ndjson(tmp_path / "a.ndjson", samples.patient("abc", identifier=[record]))
    run(tmp_path, source="two")
    assert Person.objects.count() == 1
    assert SourceRecord.objects.count() == 3


def test_a_death_that_comes_later_closes_the_account(run, tmp_path):
    from zamiast.audit.services import OPERATOR
    from zamiast.registry import bulk

    samples.ndjson(tmp_path / "a.ndjson", samples.patient(1))
    run(tmp_path)
    bulk.issue_all(by=OPERATOR)
    samples.ndjson(tmp_path / "a.ndjson", samples.patient(1, deceasedBoolean=True))
    assert run(tmp_path).accounts_closed_by_death == 1
    assert Account.objects.get().closed_because == "death"
    assert Identifier.objects.get().state == "retired"


def test_bad_lines_are_reported_and_the_rest_is_imported(command, tmp_path):
    samples.ndjson(
        tmp_path / "Patient.ndjson",
        samples.patient(1),
        '{"resourceType": "Patient", "id": "44051401458"',
        samples.patient(2, name=[{"given": ["44051401458"]}]),
        samples.patient(3, birthDate="44051401458"),
        samples.patient(4, name="44051401458"),
        samples.patient(5),
    )
    code, summary, err = command(tmp_path)
    assert code == 1
    assert summary["imported"]["Patient"]["new"] == 2
    assert [(one["file"], one["line"], one["reason"]) for one in summary["refusals"]] == [
        ("Patient.ndjson", 2, "not JSON"),
        ("Patient.ndjson", 3, "Patient: there is no family name"),
        ("Patient.ndjson", 4, "Patient: birth date: not a date"),
        ("Patient.ndjson", 5, "Patient: wrong type of value at $.name"),
    ]
    assert summary["refused"] == 4
    assert "44051401458" not in json.dumps(summary) + err


def test_two_persons_numbers_in_one_resource_are_refused_with_the_line(command, tmp_path):
    one, two = samples.number("MR", "MR-1"), samples.number("MR", "MR-2")
    path = samples.ndjson(
        tmp_path / "a.ndjson",
        samples.patient(1, identifier=[one]),
        samples.patient(2, identifier=[two]),
        samples.patient(3, identifier=[one, two]),
    )
    code, summary, _ = command(path)
    assert code == 1
    assert summary["refusals"][0]["line"] == 3
    assert Person.objects.count() == 2


def test_numbers_left_out_are_counted_and_stored_nowhere(command, database, connect, tmp_path):
    pesel = {"system": samples.PESEL_SYSTEM, "value": "44051401458"}
    passport = samples.number("PPN", "AB1234567")
    samples.ndjson(tmp_path / "a.ndjson", samples.patient(1, identifier=[pesel, passport]))
    code, summary, err = command(tmp_path, "--without-numbers")
    assert code == 0
    assert (summary["pesels_left_out"], summary["other_numbers_left_out"]) == (1, 1)
    assert Person.objects.count() == 1
    everything = json.dumps(summary) + err
    owner = connect("owner")
    tables = owner.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    for (table,) in tables:
        everything += str(owner.execute(f"SELECT t::text FROM {table} t").fetchall())
    assert "44051401458" not in everything
    assert "AB1234567" not in everything


def test_issue_gives_identifiers_to_who_came(command, tmp_path):
    _, summary, _ = command(many(tmp_path / "in", 70), "--issue")
    assert summary["identifiers_issued"] == Identifier.objects.count() == 60


def test_text_for_people(run, database, as_role, capsys, tmp_path):
    pesel = {"system": samples.PESEL_SYSTEM, "value": "44051401458"}
    samples.ndjson(
        tmp_path / "a.ndjson",
        samples.patient(1, identifier=[pesel]),
        {"resourceType": "Device", "id": "1"},
        "oops",
    )
    with as_role("importer"):
        command = ["import", "fhir", str(tmp_path), "--source", "test", "--without-numbers"]
        assert main(command) == 1
    told = capsys.readouterr()
    assert "Patient              new 1 · changed 0" in told.out
    assert "Left out: 1 PESELs and 0 other numbers" in told.out
    assert "Not imported: Device 1" in told.out
    assert told.err == "a.ndjson, line 3: not JSON\n"


@pytest.mark.parametrize("after", [0.05, 0.3, 0.6])
def test_killed_in_the_middle_and_run_again_the_end_is_the_same(database, run, tmp_path, after):
    folder = many(tmp_path / "in", 6000)
    environment = {**os.environ, "ZAMIAST_DATABASE_NAME": database}
    process = subprocess.Popen(
        [sys.executable, "-m", "zamiast", "import", "fhir", str(folder), "--source", "test"],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    while not Person.objects.exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    reached = Person.objects.count()
    assert 0 < reached < 6000
    assert reached == Account.objects.count()
    run(folder)
    people, practitioners, organizations = state()
    assert len({row[6] for row in people if row[5] == "test/Patient"}) == 6000
    assert (len(practitioners), len(organizations)) == (600, 600)
    assert Person.objects.count() == Account.objects.count() == 6000
    assert Account.objects.filter(closed_because="death").count() == 858
    assert Look.objects.filter(what="account.opened").count() == 6000


@pytest.mark.skipif(not SYNTHEA.exists(), reason="the Synthea data are not on this machine")
def test_synthea_is_imported_completely_and_twice(command):
    code, summary, err = command(SYNTHEA)
    assert (code, summary["refused"], err) == (0, 0, "")
    new = {kind: count["new"] for kind, count in summary["imported"].items() if count["read"]}
    assert new == {
        "Patient": 13, "Practitioner": 43, "Organization": 43, "Location": 44,
        "PractitionerRole": 43, "MedicationRequest": 1745, "Encounter": 1215, "Procedure": 2056,
        "Immunization": 161, "Condition": 555, "AllergyIntolerance": 11,
    }  # fmt: skip
    assert summary["accounts_closed_by_death"] == 3
    assert summary["other_numbers_left_out"] > 20
    assert summary["not_yet_imported"] == {"Device": 16}
    assert Account.objects.filter(closed_at=None).count() == 10
    assert Entry.objects.count() == 5743
    code, summary, _ = command(SYNTHEA)
    assert code == 0
    changes = {(count["new"], count["changed"]) for count in summary["imported"].values()}
    assert changes == {(0, 0)}
    assert not FormerEntry.objects.exists()

"""Entries in the database: repeated, changed, moved to another patient, stopped, bundled."""

import json
from copy import deepcopy

import pytest
from django.db import connection

from zamiast.audit.models import Event, Look
from zamiast.records.fhir.importing import Import
from zamiast.records.models import Dispute, Entry, FormerEntry, Location, Practitioner, Role
from zamiast.records.tests import samples
from zamiast.records.tests.resources import EXAMPLES
from zamiast.registry.models import Account


@pytest.fixture
def run(database, as_role):
    def start(path, source="test", **more):
        with as_role("importer"):
            return Import(source, **more).run(path)

    return start


def changed(kind, **more):
    return {**deepcopy(EXAMPLES[kind]), **more}


def counts(summary):
    every = summary.imported.values()
    return tuple(sum(getattr(one, name) for one in every) for name in ("new", "changed", "refused"))


def test_everything_comes_in_once_in_whatever_order_it_stands(run, tmp_path):
    path = samples.ndjson(tmp_path / "a.ndjson", *EXAMPLES.values(), samples.patient(1))
    assert counts(run(path)) == (13, 0, 0)
    assert Entry.objects.filter(account=Account.objects.get()).count() == 12
    assert counts(run(path)) == (0, 0, 0)
    assert not FormerEntry.objects.exists()


def test_a_bundle_with_urns_comes_in_whole(run, tmp_path):
    patient = {key: value for key, value in samples.patient(1).items() if key != "id"}
    encounter = changed("Encounter", subject={"reference": "urn:uuid:0"})
    summary = run(samples.bundle(tmp_path / "b.json", patient, encounter, kind="transaction"))
    assert counts(summary) == (2, 0, 0)
    assert Entry.objects.get().kind == "Encounter"


def test_a_change_replaces_keeps_what_was_and_is_told(run, tmp_path):
    path = tmp_path / "a.ndjson"
    samples.ndjson(path, samples.patient(1), *EXAMPLES.values())
    run(path)
    samples.ndjson(path, changed("MedicationRequest", status="cancelled"))
    assert counts(run(path)) == (0, 1, 0)
    now, before = Entry.objects.get(kind="MedicationRequest"), FormerEntry.objects.get()
    assert (now.status, before.status) == ("cancelled", "active")
    assert before.entry_id == now.pk
    assert before.until == now.since > before.since
    assert before.access_key == now.access_key != ""
    look = Look.objects.get(what="entry.changed")
    assert (look.account_id, look.actor) == (now.account_id, "import:test")


def test_an_entry_that_was_somebody_elses_moves_and_both_are_told(run, tmp_path):
    path = tmp_path / "a.ndjson"
    samples.ndjson(path, samples.patient(1), samples.patient(2), EXAMPLES["Condition"])
    run(path)
    samples.ndjson(path, changed("Condition", subject={"reference": "Patient/p2"}))
    run(path)
    moved = Entry.objects.get()
    assert FormerEntry.objects.get().account_id != moved.account_id
    assert Look.objects.filter(what="entry.changed").count() == 2


def test_what_only_the_server_wrote_anew_is_no_change(run, tmp_path):
    path = tmp_path / "a.ndjson"
    for version in ("1", "2"):
        meta = {"versionId": version, "lastUpdated": f"2026-01-0{version}T00:00:00Z"}
        samples.ndjson(path, samples.patient(1), changed("Encounter", meta=meta))
        summary = run(path)
    assert counts(summary) == (0, 0, 0)


def test_a_change_by_its_author_ends_the_dispute(run, tmp_path):
    from django.utils import timezone

    path = samples.ndjson(tmp_path / "a.ndjson", samples.patient(1), EXAMPLES["Encounter"])
    run(path)
    entry = Entry.objects.get()
    Dispute.objects.create(entry=entry, account_id=entry.account_id, kind="service",
                           case_number=100007, opened_at=timezone.now())  # fmt: skip
    assert run(path).disputes_ended == 0
    samples.ndjson(path, changed("Encounter", status="entered-in-error"))
    assert run(path).disputes_ended == 1
    assert Dispute.objects.get().ended_because == "changed"
    assert Event.objects.get(what="dispute.ended").case_number == 100007
    with connection.cursor() as cursor:  # who reported it hears of it, without --tell too
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_holder'")
        [(args,)] = cursor.fetchall()
    assert json.loads(args) == {"account": entry.account_id, "kind": "entry"}


def test_an_unknown_patient_is_refused_with_the_line(run, tmp_path):
    other = changed("Encounter", subject={"reference": "Patient/nobody"})
    path = samples.ndjson(tmp_path / "a.ndjson", samples.patient(1), EXAMPLES["Coverage"], other)
    summary = run(path)
    assert [(one.place.line, one.reason) for one in summary.refusals] == [
        (3, "Encounter: the patient is not known here")
    ]
    assert counts(summary) == (2, 0, 1)


def test_who_treats_is_known_by_public_numbers(run, tmp_path):
    npi = {"system": "http://hl7.org/fhir/sid/us-npi", "value": "9999974394"}
    ssn = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-94-5397"}
    place = {"resourceType": "Location", "id": "l1", "name": "Gabinet 3", "zz": 1}
    role = {"resourceType": "PractitionerRole", "id": "r1",
            "practitioner": {"display": "Jan Lis"},
            "specialty": [{"text": "kardiolog"}],
            "organization": {"display": "Szpital"}}  # fmt: skip
    path = samples.ndjson(
        tmp_path / "a.ndjson", samples.practitioner(1, identifier=[npi, ssn]), place, role
    )
    run(path)
    assert Practitioner.objects.get().numbers == ["http://hl7.org/fhir/sid/us-npi|9999974394"]
    assert "999-94" not in json.dumps(Practitioner.objects.get().content)
    assert Location.objects.get().content == {"name": "Gabinet 3", "zz": 1}
    assert str(Role.objects.get()) == "Jan Lis, kardiolog, Szpital"
    assert counts(run(path)) == (0, 0, 0)


def test_holders_hear_of_new_entries_only_where_the_operator_says_so(run, tmp_path, connect):
    path = samples.ndjson(tmp_path / "a.ndjson", samples.patient(1), *EXAMPLES.values())
    run(path)
    jobs = connect("owner")
    asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tell_holder'"
    assert jobs.execute(asked).fetchone() == (0,)
    samples.ndjson(path, changed("Coverage", id="co2"))
    run(path, tell=True)
    assert jobs.execute(asked).fetchone() == (1,)


def test_the_patients_number_is_in_no_table(run, tmp_path, connect):
    pesel = {"system": samples.PESEL_SYSTEM, "value": "44051401458"}
    lines = [
        changed(kind, identifier=[pesel], note=[{"text": "numer 44051401458"}],
                contained=[{"resourceType": "Patient", "identifier": [pesel]}])
        for kind in EXAMPLES
    ]  # fmt: skip
    path = samples.ndjson(tmp_path / "a.ndjson", samples.patient(1, identifier=[pesel]), *lines)
    assert counts(run(path)) == (13, 0, 0)
    owner = connect("owner")
    tables = owner.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    everything = "".join(
        str(owner.execute(f"SELECT t::text FROM {table} t").fetchall()) for (table,) in tables
    )
    assert "44051401458" not in everything

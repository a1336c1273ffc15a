"""Invented records: the same for the same seed, and taken whole by the importer."""

import datetime

import pytest

from zamiast.demo.health import folder
from zamiast.demo.health.people import records_of, supporting
from zamiast.demo.health.writing import Somebody
from zamiast.pure.professionals import Kind, judge
from zamiast.records.fhir.importing import Import
from zamiast.records.models import Entry

TODAY = datetime.date(2026, 11, 25)


def somebody(value="x", born="1951-03-17", system="demo:people"):
    return Somebody(system, value, datetime.date.fromisoformat(born))


def kinds(made):
    return {one["resourceType"] for one in made}


def test_the_same_seed_gives_the_same_records_and_another_one_others():
    first, again = (records_of(somebody(), 7, TODAY) for _ in range(2))
    assert first == again != records_of(somebody(), 8, TODAY)
    assert len({one["id"] for one in first}) == len(first)


def test_what_somebody_has_fits_the_age():
    child = [one for n in range(40) for one in records_of(somebody(n, "2022-01-05"), 1, TODAY)]
    codes = {
        one["code"]["coding"][0]["code"] for one in child if one["resourceType"] == "Condition"
    }
    assert codes <= {"H66", "J03", "J45.0"}
    assert "Immunization" in kinds(child)
    old = [one for n in range(40) for one in records_of(somebody(n), 1, TODAY)]
    assert {"MedicationRequest", "MedicationDispense", "ServiceRequest", "Encounter", "Procedure",
            "Condition", "DocumentReference", "Coverage", "ExplanationOfBenefit",
            "Immunization"} <= kinds(old)  # fmt: skip


def test_what_is_invented_is_valid_fhir():
    faults = pytest.importorskip("zamiast.records.tests.valid").faults
    made = [one for n in range(20) for one in records_of(somebody(str(n)), 3, TODAY)]
    assert {fault for one in made for fault in faults(one)} == set()


def test_an_antibiotic_is_valid_for_seven_days():
    made = [one for n in range(80) for one in records_of(somebody(n, "2000-01-05"), 1, TODAY)]
    days = {}
    for one in made:
        if one["resourceType"] == "MedicationRequest":
            period = one["dispenseRequest"]["validityPeriod"]
            atc = one["medicationCodeableConcept"]["coding"][0]["code"]
            start, end = (datetime.date.fromisoformat(period[edge]) for edge in ("start", "end"))
            days[atc] = (end - start).days
    assert days["J01CA04"] == 7
    assert days["R03AC02"] == 365


def test_the_planted_stories_are_there():
    anna = records_of(somebody("anna", system="demo:cast"), 1, TODAY)
    assert any("Izotretynoina" in str(one) for one in anna)


@pytest.fixture
def in_demo(monkeypatch):
    monkeypatch.setattr(folder, "refuse_outside_demo", lambda: None)


def test_the_importer_takes_them_whole(in_demo, database, as_role, tmp_path):
    from tests import people

    for name in ("Anna", "Jan"):
        people.account(given_names=name)
    assert not folder.is_there()
    written = folder.write(tmp_path / "out", count=10, seed=3, today=TODAY)
    assert written[0] == 2
    with as_role("importer"):
        summary = Import("demo").run(tmp_path / "out")
    assert (summary.refused, summary.pesels_left_out, summary.other_numbers_left_out) == (0, 0, 0)
    assert Entry.objects.count() == written[1]
    assert folder.is_there()


def test_facilities_have_numbers_that_are_well_formed_and_nobodys():
    for one in supporting():
        if one["resourceType"] == "Organization":
            number = one["identifier"][0]["value"]
            assert judge(Kind.NIP, number).is_good
            assert number.startswith("000")
            assert one["telecom"][0]["value"].startswith("+48 00")

"""What is taken of each resource, and what is never kept of it."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zamiast.records.fhir import content
from zamiast.records.fhir.importing import ENTRIES
from zamiast.records.fhir.reader import Found, Place, Refused
from zamiast.records.tests.resources import EXAMPLES, KEY

PESEL = "44051401458"


def take(kind, **more):
    resource = {**deepcopy(EXAMPLES[kind]), **more}
    raw = json.dumps(resource).encode()
    return ENTRIES[kind](Found(Place("x", 1), kind, resource.get("id", ""), raw), "test")


def summary(row):
    at = row.at.strftime("%Y-%m-%d %H:%M") if row.at else None
    return (row.value, at, str(row.ends_on or ""), row.status, row.code, row.display,
            row.performer, row.about)  # fmt: skip


EXPECTED = {
    "MedicationRequest": ("m1", "2026-10-02 00:00", "2027-10-02", "active", "C09AA05",
                          "Ramipryl 5 mg", "Jan Lis", ""),
    "MedicationDispense": ("md1", "2026-10-03 09:12", "", "completed", "C09AA05",
                           "Ramipryl 5 mg", "Apteka pod Lwem", "MedicationRequest/m1"),
    "ServiceRequest": ("s1", "2026-09-01 00:00", "2027-09-01", "active", "394579002",
                       "Cardiology", "Jan Lis", ""),
    "Appointment": ("a1", "2026-12-11 10:30", "", "booked", "", "Kardiolog",
                    "Poradnia Kardiologiczna", "ServiceRequest/s1"),
    "Encounter": ("e1", "2026-09-01 08:00", "2026-09-01", "finished", "", "Porada lekarska",
                  "Przychodnia Lipowa", ""),
    "Procedure": ("pr1", "2026-09-01 00:00", "", "completed", "89.52", "Elektrokardiogram",
                  "Przychodnia Lipowa", "Encounter/e1"),
    "Immunization": ("i1", "2025-09-30 00:00", "", "completed", "J07BN01",
                     "Szczepionka COVID-19 mRNA", "Punkt szczepień Lipowa", ""),
    "Condition": ("c1", "2019-05-01 00:00", "", "active", "I10",
                  "Nadciśnienie samoistne (pierwotne)", "Jan Lis", ""),
    "AllergyIntolerance": ("al1", "2014-10-09 14:58", "", "active", "", "Orzeszki ziemne",
                           "", ""),
    "DocumentReference": ("dr1", "2026-03-03 12:00", "", "current", "18842-5",
                          "Karta informacyjna", "Szpital Miejski", ""),
    "Coverage": ("co1", "2020-01-01 00:00", "", "active", "", "Umowa o pracę", "NFZ", ""),
    "ExplanationOfBenefit": ("eob1", "2026-09-01 00:00", "", "active", "", "Porada lekarska",
                             "Przychodnia Lipowa", "Encounter/e1"),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(ENTRIES))
def test_each_resource_is_taken_apart(kind):
    row = take(kind)
    assert summary(row) == EXPECTED[kind]
    assert row.patient == (("test/Patient", "p1"),)


@pytest.mark.parametrize("kind", list(ENTRIES))
def test_unknown_fields_are_kept_and_the_patient_is_not_named_again(kind):
    row = take(kind, extension=[{"url": "http://a.example/x", "valueString": "coś"}], zzz=[1, None])
    assert row.content["extension"][0]["valueString"] == "coś"
    assert row.content["zzz"] == [1, None]
    assert "Anna Nowak" not in json.dumps(row.content, ensure_ascii=False)


@pytest.mark.parametrize("kind", list(ENTRIES))
def test_no_national_number_is_kept_wherever_it_stands(kind):
    row = take(
        kind,
        note=[{"text": f"PESEL {PESEL}"}],
        text={"div": f"<div>{PESEL}</div>"},
        extension=[
            {"url": "x", "valueInteger": int(PESEL)},
            {"url": "y", "valueIdentifier": {
                "system": "urn:oid:2.16.840.1.113883.3.4424.1.1.616", "value": PESEL}},
            {"url": "z", "valueIdentifier": {"system": "http://hl7.org/fhir/sid/us-ssn",
                                             "value": "999-94-5397"}},
            {"url": "w", "valueReference": {"reference": "Patient?identifier=us-ssn|999-94-5398"}},
            {PESEL: 1},
        ],
    )  # fmt: skip
    everything = repr(row)
    assert PESEL not in everything
    assert "999-94" not in everything
    assert row.pesels >= 4
    assert row.others == 2


def test_the_keys_of_a_prescription_stand_in_their_columns_only():
    row = take("MedicationRequest")
    assert (row.access_key, row.access_code) == (KEY, "0417")
    assert KEY not in json.dumps(row.content)
    assert row.content["identifier"] == []


def test_a_document_that_is_no_plain_text_leaves_its_bytes_with_the_facility():
    attachment = {"contentType": "application/pdf", "title": "Karta", "size": 7, "data": "QUJD"}
    row = take("DocumentReference", content=[{"attachment": attachment}])
    assert row.content["content"][0]["attachment"] == {
        "contentType": "application/pdf", "title": "Karta", "size": 7}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"subject": {}}, "no patient is named"),
        ({"subject": {"identifier": {"system": "x", "value": PESEL}}},
         "the patient is named by a national number only"),
        ({"id": "a b"}, "the id is not a FHIR id (letters, digits, - and ., at most 64)"),
        ({"status": "4405"}, "status: not a code of FHIR"),
        ({"authoredOn": "2026-13-40"}, "date: not a date"),
        ({"status": 7}, "wrong type of value at $.status"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_says_why_without_its_content(more, reason):
    with pytest.raises(Refused) as refused:
        take("MedicationRequest", **more)
    assert str(refused.value) == reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from([PESEL, f"x {PESEL}", int(PESEL), "440514 01458"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["system", "value", "type", "data", "contentType", "text", PESEL]),
        inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["identifier", "note", "x"]), json_values, max_size=3))
def test_nothing_of_a_number_is_left_whatever_the_shape(resource):
    kept = content.kept(resource).json
    digits = json.dumps(kept, ensure_ascii=False).replace(" ", "")
    assert PESEL not in digits


def test_what_is_no_number_of_json_is_left_out():
    resource = {"x": [float("inf"), float("-inf"), float("nan"), 1.5], "y": float("inf")}
    assert content.kept(resource).json == {"x": [1.5]}

"""What is taken of a Patient, and what is not."""

import contextlib
import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zamiast.records.fhir import patient
from zamiast.records.fhir.reader import Found, Place, Refused
from zamiast.records.tests import samples


def take(**more):
    resource = samples.patient(**more)
    raw = json.dumps(resource).encode()
    return patient.take(Found(Place("x", 1), "Patient", resource.get("id", ""), raw), "test")


def person(**more):
    return take(**more).incoming.person


def refusal(**more):
    with pytest.raises(Refused) as refused:
        take(**more)
    return str(refused.value)


def test_a_polish_patient_is_taken_whole():
    anna = person()
    assert (anna.family_name, anna.given_names) == ("Nowak", "Anna Maria")
    assert anna.birth_date == datetime.date(1951, 3, 17)
    assert (anna.address_line, anna.postal_code, anna.city) == (
        "ul. Lipowa 12/3",
        "20-020",
        "Lublin",
    )
    assert (anna.gender, anna.country, anna.language, anna.is_dead) == ("female", "PL", "pl", False)


@pytest.mark.parametrize(
    ("names", "family"),
    [
        ([{"use": "maiden", "family": "Lis"}, {"use": "usual", "family": "Nowak"}], "Nowak"),
        ([{"use": "usual", "family": "Lis"}, {"use": "official", "family": "Nowak"}], "Nowak"),
        ([{"family": "Lis"}, {"use": "nickname", "family": "Nowak"}], "Lis"),
        ([{"use": "official", "given": ["Anna"]}, {"family": "Lis"}], "Lis"),
    ],
)
def test_the_official_name_comes_first_and_a_former_one_never(names, family):
    assert person(name=names).family_name == family


@pytest.mark.parametrize("names", [[], [{"given": ["Anna"]}], [{"use": "maiden", "family": "Lis"}],
                                   [{"family": "  "}]])  # fmt: skip
def test_without_a_family_name_there_is_nobody(names):
    assert refusal(name=names) == "there is no family name"


@pytest.mark.parametrize("value", ["1951", "1951-03"])
def test_a_partial_birth_date_stays_partial(value):
    taken = person(birthDate=value)
    assert (taken.birth_date, taken.birth_partial) == (None, value)


@pytest.mark.parametrize("value", ["1951-13-01", "17.03.1951", "1951-02-29", "", "١٩٥١", "0000"])
def test_what_is_no_date_is_refused_and_not_repeated(value):
    assert refusal(birthDate=value) == "birth date: not a date"


def test_dates_that_cannot_be_are_refused():
    assert "future" in refusal(birthDate="2951-03-17")
    assert "before 1850" in refusal(birthDate="1749")
    assert "before birth" in refusal(deceasedDateTime="1951-03-16")
    assert "future" in refusal(deceasedDateTime="2951-03-16")


@pytest.mark.parametrize(
    ("values", "dead", "day"),
    [
        ({"deceasedBoolean": True}, True, None),
        ({"deceasedBoolean": False}, False, None),
        ({"deceasedDateTime": "1989-05-09T23:35:22-04:00"}, True, datetime.date(1989, 5, 9)),
        ({"deceasedDateTime": "1989"}, True, None),
    ],
)
def test_death_with_and_without_a_day(values, dead, day):
    taken = person(**values)
    assert (taken.is_dead, taken.died_on) == (dead, day)


def speaks(*codes):
    return [
        {"language": {"coding": [{"code": code}]}, "preferred": preferred}
        for code, preferred in codes
    ]


@pytest.mark.parametrize(
    ("spoken", "language"),
    [
        ([], "pl"),
        (speaks(("en-US", False)), "en"),
        (speaks(("pl", False), ("uk", True)), "uk"),
        (speaks(("de", True), ("en", False)), "pl"),
        (speaks(("de", False), ("UK-UA", False)), "uk"),
    ],
)
def test_the_preferred_language_is_one_of_three(spoken, language):
    assert person(communication=spoken).language == language


def test_foreign_numbers_are_left_out_and_counted():
    taken = take(
        identifier=[
            samples.number("MR", "MR-77"),
            samples.number("SS", "999-94-5397"),
            samples.number("PPN", "X53631011X"),
            samples.number("DL", "S99940903"),
            {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-94-5398"},
            samples.number("MR", "999-94-5399", "http://hl7.org/fhir/sid/us-ssn"),
        ]
    )
    assert taken.incoming.keys == (("test/Patient", "p1"), ("http://hospital.example", "MR-77"))
    assert (taken.pesels, taken.other_numbers) == (0, 5)
    assert "999-94" not in repr(taken)


@pytest.mark.parametrize(
    "identifier",
    [
        {"system": samples.PESEL_SYSTEM, "value": "44051401458"},
        samples.number("MR", "44051401458"),
        samples.number("MR", "440514 01458"),
        samples.number("NNPOL", "1"),
    ],
)
def test_a_pesel_is_left_out_and_counted_wherever_it_stands(identifier):
    taken = take(identifier=[identifier])
    assert taken.pesels == 1
    assert len(taken.incoming.keys) == 1
    assert "44051401458" not in repr(taken)


def test_a_pesel_in_a_name_is_cut_out_and_counted():
    taken = take(name=[{"family": "Nowak 44051401458", "given": ["Anna"]}])
    assert taken.pesels == 1
    assert "44051401458" not in repr(taken)


def test_a_record_that_another_one_replaced_is_passed_over():
    assert take(link=[{"other": {"reference": "Patient/p2"}, "type": "replaced-by"}]) is None


@pytest.mark.parametrize("value", ["", "a b", "x" * 65, "44051401458"])
def test_an_id_that_cannot_be_kept_is_refused(value):
    assert "id" in refusal(id=value)
    assert not value or value not in refusal(id=value)


def test_control_characters_and_odd_spaces_are_smoothed():
    taken = person(name=[{"family": "No\u0000wak\u202e", "given": [None, " Anna\t", ""]}])
    assert (taken.family_name, taken.given_names) == ("No wak", "Anna")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = (
    "name birthDate gender address identifier communication deceasedDateTime deceasedBoolean link"
)


@given(st.dictionaries(st.sampled_from(FIELDS.split()), anything, max_size=4))
def test_whatever_a_field_holds_the_answer_is_a_person_or_a_reason(fields):
    with contextlib.suppress(Refused):
        take(**fields)

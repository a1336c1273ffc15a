"""Callers who are no patients: their number identifies, proves nothing, and finds the register."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zamiast.audit.models import Event
from zamiast.helpline import hours
from zamiast.helpline.models import Callback, Case
from zamiast.helpline.scripts import callers
from zamiast.helpline.scripts.models import CallerNumber
from zamiast.helpline.tests.conftest import at_desk, consultant  # noqa: F401
from zamiast.records.models import Organization

OID = "urn:oid:2.16.840.1.113883.3.4424"
NIP = "5261040828"


@pytest.fixture
def clinic(database):
    """A facility of the register, with telephone numbers of which one counts."""
    telecom = [
        {"system": "fax", "value": "22 111 11 11"},
        {"system": "phone", "value": "22 999 99 99", "use": "old"},
        {"system": "phone", "value": "+48 81 532 41 17", "use": "work"},
        {"system": "phone", "value": "81 000 00 00", "rank": 7},
    ]
    return Organization.objects.create(
        system="rpwdl/Organization", value="1", name="Przychodnia Zdrowie", city="Lublin",
        numbers=[f"{OID}.2.1|{NIP}", f"{OID}.2.3.1|000000012345"], content={"telecom": telecom},
    )  # fmt: skip


@pytest.fixture
def desk(clinic, consultant, at_desk):  # noqa: F811
    desk = at_desk(consultant)
    desk.take_call()
    return desk


def named(desk, kind, number):
    sent = {"kind": kind, "named": number}
    answer = desk.client.post(f"{desk.sheet}number/", sent, follow=True)
    return answer.content.decode()


def test_a_facility_is_found_by_nip_and_by_its_book(desk, as_role):
    for kind, number in (("nip", "526-104-08-28"), ("rpwdl", "12345")):
        shown = named(desk, kind, number)
        assert "Przychodnia Zdrowie, Lublin" in shown
        assert "ending 17" in shown
        assert "532 41 17" not in shown
        assert "It proves nothing" in shown
        assert 'id="matter-13" data-key="13" autofocus' in shown
    with as_role("owner"):
        events = Event.objects.filter(what="call.number_named").values_list("outcome", "fields")
        assert list(events) == [("known", "nip"), ("known", "rpwdl")]


def test_a_doctor_is_checked_by_the_digit_and_looked_up_nowhere(desk):
    assert "a digit was misheard" in named(desk, "doctor", "5425741")
    assert not CallerNumber.objects.exists()
    shown = named(desk, "doctor", "5425740")
    assert "The check digit fits." in shown
    assert "looks different" in named(desk, "pharmacist", "123")
    assert "Choose whose number it is." in named(desk, "king", "123")


def test_a_pesel_is_no_number_of_a_professional(desk):
    shown = named(desk, "diagnostician", "44051401458")
    assert "That is a PESEL" in shown
    assert "44051401458" not in shown
    assert not CallerNumber.objects.exists()


def test_the_desk_reads_no_register_but_through_the_function(desk):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError):
        list(Organization.objects.all())


def test_a_callback_goes_to_the_number_in_the_register(desk):
    named(desk, "nip", NIP)
    shown = desk.begin("staff_certificate", "what=stolen").content.decode()
    assert "Promise a callback to the number in the register, ending 17" in shown
    sent = {"matter": "staff_certificate", "note": "Zginęła karta.", "caller": "pl",
            "queue": "safety", "deadline": "today", "callback": "1"}  # fmt: skip
    desk.client.post(f"{desk.sheet}case/", sent)
    case = Case.objects.get()
    assert (case.queue, case.account_id) == ("safety", None)
    promised = Callback.objects.get()
    assert (promised.number_kind, promised.ending) == ("facility", "17")
    shown = desk.client.get(f"/case/{case.pk}/").content.decode()
    assert "Przychodnia Zdrowie" in shown
    assert "+48 81 532 41 17" in shown


def test_without_a_number_in_the_register_no_callback_is_promised(desk):
    named(desk, "regon", "123456785")
    shown = desk.begin("staff_certificate", "what=stolen").content.decode()
    assert 'name="callback"' not in shown
    sent = {"matter": "staff_certificate", "note": "Zginęła karta.", "callback": "1"}
    desk.client.post(f"{desk.sheet}case/", sent)
    assert Case.objects.get().state == "open"
    assert not Callback.objects.exists()


def test_once_a_case_stands_under_a_number_the_call_keeps_it(desk):
    named(desk, "nip", NIP)
    sent = {"matter": "staff_certificate", "note": "Zginęła karta.", "callback": "1"}
    desk.client.post(f"{desk.sheet}case/", sent)
    assert "stands under a number already" in named(desk, "doctor", "5425740")
    assert CallerNumber.objects.get().number == NIP


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2027, 12, 31)),
    st.integers(1, 20 * 24 * 60),
)
def test_a_facility_is_called_in_the_office_hours_of_one_working_day(now, minutes):
    now = now.replace(tzinfo=hours.WARSAW)
    begins, ends = callers.window(now, now + datetime.timedelta(minutes=minutes))
    assert now <= begins < ends
    assert begins.date() == ends.date()
    assert hours.is_working_day(begins.date())
    assert (begins.hour, ends.hour * 60 + ends.minute) >= (8, 9 * 60)
    assert ends.hour * 60 + ends.minute <= 16 * 60
    assert callers.SHORTEST <= ends - begins <= callers.WINDOW
    assert begins.minute in (0, 30)

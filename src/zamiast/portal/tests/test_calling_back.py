"""“Call me”: the form, the page that says who calls, taking it back."""

import datetime

import pytest
from django.utils import timezone
from tests import people

from zamiast.helpline.models import Callback
from zamiast.portal import callback_form
from zamiast.portal.tests.conftest import case_of

TOMORROW = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
WISH = {"about": "account_trouble", "day": TOMORROW, "hours": "10", "number": "601 234 567"}


def test_a_call_is_asked_for_and_taken_back(at_portal, holder, as_role):
    client = at_portal(holder)
    assert client.post("/calls/callback/", WISH).headers["Location"] == "/calls/"
    page = client.get("/calls/").text
    assert "number ending 67" in page
    assert "601" not in page
    assert "Nobody from the helpline is calling you" in page
    with as_role("owner"):
        row = Callback.objects.get()
    assert timezone.localtime(row.from_at).hour == 10
    client.post(f"/calls/callback/{row.pk}/")
    assert "number ending 67" not in client.get("/calls/").text


def test_about_a_case_that_is_open(at_portal, holder, account, as_role):
    case = case_of(account)
    client = at_portal(holder)
    assert f"case-{case.pk}" in client.get("/calls/callback/").text
    client.post("/calls/callback/", {**WISH, "about": f"case-{case.pk}"})
    with as_role("owner"):
        assert Callback.objects.get().case_id == case.pk


@pytest.mark.parametrize(
    "wrong",
    [{"about": "case-1"}, {"about": "case-x"}, {"about": "nothing"}, {"about": "case-" + "9" * 20},
     {"day": "2020-01-01"}, {"day": "x"}, {"hours": "3"}, {"hours": ""}, {"number": "12"},
     {"number": ""}, {"day": "2099-01-01"}],
)  # fmt: skip
def test_what_cannot_be_is_said(at_portal, holder, wrong):
    answer = at_portal(holder).post("/calls/callback/", {**WISH, **wrong})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_nobody_takes_back_a_call_of_somebody_else(at_portal, holder, as_role):
    at_portal(holder).post("/calls/callback/", WISH)
    with as_role("owner"):
        row = Callback.objects.get()
        other = people.holder("bogdan")
    client = at_portal(other)
    client.post(f"/calls/callback/{row.pk}/")
    with as_role("owner"):
        assert Callback.objects.get().state == "open"
    assert "number ending" not in client.get("/calls/").text


def test_late_in_the_evening_the_first_day_is_tomorrow(monkeypatch):
    late = timezone.localtime().replace(hour=21)
    monkeypatch.setattr(callback_form.timezone, "localtime", lambda *_: late)
    first, _name = callback_form.choices([])["days"][0]
    assert first == (late.date() + datetime.timedelta(days=1)).isoformat()

"""Callers on the line, as the supervisor's board counts them."""

import datetime

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone
from tests import people

from zamiast.helpline import reports
from zamiast.helpline.desk import report_page
from zamiast.verification import exchange
from zamiast.verification.models import Line


@pytest.fixture
def tell(database, as_role):
    token = exchange.make_token("exchange-1")

    def send(event, call, ago=5, **told):
        at = timezone.now() - datetime.timedelta(seconds=ago)
        with as_role("api"):
            return exchange.tell(token, exchange.Told(event, call, at, **told))

    return send


def line(as_role):
    with as_role("desk"):
        now = reports.now()
    return now.callers, now.longest


def test_nothing_is_said_of_callers_where_no_exchange_tells_of_them(database, as_role):
    assert line(as_role) == (None, None)
    with as_role("desk"):
        codes = [one.code for one in report_page.figures(reports.now())]
    assert codes[0] == "in_call"
    assert "callers" not in codes


def test_a_caller_waits_from_the_ring_to_the_answer_or_the_end(tell, as_role):
    people.consultant("K-417")
    tell("newCall", "a", 90, direction="in")
    tell("newCall", "b", 40)
    tell("newCall", "c", 30, direction="out")
    callers, longest = line(as_role)
    assert (callers, longest // 10) == (2, 9)
    tell("answer", "a", agent="K-417")
    callers, longest = line(as_role)
    assert (callers, longest // 10) == (1, 4)
    tell("hangup", "b")
    assert line(as_role) == (0, None)


def test_a_line_that_its_exchange_forgot_stops_waiting(tell, as_role):
    tell("newCall", "a")
    long_ago = timezone.now() - datetime.timedelta(minutes=61)
    Line.objects.update(first_heard_at=long_ago, began_at=long_ago)
    assert line(as_role) == (0, None)
    tell("newCall", "b")
    exchange.revoke("exchange-1")
    assert line(as_role) == (None, None)


def test_a_long_wait_is_an_alarm(tell, as_role):
    tell("newCall", "a", report_page.LONG_WAIT + 10)
    with as_role("desk"):
        found = {one.code: one for one in report_page.figures(reports.now())}
    assert (found["callers"].value, found["callers"].is_alarm) == (1, True)
    assert found["longest"].is_alarm


def test_the_board_learns_of_no_line_but_how_many_and_how_long(tell, as_role):
    tell("newCall", "a", number="+48600700817")
    with as_role("desk"), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT * FROM verification_line")

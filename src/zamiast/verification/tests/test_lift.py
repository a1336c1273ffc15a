"""The limit of an hour lifted by a supervisor: for one consultant, with a reason, for an hour."""

import threading

import pytest
from django.db import connection
from tests import people

from zamiast.audit.models import Event
from zamiast.errors import BadInput, Conflict, NotAllowed
from zamiast.pure import identifier
from zamiast.verification import selectors, services
from zamiast.verification.models import Alarm, Lift
from zamiast.verification.tests.conftest import session_of
from zamiast.verification.tests.test_limits import in_vain, tighten

REASON = "Cztery pomyłki rozmówców z rzędu."


@pytest.fixture
def stopped(begin):
    """A consultant whom the limit stops, in a call of a holder; and a supervisor's session."""
    tighten(per_hour=2, per_call=50)
    talk = begin()
    assert in_vain(talk, 3) == "limited"
    return talk, session_of(people.consultant("K-100", "supervisor")).digest


def lift(talk, session, reason=REASON):
    with talk.as_role("desk"):
        services.lift_limit(session, talk.user.k_number, reason)


def earlier(minutes):
    """As if the lift had been so many minutes ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE verification_lift SET at = at - make_interval(mins => %s),"
            " until = until - make_interval(mins => %s)", [minutes] * 2,
        )  # fmt: skip


def test_the_count_begins_anew_and_the_same_limit_holds_again(stopped):
    talk, session = stopped
    lift(talk, session)
    assert in_vain(talk, 2) == "not_active"
    assert in_vain(talk) == "limited"
    event = Event.objects.get(what="limit.lifted")
    assert (event.actor, event.step) == ("K-100", f"for {talk.user.k_number}")
    assert Lift.objects.get().reason == REASON
    assert Alarm.objects.filter(kind="lifted", consultant=talk.user).exists()


def test_it_ends_by_itself(stopped):
    talk, session = stopped
    lift(talk, session)
    in_vain(talk, 1)
    earlier(61)
    assert in_vain(talk) == "limited"
    with talk.as_role("desk"):
        (row,) = selectors.stopped()
    assert (row.k_number, row.until) == (talk.user.k_number, None)


def test_the_limits_of_a_call_and_of_all_stay(stopped):
    talk, session = stopped
    lift(talk, session)
    tighten(all_per_hour=2)
    assert in_vain(talk) == "limited"
    tighten(all_per_hour=300, per_call=2)
    assert in_vain(talk) == "limited"


def test_only_a_supervisor_and_never_for_oneself(stopped, begin):
    talk, session = stopped
    with pytest.raises(NotAllowed):
        lift(talk, talk.session.digest)
    with pytest.raises(NotAllowed):
        lift(talk, "0" * 40)
    with talk.as_role("desk"), pytest.raises(Conflict, match="not_for_them"):
        services.lift_limit(session, "K-100", REASON)
    with talk.as_role("desk"), pytest.raises(Conflict, match="not_for_them"):
        services.lift_limit(session, "K-99999", REASON)
    assert not Lift.objects.exists()


def test_a_reason_is_needed_and_holds_no_pesel(stopped):
    talk, session = stopped
    with pytest.raises(BadInput):
        lift(talk, session, "  ")
    lift(talk, session, "Rozmówca podał 44051401458 zamiast identyfikatora.")
    assert "44051401458" not in Lift.objects.get().reason


def test_once_at_a_time_and_three_times_a_day(stopped):
    talk, session = stopped
    lift(talk, session)
    with pytest.raises(Conflict, match="lifted_already"):
        lift(talk, session)
    for _ in range(2):
        earlier(61)
        lift(talk, session)
    earlier(61)
    with pytest.raises(Conflict, match="enough_today"):
        lift(talk, session)


def test_no_role_writes_the_table_itself(stopped, connect):
    for role in ("desk", "portal", "worker"):
        with pytest.raises(Exception, match="permission denied"):
            connect(role).execute("SELECT * FROM verification_lift")


def test_two_supervisors_at_once_lift_it_once(stopped, connect):
    talk, session = stopped
    other = session_of(people.consultant("K-101", "supervisor")).digest
    ask = "SELECT verification_lift(%s::text, %s::text, %s::text)"
    first, second, said = connect("desk"), connect("desk"), []
    with first.transaction():
        said += first.execute(ask, [session, talk.user.k_number, REASON]).fetchone()
        waiting = threading.Thread(
            target=lambda: said.extend(
                second.execute(ask, [other, talk.user.k_number, REASON]).fetchone()
            )
        )
        waiting.start()
    waiting.join(10)
    assert said == ["done", "lifted_already"]


def test_a_number_that_is_right_works_again(stopped):
    talk, session = stopped
    lift(talk, session)
    with talk.as_role("desk"):
        wrong = services.identify(talk.session.digest, talk.call, identifier.generate())
    assert wrong.outcome == "not_active"

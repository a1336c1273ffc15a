"""Identifying a caller: one statement decides, writes the event, and tells no more than allowed."""

import psycopg
import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import OPERATOR
from zamiast.login import factors
from zamiast.login.sessions import SessionStore
from zamiast.pure import identifier as code
from zamiast.registry import selectors
from zamiast.registry import services as registry
from zamiast.verification import jobs, services


@pytest.fixture
def desk(database, site, as_role):
    site("desk")
    user = people.consultant()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "zamiast.login.backends.SiteBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[factors.SHOWN] = True
    session.create()
    return user, session


def test_an_active_identifier_is_identified_and_the_holder_sees_it(desk, as_role):
    user, session = desk
    account = people.account()
    number = str(selectors.current_identifier(account.pk).number)
    with as_role("desk"):
        call = services.take_call(user)
        answer = services.identify(session.digest, call.pk, number)
    assert answer == services.Answer("identified", "pl")
    look = Look.objects.get(account_id=account.pk, what="call.identify")
    assert (look.actor, look.outcome, look.level) == ("K-417", "identified", 1)


@pytest.mark.parametrize("how", ["unknown", "suspended", "replaced", "dead"])
def test_what_is_not_active_reads_the_same_whatever_the_reason(desk, as_role, how):
    user, session = desk
    account = people.account()
    number = str(selectors.current_identifier(account.pk).number)
    if how == "unknown":
        number = code.generate()
    elif how == "suspended":
        registry.suspend_identifier(account.pk, by=OPERATOR)
    elif how == "replaced":
        registry.replace_identifier(account.pk, seen=int(number), by=OPERATOR)
    else:
        registry.note_death(account.person, died_on=None, by=OPERATOR)
    with as_role("desk"):
        call = services.take_call(user)
        answer = services.identify(session.digest, call.pk, number)
    assert answer == services.Answer("not_active", None)
    event = Event.objects.get(what="call.identify")
    assert event.asked is not None
    assert event.account_id == (None if how == "unknown" else account.pk)
    assert number not in str(event.__dict__)


def test_the_fourth_number_in_one_call_is_not_looked_up(desk, as_role):
    user, session = desk
    account = people.account()
    number = str(selectors.current_identifier(account.pk).number)
    with as_role("desk"):
        call = services.take_call(user)
        for _ in range(3):
            answer = services.identify(session.digest, call.pk, code.generate())
            assert answer.outcome == "not_active"
        assert services.identify(session.digest, call.pk, number).outcome == "limited"
    assert Event.objects.filter(outcome="limited").count() == 1


def test_a_session_that_ended_identifies_nobody(desk, as_role):
    user, session = desk
    number = str(selectors.current_identifier(people.account().pk).number)
    with as_role("desk"):
        call = services.take_call(user)
        session.delete()
        assert services.identify(session.digest, call.pk, number).outcome == "no_session"
    assert Event.objects.filter(outcome="no_session").count() == 1


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("how", ["transaction", "savepoint"])
def test_who_asks_and_rolls_back_learns_nothing(desk, connect, as_role, known, how):
    """A stolen desk process speaks SQL as the desk's role; it must not look without a trace."""
    user, session = desk
    active = str(selectors.current_identifier(people.account().pk).number)
    with as_role("desk"):
        call = services.take_call(user)
    stolen = connect("desk")
    asked = (session.digest, call.pk, int(active if known else code.generate()), b"x" * 32)
    stolen.execute("BEGIN")
    if how == "savepoint":
        stolen.execute("SAVEPOINT before")
    (question,) = stolen.execute("SELECT verification_ask(%s, %s, %s, %s)", asked).fetchone()
    answer = "SELECT * FROM verification_answer(%s, %s)"
    assert stolen.execute(answer, [session.digest, question]).fetchall() == [("no_call", None)]
    seen = stolen.execute("SELECT account_id, language FROM verification_call").fetchall()
    assert seen == [(None, None)]
    assert (
        stolen.execute("SELECT * FROM verification_tries(now() - interval '1 day')").fetchall()
        == []
    )
    if how == "savepoint":
        stolen.execute("ROLLBACK TO before")
    else:
        stolen.execute("ROLLBACK")
    assert stolen.execute(answer, [session.digest, question]).fetchall() == [("no_call", None)]


def test_an_answer_is_given_once_and_to_the_session_that_asked(desk, connect, as_role):
    user, session = desk
    number = int(str(selectors.current_identifier(people.account().pk).number))
    with as_role("desk"):
        call = services.take_call(user)
    stolen = connect("desk")
    asked = [session.digest, call.pk, number, b"x" * 32]
    (question,) = stolen.execute("SELECT verification_ask(%s, %s, %s, %s)", asked).fetchone()
    answer = "SELECT * FROM verification_answer(%s, %s)"
    assert stolen.execute(answer, ["another session", question]).fetchall() == [("no_call", None)]
    assert stolen.execute(answer, [session.digest, question]).fetchall() == [("identified", "pl")]
    assert stolen.execute(answer, [session.digest, question]).fetchall() == [("no_call", None)]


def test_rows_of_another_cluster_count_and_answer_nothing(desk, connect, as_role):
    """After a restore rows name transactions that this cluster has not reached."""
    user, session = desk
    with as_role("desk"):
        call = services.take_call(user)
        services.identify(session.digest, call.pk, code.generate())
    stolen, owner = connect("desk"), connect("owner")
    asked = [session.digest, call.pk, 1, b"x" * 32]
    (question,) = stolen.execute("SELECT verification_ask(%s, %s, %s, %s)", asked).fetchone()
    for table in ("verification_notactive", "verification_question"):
        owner.execute(f"UPDATE {table} SET asked_in = '99999999999'")
    owner.execute("UPDATE verification_question SET at = now() - interval '1 hour'")
    tries = stolen.execute("SELECT * FROM verification_tries(now() - interval '1 day')")
    assert tries.fetchall() == [(user.k_number, 1, 2, 0)]
    answer = stolen.execute("SELECT * FROM verification_answer(%s, %s)", [session.digest, question])
    assert answer.fetchall() == [("no_call", None)]


def test_nothing_is_asked_without_its_keyed_hash(desk, connect, as_role):
    user, session = desk
    with as_role("desk"):
        call = services.take_call(user)
    for wrong in (None, b"", b"x"):
        with pytest.raises(psycopg.errors.RaiseException):
            connect("desk").execute(
                "SELECT verification_ask(%s, %s, %s, %s)",
                [session.digest, call.pk, 950120144483, wrong],
            )


def test_answered_questions_are_forgotten(desk, as_role):
    user, session = desk
    with as_role("desk"):
        call = services.take_call(user)
        services.identify(session.digest, call.pk, code.generate())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE verification_question SET at = at - interval '2 hours'")
    with as_role("worker"):
        assert jobs.forget_questions() == 1


@pytest.mark.parametrize("role", ["specialist", "dpo"])
def test_who_takes_no_calls_identifies_nobody(desk, as_role, role):
    user, session = desk
    number = str(selectors.current_identifier(people.account().pk).number)
    type(user).objects.filter(pk=user.pk).update(role=role)
    with as_role("desk"):
        call = services.take_call(user)
        assert services.identify(session.digest, call.pk, number).outcome == "no_session"

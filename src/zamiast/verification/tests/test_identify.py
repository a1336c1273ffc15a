"""Identifying a caller: one statement decides, writes the event, and tells no more than allowed."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import OPERATOR
from zamiast.login import factors
from zamiast.login.sessions import SessionStore
from zamiast.pure import identifier as code
from zamiast.registry import selectors
from zamiast.registry import services as registry
from zamiast.verification import services


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

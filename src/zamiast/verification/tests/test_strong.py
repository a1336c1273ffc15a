"""Level 3: only in a confirmed call, in its matter, by the holder, once."""

import psycopg
import pytest
from django.db import connection

from zamiast.audit.models import Event
from zamiast.errors import Conflict
from zamiast.verification import disclosure, strong
from zamiast.verification.models import Act
from zamiast.verification.tests.conftest import HOLDER, session_of

MATTER = {"matter": "lost_identifier", "fields": ("name",)}


def ask(talk, act="end_access", session=None):
    with talk.as_role("desk"):
        strong.ask((session or talk.session).digest, talk.call, act)


def prompt(talk):
    with talk.as_role("portal"):
        return strong.prompt(talk.account)


def answer(talk, said, asked=None, account=None):
    asked = asked or prompt(talk).id
    with talk.as_role("portal"):
        return strong.answer(asked, account or talk.account, said, by=HOLDER)


def state(talk):
    with talk.as_role("desk"):
        return strong.state(talk.session.digest, talk.call)


def test_without_a_confirmation_nobody_is_asked(talk):
    with pytest.raises(Conflict):
        ask(talk)
    talk.ask(**MATTER)
    with pytest.raises(Conflict):
        ask(talk)
    assert not Act.objects.exists()


@pytest.mark.parametrize("act", ["add_person", "show_identifier", "change_contact", "end_accesses"])
def test_what_is_no_act_of_level_3_cannot_be_asked_for(talk, act):
    talk.confirm(**MATTER)
    with pytest.raises(Conflict):
        ask(talk, act)


def test_another_matter_does_not_open_the_act(talk):
    talk.confirm(matter="wrong_data", fields=("name",))
    with pytest.raises(Conflict):
        ask(talk)


def test_it_is_done_once_by_the_holder_and_is_an_event_at_level_3(talk, begin):
    talk.confirm(**MATTER)
    ask(talk)
    asked = prompt(talk)
    assert (asked.act, asked.k_number) == ("end_access", talk.user.k_number)
    other = begin()
    assert answer(talk, "done", asked.id, account=other.account) == "gone"
    assert state(talk) == ("end_access", "waiting")
    assert answer(talk, "done", asked.id) == "done"
    assert answer(talk, "done", asked.id) == "gone"
    assert state(talk) == ("end_access", "done")
    event = Event.objects.get(what="call.act_answered")
    assert (event.level, event.outcome, event.call) == (3, "done", talk.call)


def test_declined_looks_like_waiting_at_the_desk(talk):
    talk.confirm(**MATTER)
    ask(talk)
    assert answer(talk, "declined") == "declined"
    assert state(talk) == ("end_access", "waiting")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE verification_act SET asked_at = asked_at - interval '5 minutes',"
                       " expires_at = expires_at - interval '5 minutes'")  # fmt: skip
    assert state(talk) == ("end_access", "not_done")


@pytest.mark.parametrize("how", ["hang_up", "stop", "time", "not_me"])
def test_what_ends_the_confirmation_ends_the_question(talk, shift, how):
    talk.confirm(**MATTER)
    ask(talk)
    asked = prompt(talk).id
    if how == "hang_up":
        talk.hang_up()
    elif how == "stop":
        from zamiast.verification import confirming

        with talk.as_role("desk"):
            confirming.stop_waiting(talk.session.digest, talk.call)
    elif how == "time":
        shift("15 minutes")
    else:
        talk.not_me()
    assert prompt(talk) is None
    assert answer(talk, "done", asked) == "gone"


def test_another_session_cannot_ask(talk):
    talk.confirm(**MATTER)
    with pytest.raises(Conflict):
        ask(talk, session=session_of(talk.user))


def test_three_times_in_a_confirmation(talk):
    talk.confirm(**MATTER)
    for _ in range(3):
        ask(talk)
    with pytest.raises(Conflict):
        ask(talk)
    assert Act.objects.filter(state="waiting").count() == 1


@pytest.mark.parametrize("role", ["desk", "portal", "api", "worker"])
def test_no_role_writes_acts_behind_the_functions(database, connect, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect(role).execute("UPDATE verification_act SET state = 'done'")


def test_code_and_database_hold_the_same_acts(database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT act, matter FROM verification_strong")
        assert set(cursor.fetchall()) == set(disclosure.strong_rows())
    assert disclosure.strong_acts("wrong_data") == ()
    assert not disclosure.may("end_access", 2)

"""Callbacks from the account: asked for, called, seen by the holder; as the real roles."""

import datetime
import uuid

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.audit.services import Actor
from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.helpline import asked, callbacks
from zamiast.helpline.models import Callback, Case
from zamiast.portal.models import Link
from zamiast.verification import services as calls
from zamiast.verification.models import Call
from zamiast.verification.tests.conftest import session_of

HOUR = datetime.timedelta(hours=1)
HOLDER = Actor("holder", "login-1")


@pytest.fixture
def holder(database, site):
    site("desk")
    return people.holder()


@pytest.fixture
def account(holder):
    return Link.objects.get(user=holder).account_id


@pytest.fixture
def ask(holder, account, as_role):
    """``ask()``: the holder asks in the account; the number of the case."""

    def do(about="account_trouble", number="601 234 567", **more):
        now = timezone.now()
        times = {"from_at": now, "until_at": now + HOUR, **more}
        with as_role("portal"):
            return asked.ask(account, about=about, number=number, login=holder, by=HOLDER,
                             language="pl", **times)  # fmt: skip

    return do


@pytest.fixture
def works(database, site):
    """A consultant with a session."""
    site("desk")
    user = people.consultant()
    return user, session_of(user).digest


def numbers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT callback_id, sealed FROM helpline_number_to_call")
        return cursor.fetchall()


def test_the_holder_asks_and_only_the_caller_sees_the_number(ask, works, account, as_role):
    case = ask()
    user, session = works
    row = Callback.objects.get()
    assert (row.case_id, row.number_kind, row.ending) == (case, "account", "67")
    assert (Case.objects.get().level, Case.objects.get().is_confirmed) == (2, True)
    assert "601234567" not in str(numbers())
    with as_role("desk"):
        another = calls.take_call(user).pk
        assert callbacks.being_called(session, another) is None
        calls.hang_up(another, user)
        number, call = callbacks.call(row.pk, session, by=user)
        found = callbacks.being_called(session, call)
    assert (number, found.case_number, found.dial) == (case, case, "601234567")
    begun = Call.objects.get(pk=call)
    assert (begun.account_id, begun.begun_by, begun.last_two) == (account, "callback", "67")
    whats = list(Event.objects.filter(account_id=account).values_list("what", flat=True))
    assert whats[-2:] == ["callback.asked", "callback.taken"]
    with as_role("desk"):
        callbacks.keep(row.pk, by=user)
        assert callbacks.being_called(session, call) is None
    assert numbers() == []


def test_the_account_sees_who_calls_until_the_call_is_over(ask, works, account, as_role):
    case = ask()
    user, session = works
    row = Callback.objects.get()
    with as_role("portal"):
        assert asked.calling(account) == []
    with as_role("desk"):
        _, call = callbacks.call(row.pk, session, by=user)
    Callback.objects.update(settled_at=timezone.now() - HOUR)  # a long call
    with as_role("portal"):
        (line,) = asked.calling(account)
        assert (line.k_number, line.case_number, line.is_sure) == ("K-417", case, True)
    with as_role("desk"):
        calls.hang_up(call, user)
    with as_role("portal"):
        assert asked.calling(account) == []


def test_what_was_asked_for_on_the_telephone_is_not_sure_to_be_the_holder_s(
    works, account, as_role
):
    user, session = works
    case = Case.objects.create(matter="wrong_data", account_id=account, level=2, is_confirmed=True,
                               opened_by=user, opened_by_name="K-417",
                               call_id=uuid.uuid4())  # fmt: skip
    now = timezone.now()
    with as_role("desk"):
        promised = callbacks.promise(case.pk, from_at=now, until_at=now + HOUR, by=user,
                                     number_kind="telephone", ending="17")  # fmt: skip
        callbacks.call(promised, session, by=user)
    with as_role("portal"):
        (line,) = asked.calling(account)
    assert (line.is_sure, line.ending) == (False, "17")


def test_a_number_is_given_only_after_the_event_stands(ask, works, as_role):
    ask()
    user, session = works
    row = Callback.objects.get()
    with as_role("desk"):
        with transaction.atomic():
            _, call = callbacks.call(row.pk, session, by=user)
            assert callbacks.being_called(session, call).dial == ""
            transaction.set_rollback(True)
        assert callbacks.being_called(session, call) is None


def test_no_event_no_number_to_dial(ask, works, as_role):
    ask()
    user, session = works
    row = Callback.objects.get()
    took = "UPDATE helpline_callback SET taken_by_id = %s, settled_at = now() WHERE id = %s"
    with as_role("desk"), connection.cursor() as cursor:
        cursor.execute(took, [user.pk, row.pk])  # what a stolen process may write itself
        with pytest.raises(DatabaseError, match="with an event that its holder sees"):
            cursor.execute("SELECT helpline_call_back(%s, %s, gen_random_uuid())",
                           [session, row.pk])  # fmt: skip
        cursor.execute("SELECT count(*) FROM verification_call")
        assert cursor.fetchone() == (0,)


def test_one_call_at_a_time_and_one_caller(ask, works, as_role):
    ask()
    user, session = works
    row = Callback.objects.get()
    other = people.consultant("K-300")
    with as_role("desk"):
        calls.take_call(user)
        with pytest.raises(Conflict, match="one_call"):
            callbacks.call(row.pk, session, by=user)
    assert Callback.objects.get().taken_by_name == ""
    with as_role("desk"):
        _, call = callbacks.call(row.pk, session_of(other).digest, by=other)
        assert callbacks.being_called(session, call) is None


def test_the_holder_takes_it_back(ask, account, as_role):
    ask()
    row = Callback.objects.get()
    with as_role("portal"):
        with pytest.raises(NotFound):
            asked.take_back(row.pk, account + 1, by=HOLDER)
        asked.take_back(row.pk, account, by=HOLDER)
        with pytest.raises(NotFound):
            asked.take_back(row.pk, account, by=HOLDER)
        assert asked.of_account(account) == []
    assert (Callback.objects.get().state, numbers()) == ("given_up", [])


def test_what_cannot_be_asked(ask, account):
    case = ask()
    with pytest.raises(Conflict, match="callback_there"):
        ask(about=case)
    with pytest.raises(Conflict, match="opened_already"):
        ask()
    with pytest.raises(NotFound):
        ask(about=case + 1)
    with pytest.raises(BadInput, match="no_time"):
        ask(about="wrong_data", until_at=timezone.now() - HOUR)
    ask(about="wrong_data")
    ask(about="e_services")
    with pytest.raises(TooMany):
        ask(about="cannot_register")
    assert Callback.objects.count() == Case.objects.count() == 3


@pytest.mark.parametrize(
    "typed",
    ["", "123", "700 123 456", "800123456", "44051401458", "+44051401458", "sześćset", "112"],
)
def test_numbers_that_nobody_dials(typed):
    with pytest.raises(BadInput, match="no_number"):
        asked.number_of(typed)


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("desk", "SELECT sealed FROM helpline_number_to_call"),
        ("portal", "SELECT sealed FROM helpline_number_to_call"),
        ("portal", "UPDATE helpline_callback SET state = 'kept'"),
        ("portal", "UPDATE helpline_callback SET taken_by_name = 'K-1'"),
        ("desk", "SELECT verification_call_back('', gen_random_uuid(), 1, '17')"),
        ("desk", "UPDATE verification_call SET account_id = 1"),
    ],
)
def test_a_site_writes_as_its_own_side_only(ask, connect, role, statement):
    ask()
    with pytest.raises(psycopg.Error, match=r"permission denied|own side"):
        connect(role).execute(statement)

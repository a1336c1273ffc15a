"""Calls that begin in the account: single use, ten minutes, this matter, this session."""

import datetime

import pytest
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.errors import BadInput, Conflict
from zamiast.verification import answering, confirming, exchange, intents, services
from zamiast.verification.models import Call, Confirmation, Intent
from zamiast.verification.tests.conftest import HOLDER, session_of


@pytest.fixture
def token(database):
    return exchange.make_token("exchange-1")


@pytest.fixture
def tell(token, as_role):
    def send(event, call="a-1", **told):
        with as_role("api"):
            return exchange.tell(token, exchange.Told(event, call, timezone.now(), **told))

    return send


@pytest.fixture
def account(database):
    return people.account(family_name="Brzęczyszczykiewicz").pk


@pytest.fixture
def make(as_role, account):
    def begin(matter="wrong_data", fields=("name", "address")):
        with as_role("portal"):
            made = intents.make(account, about=account, matter=matter, fields=fields, by=HOLDER)
            waiting = intents.now(account)
        return waiting.code if made == "made" else made

    return begin


@pytest.fixture
def desk(as_role, site):
    """A consultant with a session; ``take_up()`` as the call sheet does."""
    site("desk")
    user = people.consultant("K-417")
    session = session_of(user)

    class Desk:
        call = property(lambda _: Call.objects.get(consultant=user, ended_at=None).pk)

        def take_up(self, session=session):
            call = self.call
            with as_role("desk"):
                return intents.take_up(session.digest, call)

        def open(self, *fields, session=session):
            call = self.call
            with as_role("desk"):
                return confirming.open_fields(session.digest, call, fields)

        def state(self):
            call = self.call
            with as_role("desk"):
                return confirming.state(session.digest, call)

    Desk.user = user
    return Desk()


def test_the_keyed_code_brings_the_call_to_level_2_in_its_matter(tell, make, desk, account):
    code = make()
    assert len(code) == 12
    tell("newCall", number="17", tones=f"{code}#")
    tell("answer", agent="K-417")
    assert Call.objects.get().account_id == account
    assert desk.state().state == "none", "nothing is open before the desk takes it up"
    assert desk.take_up()
    standing = desk.state()
    assert (standing.state, standing.matter, standing.fields) == (
        "confirmed", "wrong_data", ("name", "address"),
    )  # fmt: skip
    assert desk.open("name") == {"name": "Anna Brzęczyszczykiewicz"}
    with pytest.raises(Conflict):
        desk.open("birth_date")
    assert not desk.take_up(), "once"
    assert Confirmation.objects.get().means == "intent"


def test_the_receipt_says_that_it_began_in_the_account(tell, make, desk, account, as_role):
    tell("answer", agent="K-417", tones=make())
    desk.take_up()
    desk.open("name")
    tell("hangup")
    with as_role("portal"):
        (receipt,) = answering.receipts(account)
        assert intents.now(account) is None
    assert (receipt.means, receipt.state, receipt.opened) == ("intent", "over", ("name",))


@pytest.mark.parametrize("late", [False, True])
def test_keys_before_or_after_the_answer(tell, make, desk, late):
    code = make()
    if late:
        tell("answer", agent="K-417")
        tell("tones", tones=code)
    else:
        tell("tones", tones=f"*{code}#")
        tell("answer", agent="K-417")
    assert desk.take_up()


def test_a_code_serves_once(tell, make, desk):
    code = make()
    tell("newCall", call="a-1", tones=code)
    tell("answer", call="a-2", agent="K-417", tones=code)
    assert Call.objects.get().account_id is None
    assert not desk.take_up()


def test_a_code_serves_ten_minutes(tell, make, desk):
    code = make()
    earlier = timezone.now() - datetime.timedelta(minutes=11)
    Intent.objects.update(made_at=earlier, expires_at=earlier + datetime.timedelta(minutes=10))
    tell("answer", agent="K-417", tones=code)
    assert not desk.take_up()


def test_a_new_code_or_giving_up_ends_the_one_before(tell, make, desk, account, as_role):
    first, second = make(), make()
    with as_role("portal"):
        assert intents.give_up(account, by=HOLDER)
        assert not intents.give_up(account, by=HOLDER)
        assert intents.now(account) is None
    tell("answer", agent="K-417", tones=f"{first}#{second}#")
    assert not desk.take_up()


def test_guessed_codes_open_nothing_and_are_bounded(tell, make, desk):
    code = make()
    tell("answer", agent="K-417")
    for guess in range(5):
        assert tell("tones", tones=f"{guess:012}#") == "accepted"
    assert tell("tones", tones=code) == "accepted", "the exchange is not told"
    assert not desk.take_up(), "five tries on one line"


def test_the_code_is_kept_nowhere_and_says_nothing(make, account):
    code = make()
    kept = str(list(Intent.objects.values())) + str(list(Event.objects.values()))
    assert code not in kept
    assert make() != code


def test_it_is_bound_to_the_session_that_took_it_up(tell, make, desk, as_role):
    tell("answer", agent="K-417", tones=make())
    assert desk.take_up()
    other = session_of(desk.user)
    with pytest.raises(Conflict):
        desk.open("name", session=other)


def test_a_call_that_is_passed_on_needs_another_confirmation(tell, make, desk):
    tell("answer", agent="K-417", tones=make())
    assert desk.take_up()
    people.consultant("K-418")
    tell("answer", agent="K-418")
    assert Confirmation.objects.get().state == "over"
    assert Call.objects.get(ended_at=None).account_id is None


def test_no_code_while_questions_are_suspended_and_not_for_ever(make, account, begin, as_role):
    talk = begin(account=account)
    talk.ask()
    talk.not_me()
    assert make() == "suspended"
    with as_role("portal"):
        answering.resume(account, by=HOLDER)
    for _ in range(10):
        assert len(make()) == 12
    assert make() == "too_many"


def test_a_matter_opens_its_own_fields_only(make):
    with pytest.raises(BadInput):
        make("e_services", ("address",))


def test_other_consultants_cannot_take_it_up(tell, make, desk, as_role):
    tell("answer", agent="K-417", tones=make())
    thief = session_of(people.consultant("K-666"))
    assert not desk.take_up(session=thief)
    call = desk.call
    with as_role("desk"):
        services.hang_up(call, desk.user)
    assert Confirmation.objects.count() == 0

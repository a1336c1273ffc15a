"""Calls, holders, windows and sessions stay apart; the limits of asking."""

import psycopg
import pytest

from zamiast.audit.models import Event
from zamiast.errors import Conflict, NotAllowed
from zamiast.verification import confirming
from zamiast.verification.models import Alarm, Confirmation
from zamiast.verification.tests.conftest import session_of


def test_hanging_up_ends_everything(begin):
    asked, confirmed = begin(), begin()
    digits = asked.ask()
    prompt = asked.prompt().id
    confirmed.confirm()
    asked.hang_up()
    confirmed.hang_up()
    assert asked.type(digits, prompt=prompt) == "gone"
    with pytest.raises(Conflict):
        confirmed.open("name")
    assert asked.state().state == confirmed.state().state == "no_call"
    assert Confirmation.objects.get(call=asked.call).state == "ended"
    assert Confirmation.objects.get(call=confirmed.call).state == "over"


def test_a_call_that_ended_does_not_begin_again(talk, connect):
    talk.confirm()
    talk.hang_up()
    with pytest.raises(psycopg.errors.CheckViolation):
        connect("desk").execute("UPDATE verification_call SET ended_at = NULL")


def test_two_holders_do_not_confirm_for_one_another(begin):
    one, two = begin(), begin()
    digits = one.ask()
    two.ask()
    prompt = one.prompt().id
    assert two.type(digits, prompt=prompt, account=two.account) == "gone"
    assert two.type(digits) == "mistyped"
    assert one.state().state == "waiting"


def test_two_tabs_confirm_once(talk):
    digits = talk.ask()
    prompt = talk.prompt().id
    assert [talk.type(digits, prompt=prompt), talk.type(digits, prompt=prompt)] == [
        "confirmed", "gone",
    ]  # fmt: skip
    assert Event.objects.filter(outcome="confirmed").count() == 1


def test_two_consultants_on_one_identifier_ask_one_after_the_other(begin):
    first = begin()
    second = begin(account=first.account)
    digits = first.ask()
    unheard = second.ask()
    assert first.prompt().k_number == first.user.k_number
    assert second.state().state == "waiting"
    assert first.type(digits) == "confirmed"
    assert second.prompt() is None
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.account_id) == ("two_calls", first.account)
    digits = second.ask()
    assert digits != unheard or second.prompt()
    assert second.type(digits) == "confirmed"
    assert first.state().is_confirmed


def test_another_session_of_the_same_consultant_opens_nothing(talk):
    talk.confirm()
    other_session = session_of(talk.user)
    with pytest.raises(Conflict):
        talk.open("name", session=other_session)
    assert talk.state(other_session).state == "over"


def test_the_level_of_a_call_is_told_to_its_own_session_only(begin):
    """Whoever stole the desk's role asks about the calls of others, and learns nothing."""
    talk, other = begin(), begin()
    talk.confirm()
    with talk.as_role("desk"):
        assert confirming.level_in(talk.session.digest, talk.call, "wrong_data")
        for digest in (other.session.digest, session_of(talk.user).digest, "", "0" * 40):
            assert confirming.level_in(digest, talk.call, "wrong_data") is None


def test_a_session_that_ended_takes_what_was_confirmed_along(talk):
    talk.confirm()
    talk.session.delete()
    with pytest.raises(Conflict):
        talk.open("name")
    assert talk.state().state == "no_session"


def test_a_number_of_a_session_that_ended_confirms_nothing(talk):
    digits = talk.ask()
    talk.session.delete()
    assert talk.type(digits) == "gone"
    with pytest.raises(NotAllowed):
        talk.ask()


def test_prompts_do_not_rain(begin):
    one = begin()
    for _ in range(2):
        for _ in range(3):
            one.ask()
            assert one.prompt() is not None
        one.hang_up()
        one = begin(account=one.account, user=one.user)
    one.ask()
    assert one.prompt() is None
    assert one.state().state == "waiting"
    assert Alarm.objects.get().kind == "many_prompts"


def test_declines_reach_the_supervisor(begin):
    user = None
    for _ in range(3):
        one = begin(user=user)
        user = one.user
        one.ask()
        one.decline()
        one.hang_up()
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.consultant_id, alarm.times) == ("declines", user.pk, 3)


def test_numbers_in_vain_and_many_lookers_reach_the_supervisor(begin):
    from zamiast.pure import identifier
    from zamiast.verification import services

    one = begin()
    for _ in range(2):
        with one.as_role("desk"):
            for _ in range(3):
                services.identify(one.session.digest, one.call, identifier.generate())
        one.hang_up()
        one = begin(user=one.user)
    begin(account=one.account)
    begin(account=one.account)
    assert set(Alarm.objects.values_list("kind", flat=True)) == {"not_active", "three_consultants"}

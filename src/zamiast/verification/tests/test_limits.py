"""Limits and thresholds: by the settings, in the database, out of the sites' reach."""

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests import people

from zamiast.errors import Misconfigured
from zamiast.pure import identifier
from zamiast.registry import selectors
from zamiast.verification import exchange, limits, services
from zamiast.verification import selectors as calls
from zamiast.verification.models import Alarm
from zamiast.verification.tests.conftest import session_of


def tighten(**values):
    """Other limits, as the owner of the tables."""
    with connection.cursor() as cursor:
        for code, value in values.items():
            cursor.execute(f"UPDATE verification_limits SET {code} = %s", [value])


def in_vain(talk, times=1):
    """Numbers that are not active; the last outcome."""
    with talk.as_role("desk"):
        return [
            services.identify(talk.session.digest, talk.call, identifier.generate()).outcome
            for _ in range(times)
        ][-1]


def kinds():
    return set(Alarm.objects.values_list("kind", flat=True))


def test_without_settings_the_database_holds_the_defaults(database):
    assert limits.in_force() == {limit.code: limit.default for limit in limits.LIMITS}
    assert limits.apply() == []


def test_a_setting_is_written_by_migrate_and_by_no_site(database, settings, as_role):
    settings.LIMITS = {"ZAMIAST_LIMIT_ALARM_DECLINES_PER_DAY": "7"}
    assert limits.apply() == ["alarm_declines_per_day"]
    assert limits.in_force()["alarm_declines_per_day"] == 7
    settings.LIMITS = {}
    with as_role("desk"), pytest.raises(DatabaseError, match="permission denied"):
        limits.apply()


@pytest.mark.parametrize(
    "wrong",
    [{"ZAMIAST_LIMIT_PER_CALLS": "3"}, {"ZAMIAST_LIMIT_PER_CALL": "0"},
     {"ZAMIAST_LIMIT_PER_CALL": "-1"}, {"ZAMIAST_LIMIT_PER_CALL": "many"}],
)  # fmt: skip
def test_a_wrong_setting_is_said_and_not_guessed(settings, wrong):
    settings.LIMITS = wrong
    with pytest.raises(Misconfigured) as error:
        limits.wanted()
    assert next(iter(wrong)) in error.value.sentence


def test_many_together_may_not_do_what_each_of_them_may(begin):
    tighten(all_per_hour=4, alarm_all_not_active_per_hour=4)
    assert in_vain(begin(), 2) == "not_active"
    assert in_vain(begin(), 2) == "not_active"
    assert kinds() == {"all_not_active"}
    assert in_vain(begin()) == "limited"


def test_declines_to_all_together_reach_those_who_watch(begin):
    tighten(alarm_all_declines_per_day=2)
    for _ in range(2):
        one = begin()
        one.ask()
        one.decline()
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.times, alarm.consultant_id) == ("all_declines", 2, None)


def test_one_account_looked_up_by_three_without_a_call(begin):
    account = people.account().pk
    for _ in range(3):
        begin(account=account)
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.times) == ("three_consultants", 3)


def test_three_calls_that_the_holder_confirmed_are_no_alarm(begin):
    account = people.account().pk
    for _ in range(3):
        one = begin(account=account)
        one.confirm()
        one.hang_up()
    assert not Alarm.objects.exists()
    one.not_me()
    begin(account=account)
    assert kinds() == {"not_me"}, "two that only looked: the call that was disowned, and this one"
    begin(account=account)
    assert Alarm.objects.get(kind="three_consultants").times == 3


def test_calls_of_the_exchange_are_no_look_ups_without_a_call(begin, as_role):
    account, token = people.account().pk, exchange.make_token("exchange-1")
    number = str(selectors.current_identifier(account).number)
    for place in range(3):
        user = people.colleague()
        session = session_of(user)
        with as_role("api"):
            told = exchange.Told("answer", f"a-{place}", timezone.now(), agent=user.k_number)
            assert exchange.tell(token, told) == "accepted"
        with as_role("desk"):
            call = calls.call_now(session.digest)
            assert services.identify(session.digest, call, number).outcome == "identified"
    assert not Alarm.objects.exists()

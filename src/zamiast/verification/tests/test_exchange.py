"""Telephone exchanges: events in any order, twice, forged; what they begin and end."""

import datetime
import itertools

import psycopg
import pytest
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.verification import confirming, exchange, jobs, services
from zamiast.verification.models import Call, Exchange, Line

names = itertools.count(1)


@pytest.fixture
def token(database):
    return exchange.make_token(f"exchange-{next(names)}")


@pytest.fixture
def tell(token, as_role):
    """``tell("answer", 3, agent="K-417")``: an event whose time is the third second."""
    base = timezone.now() - datetime.timedelta(seconds=60)

    def send(event, second, call="a-1", token=token, **told):
        at = base + datetime.timedelta(seconds=second)
        with as_role("api"):
            return exchange.tell(token, exchange.Told(event, call, at, **told))

    return send


@pytest.fixture
def agent(database):
    return people.consultant("K-417")


def calls():
    return list(Call.objects.order_by("began_at"))


def test_events_begin_and_end_the_call_of_the_agent(tell, agent):
    assert (
        tell("newCall", 1, direction="in", number="+48 600 700 817", queue="line 1") == "accepted"
    )
    assert calls() == []
    assert tell("answer", 2, agent="K-417") == "accepted"
    (call,) = calls()
    assert (call.consultant, call.last_two, call.begun_by) == (agent, "17", "exchange")
    assert call.ended_at is None
    assert tell("hangup", 3) == "accepted"
    (call,) = calls()
    assert call.ended_at is not None
    said = list(Event.objects.filter(call=call.pk).order_by("id").values_list("actor", "what"))
    assert said == [("telephone", "call.taken"), ("telephone", "call.ended")]


ONCE = [
    ("newCall", 1, {"direction": "in", "number": "600700817"}),
    ("answer", 2, {"agent": "K-417"}),
    ("hangup", 3, {}),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize("times", [1, 3])
def test_any_order_and_any_number_of_times_comes_to_the_same(tell, agent, order, times):
    for place in order:
        event, second, told = ONCE[place]
        for _ in range(times):
            tell(event, second, **told)
    line = Line.objects.get()
    assert line.ended_at is not None
    assert line.last_two == "17" or order.index(2) < order.index(0)
    begun = calls()
    assert len(begun) == (1 if order.index(1) < order.index(2) else 0)
    assert all(call.ended_at for call in begun), "no call stays open after its end"


def test_an_older_answer_that_comes_late_does_not_pull_the_call_back(tell, agent):
    other = people.consultant("K-418")
    tell("answer", 1, agent="K-417")
    assert tell("answer", 5, agent="K-418") == "accepted"
    assert tell("answer", 1, agent="K-417") == "repeated"
    first, second = calls()
    assert (first.consultant, second.consultant) == (agent, other)
    assert first.ended_at is not None
    assert second.ended_at is None


def test_the_button_and_the_event_are_one_call(tell, agent, as_role, site):
    site("desk")
    with as_role("desk"):
        begun = services.take_call(agent).pk
    assert tell("answer", 2, agent="K-417", number="17") == "accepted"
    (call,) = calls()
    assert (call.pk, call.last_two) == (begun, "17")
    tell("answer", 3, call="a-2", agent="K-417")
    first, second = calls()
    assert first.ended_at is not None, "one telephone, one call"
    assert second.ended_at is None


def test_a_hang_up_ends_everything_that_was_open(tell, talk):
    """The line was answered by the consultant of the talk, who began it by the button."""
    tell("answer", 2, agent=talk.user.k_number)
    digits = talk.ask()
    prompt = talk.prompt().id
    tell("hangup", 3)
    assert talk.state().state == "no_call"
    assert talk.type(digits, prompt=prompt) == "gone"
    with pytest.raises(Conflict):
        talk.ask()


def test_forged_events_do_nothing_and_are_counted(tell, agent, token):
    for forged in ("", "zt_" + "x" * 43, token[:-1], token.upper(), "zt_" + "\u0000" * 43):
        assert tell("answer", 2, agent="K-417", token=forged) == "no_token"
    assert calls() == []
    assert Line.objects.count() == 0
    refused = Event.objects.filter(what="telephone.event", outcome="no_token")
    assert refused.count() in (1, 2), "once a minute, not once an event"


def test_a_revoked_token_is_heard_no_more(tell, agent, token):
    name = Exchange.objects.get().name
    exchange.revoke(name)
    assert tell("answer", 2, agent="K-417") == "no_token"
    with pytest.raises(NotFound):
        exchange.revoke(name)
    with pytest.raises(Conflict):
        exchange.make_token(name)
    with pytest.raises(BadInput):
        exchange.make_token("Ala Nowak")
    assert token not in str(list(Exchange.objects.values()))


def test_what_was_recorded_cannot_be_played_again(tell, agent):
    assert tell("answer", -3600, agent="K-417") == "stale"
    assert tell("answer", 3600, agent="K-417") == "stale"
    assert calls() == []


def test_an_agent_who_is_not_at_work_here_begins_nothing(tell, agent):
    for nobody in ("K-999", "K-", "k-417"):
        assert tell("answer", 2, agent=nobody) == "unknown_agent"
    people.consultant("K-500", role="specialist")
    assert tell("answer", 3, agent="K-500") == "unknown_agent"
    assert calls() == []


def test_the_number_of_the_caller_identifies_nobody_and_is_not_kept(tell, agent):
    tell("newCall", 1, call="48600700817@exchange", number="48600700817", queue="44051401359")
    tell("answer", 2, call="48600700817@exchange", agent="K-417", tones="48600700817#")
    (call,) = calls()
    assert (call.account_id, call.language) == (None, None)
    kept = str(list(Line.objects.values())) + str(list(Call.objects.values()))
    kept += str(list(Event.objects.values()))
    assert "600700" not in kept
    assert "44051401359" not in kept


def test_the_role_of_the_api_has_one_function(tell, connect, agent):
    api = connect("api")
    for statement in (
        "SELECT 1 FROM verification_call", "SELECT 1 FROM verification_exchange",
        "SELECT 1 FROM login_user", "SELECT 1 FROM registry_identifier",
        "SELECT verification_call_now('x')",
        "SELECT verification_keyed(gen_random_uuid(), '{}', '{}')",
        "SELECT audit_write('machine', 'x', NULL, NULL, 'x', 'x', NULL, NULL, NULL, NULL, NULL,"
        " NULL, 0::int2, NULL)",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            api.execute(statement)


def test_lines_are_forgotten_after_a_day(tell, agent, as_role):
    tell("answer", 2, agent="K-417")
    tell("answer", 2, call="a-2", agent="K-417")
    Line.objects.update(first_heard_at=timezone.now() - datetime.timedelta(days=2))
    with as_role("worker"):
        jobs.tidy_confirmations()
    (left,) = Line.objects.all()
    assert left.call.ended_at is None, "a call under way keeps its line"


def test_a_call_begun_by_an_event_is_confirmed_like_any_other(tell, talk):
    tell("answer", 2, agent=talk.user.k_number)
    talk.confirm()
    assert talk.state().is_confirmed
    with talk.as_role("desk"):
        level = confirming.level_in(talk.session.digest, talk.call, "wrong_data")
        assert level == (2, talk.account)

"""A process or its connection is killed in the middle: nothing is confirmed that was not.

Each step runs in a connection of its own role and dies before its commit. Then it is as if it
had never begun; and whatever was open ends by itself, without a job and without anybody.
A restart of the database itself: ``tests/test_restart_in_a_call.py``; the processes of both
sites killed in their requests: ``tests/test_killed_in_a_call.py``.
"""

import secrets

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from tests.database import server

from zamiast.errors import Conflict
from zamiast.verification import answering, confirming, exchange, intents, jobs, papers, strong
from zamiast.verification.models import Call, Confirmation, Intent, Line, Pair, Sheet
from zamiast.verification.tests.conftest import HOLDER


@pytest.fixture
def dies(connect):
    """``dies("desk", statement, values)``: it is executed, and killed before its commit."""

    def die(role, statement, values):
        doomed = connect(role)
        doomed.execute("BEGIN")
        doomed.execute(statement, values)
        with psycopg.connect(**server().administrator().conninfo(), autocommit=True) as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", [doomed.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            doomed.execute("COMMIT")

    return die


def everything():
    return [
        sorted(map(str, model.objects.values()))
        for model in (Confirmation, Call, Intent, Line, Pair, Sheet)
    ]


def test_killed_while_asking_nobody_is_asked(talk, dies):
    before = everything()
    for name in ("verification_confirm_ask", "verification_paper_ask"):
        dies("desk", f"SELECT {name}(%s, %s, gen_random_uuid(), 'wrong_data', '{{name}}', %s)",
             [talk.session.digest, talk.call, secrets.token_bytes(32)])  # fmt: skip
    assert everything() == before
    assert talk.prompt() is None
    talk.confirm()


def test_killed_while_the_holder_types_nothing_is_confirmed_and_the_try_is_left(talk, dies):
    digits, prompt = talk.ask(), talk.prompt().id
    before = everything()
    dies("portal", "SELECT verification_type(%s, %s, %s, 'login-1', %s)",
         [prompt, talk.account, talk.account, confirming.digest_of(prompt, digits)])  # fmt: skip
    assert everything() == before
    assert talk.state().state == "waiting"
    with pytest.raises(Conflict):
        talk.open("name")
    assert talk.type(digits) == "confirmed"


def test_killed_while_declining_the_question_still_stands(talk, dies):
    talk.ask()
    prompt = talk.prompt().id
    dies("portal", "SELECT verification_decline(%s, %s, 'login-1')", [prompt, talk.account])
    assert talk.prompt().id == prompt
    assert talk.decline() == "declined"


def test_killed_while_fields_are_opened_no_value_leaves(talk, dies):
    talk.confirm()
    dies("desk", "SELECT verification_open(%s, %s, '{name}')", [talk.session.digest, talk.call])
    assert talk.open("name")["name"].startswith("Anna")


def test_killed_while_that_was_not_me_all_of_it_or_nothing(talk, dies):
    talk.confirm()
    before = everything()
    dies("portal", "SELECT verification_not_me(%s, %s, 'login-1', NULL)", [talk.call, talk.account])
    assert everything() == before
    with talk.as_role("portal"):
        assert answering.suspended_since(talk.account) is None
    assert talk.not_me() == "done"


def test_killed_while_an_event_is_taken_in_it_is_sent_again(talk, dies):
    token = exchange.make_token("exchange-1")
    talk.confirm()
    before = everything()
    for event, agent in (("answer", talk.user.k_number), ("hangup", None)):
        told = [exchange._digest(token), secrets.token_bytes(32), event, agent]
        dies("api", "SELECT verification_exchange_event(%s, %s, %s, now(), NULL, NULL, NULL, %s,"
             " '{}', '{}')", told)  # fmt: skip
    assert everything() == before
    assert talk.state().is_confirmed


def test_killed_while_a_call_from_the_account_is_taken_up(talk, dies):
    token = exchange.make_token("exchange-1")
    with talk.as_role("portal"):
        intents.make(talk.account, about=talk.account, matter="wrong_data", fields=("name",),
                     by=HOLDER)  # fmt: skip
        code = intents.now(talk.account).code
    for event, told in (("answer", {"agent": talk.user.k_number}), ("tones", {"tones": code})):
        with talk.as_role("api"):
            exchange.tell(token, exchange.Told(event, "a-1", timezone.now(), **told))
    before = everything()
    take = "SELECT verification_take_intent(%s, %s)"
    dies("desk", take, [talk.session.digest, talk.call])
    assert everything() == before
    with pytest.raises(Conflict):
        talk.open("name")
    with talk.as_role("desk"):
        assert intents.take_up(talk.session.digest, talk.call)
    assert talk.state().is_confirmed


def test_killed_while_a_sheet_is_made_the_old_one_counts(talk, dies):
    with talk.as_role("portal"):
        papers.print_sheet(talk.account, language="pl", by=HOLDER)
    before = everything()
    dies("portal", "SELECT verification_sheet_make(%s, 'login-1', gen_random_uuid(), %s)",
         [talk.account, [secrets.token_bytes(32)]])  # fmt: skip
    assert everything() == before


@pytest.mark.parametrize("state", ["waiting", "in_vain", "confirmed"])
def test_without_job_and_without_anybody_nothing_stays_open(begin, shift, state):
    """The worker is dead, both sites are dead: a day later nothing is asked and nothing open."""
    talk = begin()
    if state == "in_vain":
        begin(account=talk.account).ask()
    digits = talk.ask()
    prompt = Confirmation.objects.get(call=talk.call).pk
    if state == "confirmed":
        talk.type(digits)
    assert Confirmation.objects.get(pk=prompt).state == state
    shift("1 day")
    assert talk.prompt() is None
    assert talk.type(digits, prompt=prompt) == "gone"
    with pytest.raises(Conflict):
        talk.open("name")
    assert talk.state().state in {"not_confirmed", "over"}
    with talk.as_role("desk"):
        assert confirming.level_in(talk.session.digest, talk.call, "wrong_data") is None
    with talk.as_role("worker"):
        jobs.tidy_confirmations()
        assert jobs.tidy_confirmations() == 0
    assert Confirmation.objects.get(pk=prompt).state == (
        "over" if state == "confirmed" else "expired"
    )


STATES = ("waiting", "in_vain", "on_paper", "confirmed", "act_asked", "intent", "intent_keyed")


def jumped(interval):
    """Everything that is open happened so long ago, or will: the clock was put forward or back."""
    columns = {
        "confirmation": ("asked_at", "expires_at", "answered_at", "until"),
        "act": ("asked_at", "expires_at"),
        "intent": ("made_at", "expires_at", "keyed_at"),
    }
    with connection.cursor() as cursor:
        for table, moments in columns.items():
            changes = ", ".join(f"{name} = {name} - %s::interval" for name in moments)
            cursor.execute(f"UPDATE verification_{table} SET {changes}", [interval] * len(moments))


@pytest.mark.parametrize("jump", ["1 year", "-1 year"])
@pytest.mark.parametrize("state", STATES)
def test_a_clock_that_jumps_at_each_state_confirms_nothing_and_leaves_nothing_open(
    begin, state, jump
):
    talk = begin()
    token = exchange.make_token("exchange-1")

    def keyed(tones):
        for event, told in (("answer", {"agent": talk.user.k_number}), ("tones", {"tones": tones})):
            with talk.as_role("api"):
                exchange.tell(token, exchange.Told(event, "a-1", timezone.now(), **told))

    tries = reach(talk, state, begin, keyed)
    jumped(jump)
    for attempt in tries:
        attempt()
    assert talk.prompt() is None
    with talk.as_role("portal"):
        assert strong.prompt(talk.account) is None
        if state != "intent_keyed":
            assert intents.now(talk.account) is None
    with pytest.raises(Conflict):
        talk.open("name")
    assert not talk.state().is_confirmed
    with talk.as_role("desk"):
        assert confirming.level_in(talk.session.digest, talk.call, "lost_identifier") is None
    with talk.as_role("worker"):
        jobs.tidy_confirmations()
    assert not Confirmation.objects.filter(state__in=("waiting", "in_vain", "confirmed")).exists()
    talk.hang_up()
    with talk.as_role("portal"):
        assert intents.now(talk.account) is None


def reach(talk, state, begin, keyed):
    """Bring the call there; what somebody tries after the clock has jumped."""
    asked = {"matter": "lost_identifier", "fields": ("name",)}
    if state == "on_paper":
        with talk.as_role("portal"):
            pairs = papers.print_sheet(talk.account, language="pl", by=HOLDER)
        with talk.as_role("desk"):
            papers.ask(talk.session.digest, talk.call, **asked)
        return [lambda: keyed(f"{pairs[0].digits}#")]
    if state.startswith("intent"):
        with talk.as_role("portal"):
            intents.make(talk.account, about=talk.account, **asked, by=HOLDER)
            code = intents.now(talk.account).code
        if state == "intent":
            return [lambda: keyed(f"{code}#"), lambda: take_up(talk)]
        keyed(f"{code}#")
        return [lambda: take_up(talk)]
    if state == "in_vain":
        begin(account=talk.account).ask()
    digits = talk.ask(**asked)
    prompt = Confirmation.objects.get(call=talk.call).pk
    if state in ("waiting", "in_vain"):
        return [lambda: talk.type(digits, prompt=prompt)]
    assert talk.type(digits, prompt=prompt) == "confirmed"
    if state == "confirmed":
        return []
    with talk.as_role("desk"):
        strong.ask(talk.session.digest, talk.call, "end_access")
    with talk.as_role("portal"):
        act = strong.prompt(talk.account).id

    def agree():
        with talk.as_role("portal"):
            assert strong.answer(act, talk.account, "done", by=HOLDER) == "gone"

    return [agree]


def take_up(talk):
    with talk.as_role("desk"):
        intents.take_up(talk.session.digest, talk.call)

"""Attacks on passkeys by an authenticator that lies: what it signs counts once, here and now."""

from __future__ import annotations

import json
import re

import pytest
from tests import people

from zamiast.login import passkeys
from zamiast.registry.tests.parallel import at_once

from .authenticator import PRESENT, VERIFIED, Passkey
from .conftest import is_in, log_in
from .test_stepup import DECIDE, age

AGAIN, ADD, LOGIN = "/login/again/passkey/", "/second-factor/passkey/", "/login/passkey/"
LIES = (
    {"origin": "https://evil.example"}, {"origin": "http://localhost:9999"},
    {"origin": "https://localhost"}, {"origin": "https://evil.localhost"}, {"origin": "null"},
    {"framed": True}, {"host": "evil.example"}, {"flags": PRESENT}, {"flags": VERIFIED},
    {"kind": "payment.get"}, {"challenge": "A" * 43},
)  # fmt: skip


def options(page) -> dict:
    """What the server asks a passkey for, in a page or in an answer to a script."""
    if page.headers["Content-Type"].startswith("application/json"):
        return page.json()["request_options"]
    found = re.search(r'id="passkey_data"[^>]*>(.*?)</script>', page.content.decode(), re.S)
    data = json.loads(found[1])
    return data.get("creation_options") or data["request_options"]


def to_log_in(client) -> dict:
    return options(client.get(LOGIN, headers={"accept": "application/json"}))


def to_step_up(client) -> dict:
    age(client)
    return options(client.post(DECIDE))


def steps_up(client, signed: str) -> bool:
    """Whether a rare act goes on with this: the view ran and found no such case."""
    return client.post(DECIDE, {"step-credential": signed}).status_code == 404


def logs_in(client, signed: str) -> bool:
    client.post(LOGIN, {"credential": signed})
    return is_in(client)


def adds(client, made: str) -> bool:
    before = client.user.authenticator_set.count()
    client.post(ADD, {"credential": made})
    return client.user.authenticator_set.count() > before


@pytest.fixture
def browser(at, as_role, database):
    """``browser()``: a specialist who is logged in and has a passkey; ``browser(None)``: nobody."""
    Site = at("desk")

    def go(k_number: str | None = "K-600"):
        client = Site(SERVER_NAME="localhost")
        if k_number:
            with as_role("owner"):
                client.user = people.consultant(k_number, "specialist")
            log_in(client, client.user)
            client.passkey = Passkey()
            assert adds(client, client.passkey.make(options(client.get(ADD))))
        return client

    return go


def test_a_passkey_steps_up_and_logs_in(browser):
    client = browser()
    assert steps_up(client, client.passkey.sign(to_step_up(client)))
    client.post("/logout/")
    assert logs_in(client, client.passkey.sign(to_log_in(client)))


def test_an_answer_that_lies_about_site_user_or_challenge_is_refused(browser):
    client, nobody, stranger = browser(), browser(None), Passkey()
    stranger.id, stranger.user = client.passkey.id, client.passkey.user
    for lie in LIES:
        assert not logs_in(nobody, client.passkey.sign(to_log_in(nobody), **lie)), lie
        assert not adds(client, Passkey().make(options(client.get(ADD)), **lie)), lie
    assert not logs_in(nobody, stranger.sign(to_log_in(nobody)))
    for lie in (LIES[1], {"flags": PRESENT}, {"framed": True}):  # wrong ones are counted
        assert not steps_up(client, client.passkey.sign(to_step_up(client), **lie)), lie
    assert steps_up(client, client.passkey.sign(to_step_up(client)))
    assert logs_in(nobody, client.passkey.sign(to_log_in(nobody)))


def test_an_answer_of_another_person_or_browser_counts_for_nothing(browser):
    anna, ewa = browser("K-601"), browser("K-602")
    at_anna, at_ewa = to_step_up(anna), to_step_up(ewa)
    assert not steps_up(anna, anna.passkey.sign(at_ewa))
    assert not steps_up(ewa, anna.passkey.sign(at_ewa, user=ewa.passkey.user))
    assert not steps_up(anna, ewa.passkey.sign(at_anna))
    nobody, other = browser(None), browser(None)
    assert not logs_in(nobody, anna.passkey.sign(to_log_in(nobody), user=ewa.passkey.user))
    to_log_in(other)
    assert not logs_in(other, anna.passkey.sign(to_log_in(nobody)))


def test_an_answer_counts_once_and_after_what_it_was_asked_for(browser):
    client = browser()
    signed = client.passkey.sign(to_step_up(client))
    assert steps_up(client, signed)
    age(client)
    assert not steps_up(client, signed)
    to_step_up(client)
    assert not steps_up(client, signed)
    before = client.passkey.sign(to_step_up(client))
    client.post("/logout/")
    assert not logs_in(client, before)
    early = client.passkey.sign(to_log_in(client))
    log_in(client, client.user)
    client.get(ADD)
    age(client)
    assert not steps_up(client, early), "asked for before the login"


def test_what_was_asked_for_in_one_ceremony_counts_in_no_other(browser):
    client = browser()
    to_add = options(client.get(ADD))
    age(client)
    assert not steps_up(client, client.passkey.sign(to_add))
    assert steps_up(client, client.passkey.sign(to_step_up(client)))
    assert not adds(client, Passkey().make(options(client.get(AGAIN))))
    age(client)
    assert client.get(ADD).status_code == 302, "adding one asks for a factor first"
    assert not adds(client, Passkey().make(to_step_up(client)))


def test_an_answer_from_before_the_last_five_minutes_is_refused(browser, monkeypatch):
    client = browser()
    signed = client.passkey.sign(to_step_up(client))
    real = passkeys.time.time
    monkeypatch.setattr(passkeys.time, "time", lambda: real() + 301)
    assert not steps_up(client, signed)


def test_two_requests_at_once_do_not_both_use_an_answer(browser):
    client = browser()
    client.post("/logout/")
    for _ in range(3):
        asks = browser(None)
        signed = client.passkey.sign(to_log_in(asks))
        twins = [browser(None), browser(None)]
        for twin in twins:
            twin.cookies["desk_session"] = asks.cookies["desk_session"].value
        entered = at_once(2, lambda number, t=twins, s=signed: logs_in(t[number], s))
        assert sorted(entered) == [False, True]


def test_the_passkey_of_somebody_else_is_not_added(browser):
    anna, ewa = browser("K-601"), browser("K-602")
    same_id, copy = Passkey(), Passkey()
    same_id.id = copy.id = anna.passkey.id
    copy.key = anna.passkey.key
    for one in (same_id, copy):
        assert not adds(ewa, one.make(options(ewa.get(ADD))))
    assert not adds(anna, anna.passkey.make(options(anna.get(ADD))))


def test_of_a_passkey_no_more_is_kept_than_it_takes(browser):
    client = browser()
    made = json.loads(Passkey().make(options(client.get(ADD))))
    made |= {"note": "x" * 99, "clientExtensionResults": {"credProps": {"rk": "y"}, "z": {}}}
    assert adds(client, json.dumps(made))
    kept = client.user.authenticator_set.latest("pk").data["credential"]
    assert kept["clientExtensionResults"] == {"credProps": {"rk": False}}
    assert "note" not in kept

"""Rare acts ask for the second factor once more, and keep what was typed."""

import time

import pytest
from django.contrib.sessions.backends.base import UpdateError
from tests import people

from zamiast.audit.models import Event
from zamiast.login import stepup
from zamiast.login.sessions import SessionStore

from .conftest import log_in

DECIDE = "/specialist/999999/decide/1/"  # 404: the view ran and found no such case
RECORDS = "account_authentication_methods"


@pytest.fixture
def client(at, database):
    user = people.consultant("K-600", "specialist")
    browser = at("desk")()
    log_in(browser, user)
    browser.user = user
    return browser


def age(client, seconds: int = 301) -> None:
    """Let the time pass since the second factor was shown."""
    store = SessionStore(client.cookies["desk_session"].value)
    store[RECORDS] = [{**one, "at": one["at"] - seconds} for one in store[RECORDS]]
    store.save()


def outcomes() -> list[str]:
    return list(Event.objects.filter(what="login.step_up").values_list("outcome", flat=True))


def test_a_login_of_this_moment_needs_no_step_up(client):
    assert client.post(DECIDE).status_code == 404


def test_what_was_typed_waits_in_the_page_and_nowhere_on_the_server(client):
    age(client)
    typed = {"reason": "ustalone <b>z matką</b>", "then": "approve", "many": ["1", "2"]}
    page = client.post(DECIDE, typed)
    assert page.status_code == 403
    text = page.content.decode()
    assert 'name="reason" value="ustalone &lt;b&gt;z matką&lt;/b&gt;"' in text
    assert text.count('name="many"') == 2
    assert 'name="then" value="approve"' in text
    store = SessionStore(client.cookies["desk_session"].value)
    assert "ustalone" not in str(dict(store.items()))


def test_the_right_code_lets_the_act_go_on(client, as_role):
    age(client)
    assert client.post(DECIDE, {"reason": "x"}).status_code == 403
    answer = {"reason": "x", "step-code": people.code(client.user)}
    assert client.post(DECIDE, answer).status_code == 404
    assert client.post(DECIDE, {"reason": "x"}).status_code == 404, "fresh for a while"
    with as_role("owner"):
        assert outcomes() == ["code"]


def test_a_wrong_or_a_used_code_does_nothing_and_is_an_event(client, as_role):
    age(client)
    used = people.code(client.user)
    assert client.post(DECIDE, {"step-code": "000000"}).status_code == 403
    assert client.post(DECIDE, {"step-code": used}).status_code == 404
    age(client)
    assert client.post(DECIDE, {"step-code": used}).status_code == 403
    with as_role("owner"):
        assert outcomes() == ["refused", "code", "refused"]


def test_guessing_codes_is_stopped(client):
    age(client)
    for _ in range(5):
        assert client.post(DECIDE, {"step-code": "000000"}).status_code == 403
    answer = client.post(DECIDE, {"step-code": people.code(client.user)})
    assert answer.status_code == 403


def test_a_look_at_a_page_comes_back_to_it(client):
    age(client)
    page = client.get("/specialist/999999/freeze/?from=list")
    assert page.status_code == 403
    assert 'name="step-back"' in page.content.decode()
    answer = {"step-back": "1", "step-code": people.code(client.user)}
    done = client.post("/specialist/999999/freeze/?from=list", answer)
    assert done.headers["Location"] == "/specialist/999999/freeze/?from=list"


def test_nonsense_in_place_of_a_passkey_is_refused(client):
    age(client)
    for nonsense in ("x", "{}", "[]", '{"rawId": 1}'):
        assert client.post(DECIDE, {"step-credential": nonsense}).status_code == 403


def test_a_code_is_no_passkey(client, rf):
    request = rf.get("/")
    request.user = client.user
    request.session = {
        "second_factor": True,
        "account_authentication_methods_user": str(client.user.pk),
        RECORDS: [{"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}],
    }
    assert stepup.fresh_factor(request)
    assert stepup.fresh_passkey(request) is None
    request.session[RECORDS].append(
        {"method": "mfa", "type": "webauthn", "at": time.time(), "reauthenticated": True}
    )
    assert stepup.fresh_passkey(request)
    request.session[RECORDS][-1]["at"] += 3600  # a clock that jumped back makes nothing fresh
    assert stepup.fresh_passkey(request) is None


def test_the_records_of_another_user_count_for_nothing(client, rf):
    request = rf.get("/")
    request.user = client.user
    request.session = {
        "second_factor": True,
        "account_authentication_methods_user": str(client.user.pk + 1),
        RECORDS: [
            {"method": "mfa", "type": "webauthn", "at": time.time(), "reauthenticated": True}
        ],
    }
    assert stepup.fresh_passkey(request) is None


def test_every_act_of_four_eyes_asks(client):
    age(client)
    for address in (
        "names/", "change/note_guardian/", "decide/1/", "reverse/1/", "freeze/", "freeze/1/",
    ):  # fmt: skip
        assert client.post(f"/specialist/999999/{address}").status_code == 403, address


def test_an_ended_session_is_not_brought_back_by_a_step_up(client):
    age(client)
    store = SessionStore(client.cookies["desk_session"].value)
    store["late"] = 1
    client.post("/logout/")
    with pytest.raises(UpdateError):
        store.save()
    assert client.post(DECIDE, {"step-code": people.code(client.user)}).status_code in (302, 403)

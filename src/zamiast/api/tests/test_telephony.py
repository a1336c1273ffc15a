"""Events over HTTP: who is heard, what fits, what is answered."""

import importlib
import json
import time

import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from zamiast.errors import NotAllowed
from zamiast.verification import exchange
from zamiast.verification.models import Call, Line
from zamiast.web import access

EVENTS = "/telephony/events/"


@pytest.fixture
def api(database, settings):
    """The site of the interfaces, as its settings module makes it."""
    from django.urls import clear_url_caches, set_urlconf

    api = importlib.import_module("zamiast.config.settings.api")
    for key in (
        "SITE",
        "ROOT_URLCONF",
        "MIDDLEWARE",
        "DATA_UPLOAD_MAX_MEMORY_SIZE",
        "APPEND_SLASH",
    ):
        setattr(settings, key, getattr(api, key))
    settings.SECURE_SSL_REDIRECT = False
    clear_url_caches()
    set_urlconf(None)
    token = exchange.make_token("exchange-1")

    def send(body, token=token, **more):
        sent = body if isinstance(body, bytes | str) else json.dumps(body)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return Client().post(EVENTS, sent, content_type="application/json", headers=headers, **more)

    return send


def event(name="newCall", **more):
    return {"event": name, "call": "a-1", "at": timezone.now().isoformat(), **more}


def test_a_call_is_told_from_beginning_to_end(api):
    people.consultant("K-417")
    said = [
        api(event("newCall", direction="in", number="+48600700817", queue="e-zdrowie")),
        api(event("answer", agent="K-417")),
        api(event("answer", agent="K-417")),
        api(event("tones", tones="123456789012#")),
        api(event("hangup")),
        api(event("hangup")),
        api(event("answer", agent="K-417")),
    ]
    assert [answer.status_code for answer in said] == [200] * 7
    assert [answer.json()["outcome"] for answer in said] == [
        "accepted", "accepted", "repeated", "accepted", "accepted", "repeated", "over",
    ]  # fmt: skip
    assert Call.objects.get().last_two == "17"


@pytest.mark.parametrize("token", ["", "x", "zt_" + "x" * 43, "zt_" + "ż" * 43])
def test_a_forged_token_is_refused_in_the_same_words(api, token):
    header = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token.isascii() else {}
    answer = api(event(), token=None, **header)
    assert answer.status_code == 401
    assert answer.json()["code"] == "api.token"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not Line.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"", 400, None),
        (b"\xff", 400, None),
        ("[]", 400, None),
        ("[" * 3000, 400, None),
        (event("ring"), 422, "event"),
        (event(call=""), 422, "call"),
        (event(call="a b"), 422, "call"),
        (event(call=7), 422, "call"),
        (event(at="yesterday"), 422, "at"),
        (event(at="2026-11-25T10:00:00"), 422, "at"),
        (event(at="2020-11-25T10:00:00+01:00"), 422, "at"),
        (event(direction="up"), 422, "direction"),
        (event("answer"), 422, "agent"),
        (event("answer", agent="Anna Nowak"), 422, "agent"),
        (event("newCall", agent="K-417"), 422, "agent"),
        (event("tones"), 422, "tones"),
        (event("tones", tones="12a"), 422, "tones"),
        (event(queue="x\u0000"), 422, "queue"),
        (event(pesel="44051401359"), 422, None),
        (event(number="1" * 129), 422, "number"),
    ],
)
def test_what_does_not_fit_is_named_and_not_repeated(api, body, status, field):
    answer = api(body)
    assert answer.status_code == status
    said = answer.json()
    assert said.get("field") == field
    assert answer["Content-Type"] == "application/problem+json"
    assert "44051401359" not in answer.content.decode()
    assert not Line.objects.exists()


def test_other_addresses_and_methods(api):
    assert Client().get(EVENTS).status_code == 405
    assert Client().get("/").status_code == 404
    assert Client().get("/alive/").status_code == 200
    assert api("x" * 5_000).status_code == 413


def test_whether_keyed_digits_fit_is_not_said(api):
    people.consultant("K-417")
    api(event("answer", agent="K-417"))
    said = {
        api(event("tones", tones=tones)).content for tones in ("1#", "123456789012", "12345678")
    }
    assert said == {b'{"outcome": "accepted"}'}


def test_keyed_digits_are_answered_after_a_fixed_time(api, settings):
    """How long it took says nothing either."""
    settings.TONES_ANSWER_SECONDS = 0.2
    for tones in ("1#", "123456789012"):
        before = time.monotonic()
        api(event("tones", tones=tones))
        assert time.monotonic() - before >= 0.2


def test_a_door_for_machines_is_open_at_the_api_only(settings):
    gate = access.Gate(lambda request: None)
    for where in ("portal", "desk"):
        settings.SITE = where
        with pytest.raises(NotAllowed, match="undeclared"):
            gate._decide(None, access.MACHINE)
    settings.SITE = "api"
    assert gate._decide(None, access.MACHINE) is None

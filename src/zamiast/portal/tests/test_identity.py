"""What an identity provider says is checked, and little of it is kept."""

import time

import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from tests import people

from zamiast.audit.services import OPERATOR
from zamiast.config import identity
from zamiast.errors import Misconfigured
from zamiast.portal.oidc import entering, providers, tokens
from zamiast.registry import services

ISSUER = "https://login.example"
KNOWN = providers.Provider("pz", ISSUER, "zamiast", "s", ("openid",), "pesel", ("high",), {"pl": "PZ"})  # fmt: skip  # noqa: E501
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def discovery(monkeypatch):
    """What the provider publishes: its addresses and its key."""
    key = {**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "1"}
    pages = {
        f"{ISSUER}/.well-known/openid-configuration": {"issuer": ISSUER, "jwks_uri": "keys"},
        "keys": {"keys": [{**key, "use": "sig", "alg": "RS256"}]},
    }
    monkeypatch.setattr(tokens, "_fetched", lambda address, anew=False: pages[address])
    return pages


def token(key=KEY, algorithm="RS256", kid="1", **changed) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "zamiast", "sub": "anna", "iat": now, "exp": now + 300,
              "nonce": "once", **changed}  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


def test_a_token_that_is_ours_is_believed(discovery):
    assert tokens.checked(KNOWN, token(), nonce="once")["sub"] == "anna"


FORGED = {
    "another key": {"key": OTHER},
    "no signature": {"key": None, "algorithm": "none"},
    "a shared secret": {"key": "s" * 32, "algorithm": "HS256"},
    "an unknown key": {"kid": "2"},
    "another issuer": {"iss": "https://evil.example"},
    "another client": {"aud": "somebody"},
    "two clients, not for us": {"aud": ["zamiast", "other"], "azp": "other"},
    "two clients, for nobody": {"aud": ["zamiast", "other"]},
    "too old": {"exp": int(time.time()) - 3600},
    "from tomorrow": {"iat": int(time.time()) + 86_400},
    "no end": {"exp": None},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "an endless subject": {"sub": "x" * 256},
    "another attempt": {"nonce": "twice"},
    "no nonce": {"nonce": None},
}


@pytest.mark.parametrize("changed", FORGED.values(), ids=FORGED.keys())
def test_a_token_that_is_not_ours_is_not_believed(discovery, changed):
    with pytest.raises(tokens.NotBelieved):
        tokens.checked(KNOWN, token(**changed), nonce="once")


def test_no_token_and_no_expected_nonce_are_not_believed(discovery):
    for nonsense in (None, "", "a.b.c", 7):
        with pytest.raises(tokens.NotBelieved):
            tokens.checked(KNOWN, nonsense, nonce="once")
    with pytest.raises(tokens.NotBelieved):
        tokens.checked(KNOWN, token(nonce=""), nonce="")


def test_a_discovery_document_of_somebody_else_is_not_believed(discovery):
    discovery[f"{ISSUER}/.well-known/openid-configuration"]["issuer"] = "https://evil.example"
    with pytest.raises(tokens.NotBelieved):
        tokens.checked(KNOWN, token(), nonce="once")


@pytest.mark.parametrize(
    ("claims", "strong"),
    [
        ({"acr": "high"}, True),
        ({"amr": ["pwd", "high"]}, True),
        ({"acr": "low"}, False),
        ({}, False),
        ({"acr": ["high"], "amr": {"high": 1}}, False),
    ],
)
def test_only_the_operators_values_are_strong(claims, strong):
    assert KNOWN.showed_second_factor(claims) is strong


def test_a_number_is_found_in_the_ways_that_schemes_write_it(some_pesel):
    for written in ("{}", "PNOPL-{}", "urn:pesel:{}", "PL/{}"):
        found = entering.number_in(KNOWN, {"pesel": written.format(some_pesel)})
        assert found is not None
        assert found.value == some_pesel
    for nonsense in (some_pesel[:-1], f"9{some_pesel}", "x", None, 7, {}):
        assert entering.number_in(KNOWN, {"pesel": nonsense}) is None


def test_settings_that_are_incomplete_say_what_is_missing(monkeypatch):
    monkeypatch.setenv("ZAMIAST_OIDC", "pz")
    with pytest.raises(Misconfigured) as refused:
        identity.providers()
    assert "ZAMIAST_OIDC_PZ_NAME_PL" in refused.value.sentence
    monkeypatch.setenv("ZAMIAST_OIDC_PZ_NAME_PL", "PZ")
    monkeypatch.setenv("ZAMIAST_OIDC_PZ_ISSUER", "http://login.example")
    with pytest.raises(Misconfigured) as refused:
        identity.providers()
    assert "https" in refused.value.sentence


@pytest.fixture
def some_pesel() -> str:
    from zamiast.pure.numerals import pesel

    return "5103170001" + str(pesel.check_digit("5103170001"))


# --- as the role of the portal ----------------------------------------------------------


def entered(portal, subject, person=None):
    sql = "SELECT user_id, account_id FROM portal_enter(%s::text, %s::text, %s::bigint, 'uk')"
    return portal.execute(sql, [ISSUER, subject, person]).fetchone()


def test_the_function_links_once_and_finds_afterwards(database, connect):
    account = people.account()
    portal = connect("portal")
    assert entered(portal, "anna") is None
    first = entered(portal, "anna", account.person_id)
    assert first[1] == account.pk
    assert entered(portal, "anna") == first
    assert entered(portal, "anna at another device", account.person_id) == first
    events = connect("owner").execute(
        "SELECT account_id FROM audit_event WHERE what = 'login.linked'"
    )
    assert events.fetchall() == [(account.pk,)] * 2


def test_a_login_that_was_locked_and_an_account_that_was_closed_open_nothing(database, connect):
    account = people.account()
    portal = connect("portal")
    user, _ = entered(portal, "anna", account.person_id)
    connect("owner").execute("UPDATE login_user SET is_active = false WHERE id = %s", [user])
    assert entered(portal, "anna") is None
    assert entered(portal, "new subject", account.person_id) is None
    closed = people.account()
    services.close_account(closed, because="operator", by=OPERATOR)
    assert entered(portal, "ewa", closed.person_id) is None


REFUSED = [
    "INSERT INTO portal_identity (user_id, issuer, subject, linked_at) VALUES (1, 'i', 's', now())",
    "SELECT * FROM portal_identity",
    "INSERT INTO portal_link (user_id, account_id, linked_at) VALUES (1, 1, now())",
    "INSERT INTO login_user (username, password, kind, language, is_active, created_at)"
    " VALUES ('x', '', 'holder', 'pl', true, now())",
    "SELECT * FROM socialaccount_socialaccount",
    "SELECT * FROM socialaccount_socialtoken",
    "SELECT * FROM socialaccount_socialapp",
]


@pytest.mark.parametrize("role", ["portal", "desk", "worker", "importer"])
def test_the_portal_writes_no_identity_but_through_the_function(database, connect, role):
    for statement in REFUSED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect(role).execute(statement)
    if role != "portal":
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            entered(connect(role), "anna", 1)

"""Logging in: both factors, at the right site, with answers that tell nothing."""

import time

import pytest
from django.urls import NoReverseMatch, reverse
from tests import people

from zamiast.login import codes, factors, secrets
from zamiast.login.models import HolderSession, StaffSession
from zamiast.login.sessions import digest

from .conftest import give_password, is_in, log_in


@pytest.mark.parametrize(("where", "who"), [("desk", "consultant"), ("portal", "holder")])
def test_password_then_code_logs_in(at, request, where, who):
    user = request.getfixturevalue(who)
    client = at(where)()
    response = log_in(client, user)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert is_in(client)
    assert response.cookies["language"].value == "pl"


def test_the_password_alone_opens_nothing(at, consultant):
    client = at("desk")()
    give_password(client, consultant)
    assert not is_in(client)
    assert client.get("/second-factor/").status_code == 302
    row = StaffSession.objects.get()
    assert (row.user_id, row.candidate_id) == (None, consultant.pk)


def test_the_desk_takes_the_k_number_in_any_case(at, consultant):
    client = at("desk")()
    response = client.post("/login/", {"login": " K-417 ", "password": people.PASSWORD})
    assert response.headers["Location"] == "/login/code/"


@pytest.mark.parametrize(
    ("login", "password"),
    [("k-417", "wrong password"), ("nobody", people.PASSWORD), ("44051401458", "wrong")],
)
def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(at, consultant, login, password):
    response = at("desk")().post("/login/", {"login": login, "password": password})
    assert response.status_code == 200
    error = response.context["form"].non_field_errors().as_data()[0]
    assert error.code == "username_password_mismatch"


def test_a_deactivated_user_gets_the_answer_of_a_wrong_password(at, consultant, connect):
    connect("owner").execute("UPDATE login_user SET is_active = false")
    response = give_password(at("desk")(), consultant)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_a_holder_cannot_log_in_at_the_desk(at, holder, consultant):
    assert give_password(at("desk")(), holder).status_code == 200
    assert give_password(at("portal")(), consultant).status_code == 200


def test_a_deactivation_between_the_steps_is_noticed(at, consultant, connect):
    client = at("desk")()
    give_password(client, consultant)
    connect("owner").execute("UPDATE login_user SET is_active = false")
    client.post("/login/code/", {"code": people.code(consultant)})
    assert not is_in(client)


def test_the_session_key_changes_at_login_and_an_offered_key_is_not_taken(at, consultant):
    client = at("desk")()
    client.cookies["desk_session"] = "chosenbyathiefchosenbyathief1234"
    give_password(client, consultant)
    waiting = client.cookies["desk_session"].value
    assert waiting != "chosenbyathiefchosenbyathief1234"
    client.post("/login/code/", {"code": people.code(consultant)})
    key = client.cookies["desk_session"].value
    assert key != waiting
    assert StaffSession.objects.get().session_key == digest(key)


def test_only_the_digest_of_a_session_key_is_stored(at, consultant, connect):
    client = at("desk")()
    log_in(client, consultant)
    key = client.cookies["desk_session"].value
    rows = connect("owner").execute("SELECT * FROM login_staffsession").fetchall()
    assert rows
    assert key not in str(rows)


def test_next_leads_to_this_host_only(at, consultant):
    client = at("desk")()
    for target in (
        "//evil.example/", "https://evil.example/", "http://localhost:8000/",
        "javascript:alert(1)", "/\\evil.example", "http://127.0.0.1/",
    ):  # fmt: skip
        give_password(client, consultant, next=target)
        assert client.session["account_login"]["redirect_url"] is None, target
        client.post("/logout/", {"next": target})
    response = client.post("/logout/", {"next": "//evil.example/"})
    assert response.headers["Location"] == "/login/"


def test_next_leads_on(at, consultant):
    client = at("desk")()
    give_password(client, consultant, next="/password/?x=1")
    response = client.post("/login/code/", {"code": people.code(consultant)})
    assert response.headers["Location"] == "/password/?x=1"


def test_login_and_logout_are_events(at, consultant, connect):
    client = at("desk")()
    log_in(client, consultant)
    client.post("/logout/")
    at("desk")
    rows = connect("owner").execute("SELECT actor, what, outcome FROM audit_event ORDER BY id")
    assert rows.fetchall()[-2:] == [("K-417", "login.in", "done"), ("K-417", "login.out", "done")]


def test_logout_needs_a_post(at, consultant):
    client = at("desk")()
    log_in(client, consultant)
    assert client.get("/logout/").status_code == 200
    assert is_in(client)


def test_pages_of_the_way_in_are_not_kept_by_the_browser(at, consultant):
    client = at("desk")()
    log_in(client, consultant)
    for address in ("/login/", "/second-factor/", "/password/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


# --- codes -----------------------------------------------------------------------


def test_a_code_works_once_in_all_of_its_window(at, consultant, monkeypatch):
    now = time.time()
    code = codes.current_code(consultant)
    Site = at("desk")
    first, second = Site(), Site()
    give_password(first, consultant)
    give_password(second, consultant)
    assert first.post("/login/code/", {"code": code}).status_code == 302
    for later in (0, 25, 45):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        assert second.post("/login/code/", {"code": code}).status_code == 200
    assert not is_in(second)


def test_an_earlier_code_does_not_work_after_a_later_one(consultant):
    counter = int(time.time()) // 30
    secret = people.SECRET
    assert codes.accept(consultant, codes._code(secret, counter + 1))
    assert codes.accept(consultant, codes._code(secret, counter)) is None


def test_the_demo_gets_the_coming_code_when_this_one_is_spent(consultant):
    first = codes.current_code(consultant)
    assert codes.accept(consultant, first)
    second = codes.current_code(consultant)
    assert second != first
    assert codes.accept(consultant, second)


def test_two_at_once_cannot_use_one_code(consultant, database):
    import threading

    from django.db import connection

    code, won = codes.current_code(consultant), []
    barrier = threading.Barrier(2)

    def use():
        barrier.wait()
        won.append(codes.accept(consultant, code) is not None)
        connection.close()

    threads = [threading.Thread(target=use) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(won) == [False, True]


def test_recovery_codes_work_once_and_are_encrypted_at_rest(at, consultant, connect):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    plain = RecoveryCodes.activate(consultant).get_unused_codes()
    stored = connect("owner").execute("SELECT data FROM mfa_authenticator").fetchall()
    assert not any(code in str(stored) for code in plain)
    assert people.SECRET not in str(stored)
    Site = at("desk")
    for expected in (302, 200):
        client = Site()
        give_password(client, consultant)
        assert client.post("/login/code/", {"code": plain[0]}).status_code == expected


def test_a_secret_encrypted_with_another_key_says_so(settings):
    from zamiast.errors import Misconfigured

    sealed = secrets.encrypt("secret")
    assert "secret" not in sealed
    assert secrets.decrypt(sealed) == "secret"
    settings.SECRETS_KEY = "another"
    with pytest.raises(Misconfigured):
        secrets.decrypt(sealed)


# --- limits ------------------------------------------------------------------------


def guess(Site, address):
    return Site(REMOTE_ADDR=address).post("/login/", {"login": "k-417", "password": "wrong"})


def is_locked(response) -> bool:
    if response.status_code != 200:
        return False
    return response.context["form"].non_field_errors().as_data()[0].code == (
        "too_many_login_attempts"
    )


def test_guessing_one_password_is_stopped(at, consultant):
    Site = at("desk")
    for _ in range(5):
        guess(Site, "10.0.0.1")
    assert is_locked(give_password(Site(REMOTE_ADDR="10.0.0.1"), consultant))


def test_wrong_passwords_from_far_away_lock_nobody_out(at, consultant):
    Site = at("desk")
    for _ in range(6):
        guess(Site, "10.0.0.1")
    response = give_password(Site(REMOTE_ADDR="10.0.0.9"), consultant)
    assert response.headers["Location"] == "/login/code/"


def test_guessing_from_many_addresses_is_stopped_and_passkeys_stay_open(at, consultant, settings):
    assert settings.ACCOUNT_RATE_LIMITS["login_failed_anywhere"] == "50/h/key"
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed_anywhere": "7/h/key",
    }
    Site = at("desk")
    for number in range(7):
        assert not is_locked(guess(Site, f"10.0.0.{number}"))
    there = Site(REMOTE_ADDR="10.0.0.9")
    assert is_locked(give_password(there, consultant))
    offered = there.get("/login/passkey/", headers={"accept": "application/json"})
    assert offered.status_code == 200
    response = there.post("/login/passkey/", {"credential": "{}"})
    assert "too_many" not in str(response.headers)
    assert response.status_code != 429


def test_guessing_codes_is_stopped_though_the_right_one_comes(at, consultant):
    client = at("desk")()
    give_password(client, consultant)
    for number in range(5):
        client.post("/login/code/", {"code": f"00000{number}"})
    response = client.post("/login/code/", {"code": people.code(consultant)})
    assert response.status_code == 200
    assert not is_in(client)


def test_trying_many_logins_from_one_address_is_stopped(at, consultant):
    client = at("desk")()
    for number in range(10):
        client.post("/login/", {"login": f"k-{number}", "password": "wrong"})
    assert give_password(client, consultant).status_code == 200


def test_being_right_oneself_does_not_forgive_guesses_at_others(at, consultant, monkeypatch):
    client = at("desk")()
    for number in range(9):
        client.post("/login/", {"login": f"k-{number}", "password": "wrong"})
    log_in(client, consultant)
    client.post("/logout/")
    client.post("/login/", {"login": "k-9", "password": "wrong"})
    assert give_password(client, consultant).status_code == 200


def test_limits_are_shared_by_processes_and_keep_nothing_that_was_typed(at, consultant, connect):
    client = at("desk")()
    client.post("/login/", {"login": "44051401458", "password": "wrong"})
    rows = connect("owner").execute("SELECT cache_key, value FROM login_cache_desk").fetchall()
    assert len(rows) >= 2
    from hashlib import sha256

    typed = ("44051401458", sha256(b"44051401458").hexdigest())
    hosts = ("testserver", "localhost")
    keys = [sha256(f"{host}:44051401458".encode()).hexdigest() for host in hosts]
    assert not any(word in str(rows) for word in (*typed, *keys))


@pytest.mark.parametrize("where", ["desk", "portal"])
def test_a_pesel_typed_as_a_login_or_into_the_address_is_not_shown_again(at, where):
    client = at(where)()
    pesel = "4405140" + "1458"
    pages = [
        client.post("/login/", {"login": pesel, "password": "wrong"}),
        client.get(f"/login/?about={pesel}"),
        client.get(f"/{pesel}/"),
        client.post("/login/", {"login": "x" * 300_000 + pesel, "password": "wrong"}),
    ]
    assert [page.status_code for page in pages] == [200, 200, 404, 200]
    assert not any(pesel in page.content.decode() for page in pages)
    kept = client.post("/login/", {"login": "anna", "password": "wrong"})
    assert 'value="anna"' in kept.content.decode()
    assert 'value="/login/?a=b"' in client.get("/login/?a=b").content.decode()


def test_public_pages_are_not_kept_while_somebody_is_logged_in(at, holder):
    client = at("portal")()
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
    log_in(client, holder)
    assert "no-store" in client.get("/alive/").headers["Cache-Control"]


# --- pages that must not exist ------------------------------------------------------


@pytest.mark.parametrize("site", ["portal", "desk"])
def test_no_sign_up_no_email_no_forgotten_password(site):
    names = (
        "account_signup", "account_email", "account_reset_password", "account_set_password",
        "account_inactive", "account_confirm_email", "account_email_verification_sent",
        "account_confirm_login_code", "account_request_login_code", "mfa_trust",
        "mfa_signup_webauthn", "mfa_download_recovery_codes", "mfa_edit_webauthn",
    )  # fmt: skip
    for name in names:
        with pytest.raises(NoReverseMatch):
            reverse(name, urlconf=f"zamiast.config.urls.{site}")


def signed(user_handle: str) -> str:
    return (
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA",'
        f'"authenticatorData":"AA","signature":"AA","userHandle":"{user_handle}"}}}}'
    )


def test_a_malformed_passkey_is_refused_not_a_failure(at, consultant):
    client = at("desk")()
    bodies = ["1", "[]", "{}", '{"id": 1}', '{"response": []}', '{"response": {"userHandle": 1}}']
    for body in [*bodies, "null", "x", "", signed("_w"), signed("MQ"), signed("eno5" * 9)]:
        client.get("/login/passkey/", headers={"Accept": "application/json"})
        response = client.post("/login/passkey/", {"credential": body})
        assert (response.status_code, response.headers["Location"]) == (302, "/login/"), body
    assert not is_in(client)


def test_an_anonymous_visitor_leaves_no_session(at, database):
    client = at("portal")()
    client.get("/login/")
    assert not HolderSession.objects.exists()


def test_force_login_in_tests_is_like_a_real_login(at, consultant, newcomer):
    client = at("desk")()
    client.force_login(consultant)
    assert is_in(client)
    client.force_login(newcomer)
    assert client.session.get(factors.SHOWN) is None

"""Setting up, changing and removing second factors."""

import re

from tests import people

from zamiast.login import codes
from zamiast.login.models import StaffSession

from .conftest import give_password, is_in, log_in


def secret_of(client) -> str:
    page = client.get("/second-factor/app/").content.decode()
    return re.search(r'id="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def code_of(secret: str) -> str:
    return codes._code(secret, codes._now())


def set_up_app(client) -> str:
    secret = secret_of(client)
    response = client.post("/second-factor/app/", {"code": code_of(secret)})
    assert response.headers["Location"] == "/second-factor/codes/"
    return secret


def test_without_a_second_factor_the_way_leads_to_its_set_up(at, newcomer):
    client = at("desk")()
    response = give_password(client, newcomer)
    assert response.status_code == 302
    assert client.get("/password/").headers["Location"] == "/second-factor/"
    page = client.get("/second-factor/").content.decode()
    assert "/second-factor/app/" in page
    assert "/password/" not in page


def test_the_first_factor_logs_in_and_gives_a_new_session_key(at, newcomer):
    client = at("desk")()
    give_password(client, newcomer)
    key = client.cookies["desk_session"].value
    set_up_app(client)
    assert client.cookies["desk_session"].value != key
    assert is_in(client)
    assert StaffSession.objects.get().user_id == newcomer.pk


def test_the_secret_is_never_stored_in_clear(at, newcomer, connect):
    client = at("desk")()
    give_password(client, newcomer)
    secret = secret_of(client)
    assert secret not in str(client.session.items())
    client.post("/second-factor/app/", {"code": code_of(secret)})
    assert secret not in str(client.session.items())
    rows = connect("owner").execute("SELECT data FROM mfa_authenticator").fetchall()
    assert secret not in str(rows)
    assert len(rows) == 2


def test_the_code_of_the_set_up_is_spent(at, newcomer):
    Site = at("desk")
    client, again = Site(), Site()
    give_password(client, newcomer)
    code = code_of(secret_of(client))  # this very one, though a half-minute may end meanwhile
    answer = client.post("/second-factor/app/", {"code": code})
    assert answer.headers["Location"] == "/second-factor/codes/"
    give_password(again, newcomer)
    again.post("/login/code/", {"code": code})
    assert not is_in(again)


def test_a_session_from_before_the_first_factor_does_not_get_in_with_it(at, newcomer):
    """Somebody who knows the password waits until the owner sets up the second factor."""
    Site = at("desk")
    owner, thief = Site(), Site()
    give_password(thief, newcomer)
    give_password(owner, newcomer)
    secret_of(thief)
    set_up_app(owner)
    assert not is_in(thief)
    assert thief.get("/second-factor/passkey/").headers["Location"].startswith("/login/")


def test_a_session_without_the_mark_is_ended_even_if_its_row_survived(at, newcomer, as_role):
    Site = at("desk")
    thief = Site()
    give_password(thief, newcomer)
    from allauth.mfa.models import Authenticator

    from zamiast.login import secrets

    with as_role("owner"):
        Authenticator.objects.create(
            user=newcomer, type="totp", data={"secret": secrets.encrypt(people.SECRET)}
        )
    at("desk")
    assert thief.get("/second-factor/app/").headers["Location"] == "/login/"
    assert not StaffSession.objects.exists()


def test_the_qr_code_stands_in_the_page_without_style_attributes(at, newcomer):
    client = at("desk")()
    give_password(client, newcomer)
    page = client.get("/second-factor/app/").content.decode()
    svg = re.search(r'<div class="qr".*?(<svg.*?</svg>)', page, re.DOTALL)[1]
    assert "viewBox" in svg
    assert "style=" not in svg


def test_recovery_codes_are_shown_once(at, newcomer):
    client = at("desk")()
    give_password(client, newcomer)
    set_up_app(client)
    pattern = r"<code class=\"numeric\">(\d{4} \d{4})</code>"
    assert len(set(re.findall(pattern, client.get("/second-factor/codes/").content.decode()))) == 10
    assert not re.findall(pattern, client.get("/second-factor/codes/").content.decode())


def test_the_last_factor_cannot_be_removed(at, consultant):
    client = at("desk")()
    log_in(client, consultant)
    assert client.post("/second-factor/app/remove/").headers.get("Location") != "/"
    assert consultant.authenticator_set.count() == 1
    assert is_in(client)


def test_managing_factors_asks_for_the_second_factor_once_more(at, consultant):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(consultant)
    client = at("desk")()
    client.force_login(consultant)
    session = client.session
    session["account_authentication_methods"] = []  # the factor was shown long ago
    session.save()
    addresses = (
        "/second-factor/app/remove/", "/second-factor/passkey/", "/second-factor/codes/new/",
        "/second-factor/codes/", "/password/",
    )  # fmt: skip
    for address in addresses:
        again = client.get(address).headers["Location"]
        assert again.startswith("/login/again/code/?next="), address
    assert client.get("/login/again/").headers["Location"].startswith("/login/again/code/")
    client.post(again, {"code": people.code(consultant)})
    for address in addresses:
        assert client.get(address).status_code == 200


def test_changes_of_factors_are_events(at, newcomer, connect):
    client = at("desk")()
    give_password(client, newcomer)
    set_up_app(client)
    client.post("/second-factor/codes/new/")
    rows = connect("owner").execute("SELECT actor, what, outcome FROM audit_event ORDER BY id")
    assert rows.fetchall()[-3:] == [
        ("K-500", "login.in", "no_second_factor_yet"),
        ("K-500", "login.factor_added", "app"),
        ("K-500", "login.recovery_codes_made", "done"),
    ]

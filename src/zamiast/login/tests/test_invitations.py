"""The desk's people: invited by a link that works once, locked out at once."""

import json
import threading

import pytest
from django.db import ProgrammingError
from django.test import Client
from tests import people

from zamiast.cli import main
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.login import services
from zamiast.login.models import Invitation, User

from .conftest import is_in, log_in

NEW = {"password1": "calkiem nowe haslo 99", "password2": "calkiem nowe haslo 99"}


@pytest.fixture
def invited(database):
    return services.invite_staff("K-77", role="consultant", language="uk")


def opened(client, token: str):
    response = client.get(f"/invitation/?code={token}")
    assert response.headers["Location"] == "/invitation/"
    return client.get("/invitation/")


def test_an_invitation_sets_the_password_and_leads_to_the_second_factor(at, invited):
    client = at("desk")()
    page = opened(client, invited.token)
    assert "K-77" in page.content.decode()
    response = client.post("/invitation/", NEW)
    assert response.headers["Location"] == "/second-factor/"
    assert client.get("/second-factor/app/").status_code == 200
    assert not is_in(client)
    assert response.cookies["language"].value == "uk"


def test_looking_at_the_link_does_not_use_it_up(at, invited):
    Site = at("desk")
    for _ in range(3):
        assert opened(Site(), invited.token).status_code == 200


def test_wrong_used_and_expired_links_get_the_same_page(at, invited, connect):
    Site = at("desk")
    client = Site()
    opened(client, invited.token)
    client.post("/invitation/", NEW)
    used = opened(Site(), invited.token)
    wrong = opened(Site(), "wrong")
    none = Site().get("/invitation/")
    connect("owner").execute("UPDATE login_invitation SET used_at = NULL, expires_at = now()")
    expired = opened(Site(), invited.token)
    pages = {strip(response) for response in (used, wrong, none, expired)}
    assert len(pages) == 1
    assert {response.status_code for response in (used, wrong, none, expired)} == {404}


def test_a_wrong_link_leaves_no_row_behind(at, invited, connect):
    Site = at("desk")
    assert Site().get("/invitation/?code=x").headers["Location"] == "/invitation/"
    rows = "SELECT count(*) FROM login_staffsession"
    assert connect("owner").execute(rows).fetchone() == (0,)
    client = Site()
    client.get(f"/invitation/?code={invited.token}")
    assert connect("owner").execute(rows).fetchone() == (1,)
    client.get("/invitation/?code=x")
    assert client.get("/invitation/").status_code == 404


def strip(response) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_a_bad_password_does_not_use_it_up(at, invited):
    client = at("desk")()
    opened(client, invited.token)
    assert client.post("/invitation/", {"password1": "x", "password2": "x"}).status_code == 200
    assert client.post("/invitation/", NEW).status_code == 302


def test_two_at_once_exactly_one_wins(at, invited):
    from django.db import connection

    Site = at("desk")
    clients = [Site(), Site()]
    for client in clients:
        opened(client, invited.token)
    barrier, answers = threading.Barrier(2), []

    def take(client: Client, password: str) -> None:
        barrier.wait()
        fields = {"password1": password, "password2": password}
        answers.append((client.post("/invitation/", fields).status_code, password))
        connection.close()

    words = ("haslo pierwszego klienta", "haslo drugiego klienta")
    threads = [
        threading.Thread(target=take, args=pair) for pair in zip(clients, words, strict=True)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(status for status, _ in answers) == [302, 404]
    won = next(password for status, password in answers if status == 302)
    assert User.objects.get(k_number="K-77").check_password(won)


def test_the_secret_is_stored_nowhere(at, invited, connect):
    client = at("desk")()
    opened(client, invited.token)
    assert invited.token not in str(client.session.items())
    client.post("/invitation/", NEW)
    owner = connect("owner")
    for table in ("login_invitation", "login_staffsession", "audit_event", "login_user"):
        assert invited.token not in str(owner.execute(f"SELECT * FROM {table}").fetchall())


def test_opening_another_link_ends_nothing_until_it_is_taken(at, consultant, invited):
    client = at("desk")()
    log_in(client, consultant)
    opened(client, invited.token)
    assert is_in(client)
    client.post("/invitation/", NEW)
    assert not is_in(client)


def test_the_desks_own_role_can_invite_nobody(at, consultant):
    at("desk")
    for verb in (services.invite_staff_again, services.deactivate_staff):
        with pytest.raises(ProgrammingError):
            verb("K-417")


def test_invite_again_takes_password_factors_and_sessions(at, consultant, as_role):
    client = at("desk")()
    log_in(client, consultant)
    with as_role("owner"):
        invited = services.invite_staff_again("K-417")
    at("desk")
    assert not is_in(client)
    user = User.objects.get(pk=consultant.pk)
    assert not user.has_usable_password()
    assert not user.authenticator_set.exists()
    assert opened(client, invited.token).status_code == 200


def test_a_second_invitation_stops_the_first(at, invited, as_role):
    with as_role("owner"):
        services.invite_staff_again("K-77")
    assert opened(at("desk")(), invited.token).status_code == 404
    assert Invitation.objects.count() == 1


def test_a_deactivated_person_cannot_take_up_an_invitation(at, invited):
    services.deactivate_staff("K-77")
    assert opened(at("desk")(), invited.token).status_code == 404


def test_what_the_operator_did_is_in_the_log(database, connect):
    services.invite_staff("K-77", role="consultant")
    services.invite_staff_again("K-77", role="supervisor")
    services.deactivate_staff("K-77")
    rows = connect("owner").execute("SELECT actor, what, purpose FROM audit_event ORDER BY id")
    assert rows.fetchall() == [
        ("operator", "login.staff_invited", "K-77 consultant"),
        ("operator", "login.staff_invited_again", "K-77 supervisor"),
        ("operator", "login.staff_deactivated", "K-77"),
    ]


def test_what_cannot_be_is_refused(database):
    people.consultant()
    with pytest.raises(Conflict):
        services.invite_staff("K-417", role="consultant")
    with pytest.raises(BadInput):
        services.invite_staff("417", role="consultant")
    with pytest.raises(BadInput):
        services.invite_staff("K-1", role="director")
    with pytest.raises(NotFound):
        services.invite_staff_again("K-1")
    with pytest.raises(NotFound):
        services.deactivate_staff("K-1")


def test_what_is_no_k_number_is_called_so_first(database, capsys):
    assert main(["staff", "invite", "555"]) == 1
    assert "no K-number" in capsys.readouterr().err


def test_the_command_line(database, capsys, monkeypatch):
    monkeypatch.setenv("ZAMIAST_DESK_URL", "https://desk.example/")
    assert main(["staff", "invite", "k-77", "--role", "supervisor", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["k_number"] == "K-77"
    token = made["link"].removeprefix("https://desk.example/invitation/?code=")
    assert services.invited_by(services.digest(token)) is not None
    assert main(["staff", "list"]) == 0
    assert capsys.readouterr().out.split() == ["K-77", "supervisor", "pl", "invited"]
    assert main(["staff", "deactivate", "K-77"]) == 0
    capsys.readouterr()
    main(["staff", "list", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["state"] == "deactivated"
    assert main(["staff", "invite", "K-78"]) == 1
    assert main(["staff", "deactivate", "K-78"]) == 1

"""Sessions: what ends them ends them at once, and nothing brings them back."""

import datetime

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from tests import people

from zamiast.login import services
from zamiast.login.models import StaffSession, User
from zamiast.login.sessions import SessionStore, recall

from .conftest import give_password, is_in, log_in


def test_a_deactivated_user_is_out_at_the_next_request(at, consultant, connect):
    client = at("desk")()
    log_in(client, consultant)
    connect("owner").execute("UPDATE login_user SET is_active = false")
    assert not is_in(client)


def test_a_session_ended_elsewhere_is_over_here(at, consultant, connect):
    client = at("desk")()
    log_in(client, consultant)
    assert is_in(client)
    connect("owner").execute("DELETE FROM login_staffsession")
    assert not is_in(client)


def test_a_copied_cookie_is_worth_nothing_after_the_logout(at, consultant):
    Site = at("desk")
    client, thief = Site(), Site()
    log_in(client, consultant)
    thief.cookies["desk_session"] = client.cookies["desk_session"].value
    assert is_in(thief)
    client.post("/logout/")
    assert not is_in(thief)


def test_a_request_under_way_cannot_bring_an_ended_session_back(at, consultant):
    client = at("desk")()
    log_in(client, consultant)
    store = SessionStore(client.cookies["desk_session"].value)
    store["late"] = 1
    client.post("/logout/")
    from django.contrib.sessions.backends.base import UpdateError

    with pytest.raises(UpdateError):
        store.save()
    assert not StaffSession.objects.filter(user=consultant).exists()


def test_a_changed_password_ends_all_other_sessions(at, consultant):
    Site = at("desk")
    here, there, half_way = Site(), Site(), Site()
    log_in(there, consultant)
    give_password(half_way, consultant)
    log_in(here, consultant)
    key = here.cookies["desk_session"].value
    new = "zupelnie inne haslo 418"
    response = here.post(
        "/password/", {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    )
    assert response.headers["Location"] == "/second-factor/"
    assert is_in(here)
    assert here.cookies["desk_session"].value != key
    assert not is_in(there)
    assert half_way.get("/login/code/").headers["Location"] == "/login/"
    assert give_password(Site(), consultant).status_code == 200


def test_a_bad_new_password_is_refused(at, consultant):
    client = at("desk")()
    log_in(client, consultant)
    for wrong in ("short", "password1234", "k-417k-417"):
        fields = {"oldpassword": people.PASSWORD, "password1": wrong, "password2": wrong}
        assert client.post("/password/", fields).status_code == 200
    fields = {"oldpassword": "wrong", "password1": people.PASSWORD, "password2": people.PASSWORD}
    assert client.post("/password/", fields).status_code == 200
    assert User.objects.get(pk=consultant.pk).check_password(people.PASSWORD)


def test_a_session_ends_after_twelve_hours_however_busy(at, consultant):
    client = at("desk")()
    log_in(client, consultant)
    began = StaffSession.objects.get().created_at
    client.get("/second-factor/")
    assert StaffSession.objects.get().created_at == began
    StaffSession.objects.update(created_at=timezone.now() - datetime.timedelta(hours=12, seconds=1))
    assert not is_in(client)


def test_a_changed_role_counts_at_once(at, consultant, connect):
    client = at("desk")()
    log_in(client, consultant)
    is_in(client)
    connect("owner").execute("UPDATE login_user SET role = 'supervisor'")
    request = client.get("/second-factor/").wsgi_request
    assert request.user.role == "supervisor"


# --- the one way around the questions -------------------------------------------------


def _request(client):
    from django.contrib.auth.middleware import AuthenticationMiddleware

    request = RequestFactory().get("/")
    request.session = SessionStore(client.cookies["desk_session"].value)
    AuthenticationMiddleware(lambda _: HttpResponse()).process_request(request)
    recall(request)
    return request


def test_a_view_that_checks_in_sql_is_spared_the_questions(
    at, consultant, django_assert_num_queries
):
    client = at("desk")()
    log_in(client, consultant)
    assert _request(client).user == consultant
    with django_assert_num_queries(0):
        request = _request(client)
        assert request.user == consultant
        assert request.user.role == "consultant"
        assert len(request.session.digest) == 40
    with pytest.raises(RuntimeError):
        request.session.save()


def test_who_has_not_shown_a_second_factor_is_not_remembered(at, consultant):
    client = at("desk")()
    give_password(client, consultant)
    assert not _request(client).user.is_authenticated
    assert caches["local"].get(f"session:{StaffSession.objects.get().session_key}") is None


def test_end_sessions_ends_half_way_logins_too(at, consultant):
    client = at("desk")()
    give_password(client, consultant)
    assert services.end_sessions(consultant) == 1
    assert client.get("/login/code/").headers["Location"] == "/login/"

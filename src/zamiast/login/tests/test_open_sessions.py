"""Sessions end: unused, too old, at the end of the shift, from the list, by a supervisor."""

import datetime

import psycopg
import pytest
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.login import open_sessions, services
from zamiast.login.models import StaffSession

from .conftest import is_in, log_in

PHONE = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def two(at, consultant):
    """The same consultant in two browsers."""
    Site = at("desk")
    here, there = Site(), Site(headers={"User-Agent": PHONE})
    log_in(here, consultant)
    log_in(there, consultant)
    return here, there


def digest(client) -> str:
    return client.session.digest


def test_the_list_says_device_and_time_and_ends_one(two, consultant):
    here, there = two
    page = here.get("/sessions/").content.decode()
    assert "Chrome, Android" in page
    assert digest(there) not in page, "what is stored of a key does not leave the server"
    handle = next(one.handle for one in open_sessions.of(consultant, this=digest(here))
                  if not one.is_this)  # fmt: skip
    assert here.post("/sessions/end/", {"which": handle}).headers["Location"] == "/sessions/"
    assert not is_in(there)
    assert is_in(here)


def test_all_others_end_and_this_one_stays(two):
    here, there = two
    here.post("/sessions/end/", {"which": "others"})
    assert not is_in(there)
    assert is_in(here)


def test_nobody_ends_the_session_of_somebody_else_from_the_list(two, at, as_role):
    here, _ = two
    with as_role("owner"):
        other = people.consultant("K-777")
    stranger = at("desk")()
    log_in(stranger, other)
    stranger.post("/sessions/end/", {"which": open_sessions._handle(digest(here))})
    assert is_in(here)


def test_a_supervisor_ends_all_sessions_of_somebody_at_once(two, at, as_role, connect):
    here, there = two
    chief = at("desk")()
    with as_role("owner"):
        boss = people.consultant("K-700", "supervisor")
    at("desk")
    log_in(chief, boss)
    assert "K-417" in chief.get("/staff/").content.decode()
    assert chief.post("/staff/end/", {"k_number": "K-417"}).status_code == 302
    assert not is_in(here)
    assert not is_in(there)
    assert is_in(chief)
    reasons = connect("owner").execute(
        "SELECT actor, purpose FROM audit_event WHERE what = 'login.sessions_ended_by_supervisor'"
    )
    assert reasons.fetchall() == [("K-700", "K-417")]


def test_a_consultant_ends_nobody_elses_sessions(two):
    here, _ = two
    assert here.get("/staff/").status_code == 403
    assert here.post("/staff/end/", {"k_number": "K-417"}).status_code == 403


def test_an_unused_session_ends(two, settings):
    here, _ = two
    row = StaffSession.objects.get(pk=digest(here))
    idle = datetime.timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    assert abs(row.expire_date - timezone.now() - idle) < datetime.timedelta(seconds=30)
    StaffSession.objects.filter(pk=row.pk).update(expire_date=timezone.now())
    assert not is_in(here)


def test_use_is_noted_once_a_minute_not_at_every_request(two, django_assert_num_queries):
    here, _ = two
    row = StaffSession.objects.get(pk=digest(here))
    is_in(here)
    is_in(here)
    assert StaffSession.objects.get(pk=row.pk).last_seen_at == row.last_seen_at
    earlier = timezone.now() - datetime.timedelta(seconds=61)
    StaffSession.objects.filter(pk=row.pk).update(
        last_seen_at=earlier, expire_date=timezone.now() + datetime.timedelta(minutes=1)
    )
    is_in(here)
    seen = StaffSession.objects.get(pk=row.pk)
    assert seen.last_seen_at > row.last_seen_at
    assert seen.expire_date > timezone.now() + datetime.timedelta(minutes=30)


def unused_since(client, minutes: float, **more) -> datetime.datetime:
    """Nobody has used this session for so long."""
    earlier = timezone.now() - datetime.timedelta(minutes=minutes)
    StaffSession.objects.filter(pk=digest(client)).update(last_seen_at=earlier, **more)
    return earlier


def test_a_page_that_asks_by_itself_is_no_use(two, connect):
    here, _ = two
    end = timezone.now() + datetime.timedelta(minutes=1)
    earlier = unused_since(here, 59, expire_date=end)
    call = "/call/6f1c1a9e-5a34-4e5c-9d6e-111111111111/confirm/state/"
    for address in ("/call/now/", call):
        for _try in range(3):
            assert here.get(address).status_code == 200
    here.post("/case/100001/here/", {"writing": "0"})
    row = StaffSession.objects.get(pk=digest(here))
    assert (row.last_seen_at, row.expire_date) == (earlier, end)
    connect("owner").execute("UPDATE login_user SET role = 'supervisor'")
    assert here.get("/supervisor/now/").status_code == 200
    assert StaffSession.objects.get(pk=digest(here)).last_seen_at == earlier


def test_who_types_into_such_a_page_uses_it(two):
    here, _ = two
    earlier = unused_since(here, 59)
    here.post("/case/100001/here/", {"writing": "1", "kind": "note", "text": "x"})
    assert StaffSession.objects.get(pk=digest(here)).last_seen_at > earlier


def test_the_end_of_the_shift_ends_this_session_however_busy(two):
    here, there = two
    at = timezone.localtime() + datetime.timedelta(minutes=10)
    here.post("/sessions/shift/", {"at": f"{at:%H:%M}"})
    row = StaffSession.objects.get(pk=digest(here))
    assert row.expire_date == row.ends_at == at.replace(second=0, microsecond=0)
    StaffSession.objects.filter(pk=row.pk).update(
        last_seen_at=timezone.now() - datetime.timedelta(minutes=5)
    )
    assert is_in(here)
    assert StaffSession.objects.get(pk=row.pk).expire_date == row.ends_at
    assert StaffSession.objects.get(pk=digest(there)).ends_at is None
    StaffSession.objects.filter(pk=row.pk).update(expire_date=timezone.now())
    assert not is_in(here)


@pytest.mark.parametrize("nonsense", ["", "25:00", "soon"])
def test_nonsense_ends_no_shift(two, nonsense):
    here, _ = two
    here.post("/sessions/shift/", {"at": nonsense})
    assert StaffSession.objects.get(pk=digest(here)).ends_at is None


def test_a_new_key_makes_no_session_younger(two):
    here, _ = two
    long_ago = timezone.now() - datetime.timedelta(hours=11)
    session = here.session
    session["began"] = long_ago.timestamp()
    session.save()
    session.cycle_key()
    row = StaffSession.objects.get(pk=session.digest)
    assert abs(row.created_at - long_ago) < datetime.timedelta(seconds=1)
    assert row.expire_date <= row.created_at + datetime.timedelta(hours=12)


# --- what the role of the desk cannot do any more ---------------------------------------


FORBIDDEN = [
    "UPDATE login_user SET password = 'x'",
    "DELETE FROM mfa_authenticator",
    "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
    " SELECT id, 'webauthn', '{}', now() FROM login_user LIMIT 1",
    """UPDATE mfa_authenticator SET data = '{"secret": "mine"}'""",
    "UPDATE mfa_authenticator SET user_id = user_id + 1",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_logins_are_changed_in_a_session_of_their_owner_only(two, connect, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("desk").execute(statement)


def test_a_session_changes_its_own_users_password_only(two, connect, as_role):
    here, _ = two
    with as_role("owner"):
        other = people.consultant("K-778")
    desk = connect("desk")
    desk.execute("SELECT set_config('zamiast.session', %s, false)", [digest(here)])
    own = StaffSession.objects.get(pk=digest(here)).user_id
    assert desk.execute("UPDATE login_user SET password = password || 'x' WHERE id = %s", [own])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute("UPDATE login_user SET password = 'x' WHERE id = %s", [other.pk])


def test_the_last_factor_stays_even_in_a_session_of_its_owner(two, connect):
    here, _ = two
    desk = connect("desk")
    desk.execute("SELECT set_config('zamiast.session', %s, false)", [digest(here)])
    own = StaffSession.objects.get(pk=digest(here)).user_id
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [own])


def test_a_spent_code_is_not_made_good_again(two, connect):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("desk").execute("""UPDATE mfa_authenticator SET data = data - 'last_counter'""")


def test_the_operator_still_takes_everything_away(two, as_role):
    here, _ = two
    with as_role("owner"):
        services.invite_staff_again("K-417")
        assert Event.objects.filter(what="login.staff_invited_again").exists()
    assert not is_in(here)

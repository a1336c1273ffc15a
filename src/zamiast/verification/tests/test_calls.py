"""Taking calls and trying numbers, many at once: the database decides."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event
from zamiast.errors import Conflict, NotFound
from zamiast.login import factors
from zamiast.login.sessions import SessionStore
from zamiast.pure import identifier
from zamiast.verification import selectors, services
from zamiast.verification.models import Call, NotActive


@pytest.fixture
def consultant(database, site):
    site("desk")
    return people.consultant()


def in_parallel(work, times):
    def alone(_):
        try:
            return work()
        except Conflict as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


def session_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "zamiast.login.backends.SiteBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[factors.SHOWN] = True
    session.create()
    return session


def test_a_consultant_takes_one_call_however_often_the_button_is_pressed(consultant, as_role):
    with as_role("desk"):
        results = in_parallel(lambda: bool(services.take_call(consultant)), 8)
    assert sorted(results, key=str) == [True] + ["verification.one_call"] * 7
    assert Call.objects.count() == 1
    assert Event.objects.filter(what="call.taken").count() == 1


def test_numbers_tried_at_once_do_not_slip_past_the_limit(consultant, as_role):
    session = session_of(consultant)
    with as_role("desk"):
        call = services.take_call(consultant)
        results = in_parallel(
            lambda: services.identify(session.digest, call.pk, identifier.generate()).outcome, 10
        )
    assert sorted(results) == ["limited"] * 7 + ["not_active"] * 3
    assert NotActive.objects.filter(was_limited=False).count() == 3
    assert Event.objects.filter(what="call.identify").count() == 10


def test_hanging_up_ends_the_own_call_once(consultant, as_role):
    other = people.consultant("K-418")
    with as_role("desk"):
        call = services.take_call(consultant)
        with pytest.raises(NotFound):
            services.hang_up(call.pk, other)
        services.hang_up(call.pk, consultant)
        with pytest.raises(NotFound):
            services.hang_up(call.pk, consultant)
    assert Event.objects.filter(what="call.ended").count() == 1


def test_what_the_desk_reads_of_a_call_names_no_account(consultant, as_role):
    session = session_of(consultant)
    account = people.account(language="uk")
    number = str(account.identifiers.get().number)
    with as_role("desk"):
        call = services.take_call(consultant)
        before = selectors.under_way(consultant)
        services.identify(session.digest, call.pk, number)
        now = selectors.under_way(consultant, call.pk)
    assert (before.is_identified, before.language) == (False, None)
    assert (now.id, now.is_identified, now.language) == (call.pk, True, "uk")
    assert not hasattr(now, "account_id")


def test_tries_are_counted_by_consultant(consultant, as_role):
    session = session_of(consultant)
    with as_role("desk"):
        call = services.take_call(consultant)
        for _ in range(4):
            services.identify(session.digest, call.pk, identifier.generate())
        since = timezone.now() - timezone.timedelta(hours=1)
        tries = selectors.tries_since(since)
    assert tries == [selectors.Tries("K-417", 1, 3, 1)]

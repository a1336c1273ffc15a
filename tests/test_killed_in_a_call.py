"""Both sites as real processes, killed (SIGKILL) in the middle of seven requests at once.

A lock on the log stops each request where it has changed its rows and is about to write its
event. Then the processes die, and only then the database goes on: it finishes what was one
statement, and takes back what was a transaction.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

import psycopg
import pytest

from tests import people
from tests.database import HOME, server
from zamiast.audit.models import Event
from zamiast.errors import Conflict
from zamiast.helpline.models import Case
from zamiast.portal.models import Link
from zamiast.verification.models import Alarm, Call, Confirmation, Suspension
from zamiast.verification.tests.conftest import begin, session_of, shift  # noqa: F401

CSRF = "k" * 32


class Site:
    """A site as it is served in production, in a process group of its own."""

    def __init__(self, name: str, database: str) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.name, self.database = name, database
        self.start()

    def start(self) -> None:
        environment = {**os.environ, "ZAMIAST_DATABASE_NAME": self.database}
        del environment["DJANGO_SETTINGS_MODULE"]
        command = [sys.executable, "-m", "zamiast", "serve", self.name, "--port", str(self.port)]
        command += ["--workers", "1", "--threads", "8"]
        with (HOME / f"killed-{self.name}-{self.database}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        _until(lambda: self.process.poll() is None and self._answers())

    def kill(self) -> None:
        """No orderly end: as if the machine had run out of memory."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def post(self, path: str, session: str, **data: str) -> int | None:
        """The status of the answer; None where the process died before it."""
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        cookies = f"{self.name}_session={session}; {self.name}_csrf={CSRF}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        try:
            line.request("POST", path, urlencode({**data, "csrfmiddlewaretoken": CSRF}), headers)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()

    def _answers(self) -> bool:
        line = http.client.HTTPConnection("localhost", self.port, timeout=1)
        try:
            line.request("GET", "/alive/")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


def _until(so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it did not come to this in time"
        time.sleep(0.05)


@pytest.fixture
def sites(database, site):
    """The two sites, and how they are killed; nothing of them is left afterwards."""
    desk, portal = Site("desk", database), Site("portal", database)
    yield desk, portal
    for one in (desk, portal):
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def talk_of(begin, site):  # noqa: F811
    """``talk_of("typing")``: a call of a holder who is logged in to the portal."""

    def make(name):
        holder = people.holder(name)
        talk = begin(account=Link.objects.get(user=holder).account_id)
        site("portal")
        talk.holder = session_of(holder).session_key
        site("desk")
        return talk

    return make


@pytest.fixture
def watcher(database):
    """Who sees what the connections of all roles wait for: an administrator."""
    with psycopg.connect(**server().administrator().conninfo(), autocommit=True) as connection:
        yield connection


class InFlight:
    """Requests that stand at the log, while somebody holds it."""

    def __init__(self, owner, watcher, database) -> None:
        self.owner, self.watcher, self.database = owner, watcher, database
        self.statuses, self.threads = [], []
        owner.execute("BEGIN")
        owner.execute("LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE")

    def post(self, *told, **data) -> None:
        """Send it from a thread, and wait until it stands."""
        site, *values = told
        thread = threading.Thread(
            target=lambda: self.statuses.append(site.post(*values, **data)), daemon=True
        )
        self.threads.append(thread)
        thread.start()
        _until(lambda: len(self.standing()) == len(self.threads) or bool(self.statuses))
        assert self.statuses == [], f"{values[0]} did not come so far"

    def standing(self) -> list[int]:
        """The database's processes that wait for the log."""
        found = self.watcher.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
            " AND usename IN ('zamiast_desk', 'zamiast_portal')",
            [self.database],
        )
        return [pid for (pid,) in found.fetchall()]

    def let_go(self) -> None:
        """The database goes on, and notices that nobody listens."""
        left = self.standing()
        self.owner.execute("COMMIT")
        _until(lambda: not self.owner.execute(
            "SELECT FROM pg_stat_activity WHERE pid = ANY (%s)", [left]
        ).fetchall())  # fmt: skip
        for thread in self.threads:
            thread.join(30)


def said(what, talk, **more):
    return Event.objects.filter(what=what, call=talk.call, **more).exists()


def state_of(talk):
    return Confirmation.objects.get(call=talk.call).state


def test_processes_killed_in_the_middle_confirm_nothing_that_was_not(
    sites,
    talk_of,
    connect,
    watcher,
    database,
    shift,  # noqa: F811
):
    desk, portal = sites
    right, wrong, declines, looks, ends, asks, not_me = talks = [
        talk_of(name) for name in ("right", "wrong", "declines", "looks", "ends", "asks", "not-me")
    ]
    asked = (right, wrong, declines)
    digits = {talk.call: talk.ask() for talk in asked}
    prompts = {talk.call: str(talk.prompt().id) for talk in asked}
    for talk in (looks, ends, not_me):
        talk.confirm()
    flight = InFlight(connect("owner"), watcher, database)
    typed = "/calls/question/"
    flight.post(portal, typed, right.holder, prompt=prompts[right.call], digits=digits[right.call])
    other = f"{(int(digits[wrong.call]) + 1) % 10**6:06}"
    flight.post(portal, typed, wrong.holder, prompt=prompts[wrong.call], digits=other)
    flight.post(portal, f"{typed}decline/", declines.holder, prompt=prompts[declines.call])
    flight.post(portal, f"/calls/{not_me.call}/not-me/", not_me.holder)
    key = {talk.call: talk.session.session_key for talk in talks}
    flight.post(desk, f"/call/{looks.call}/confirm/fields/", key[looks.call], field="name")
    flight.post(desk, f"/call/{ends.call}/hang-up/", key[ends.call])
    flight.post(
        desk, f"/call/{asks.call}/confirm/", key[asks.call], matter="wrong_data", field="name"
    )
    desk.kill()
    portal.kill()
    flight.let_go()
    assert flight.statuses == [None] * 7, "nobody got an answer, so nobody saw a field or a number"

    # Each is whole: with its event, or as if it had never begun.
    typed_right = said("call.confirmation_typed", right, outcome="confirmed")
    assert state_of(right) == ("confirmed" if typed_right else "waiting")
    assert state_of(wrong) == ("mistyped" if said("call.confirmation_typed", wrong) else "waiting")
    assert state_of(declines) == (
        "declined" if said("call.confirmation_declined", declines) else "waiting"
    )
    assert said("call.ended", ends) == (Call.objects.get(pk=ends.call).ended_at is not None)
    question = Confirmation.objects.filter(call=asks.call)
    assert said("call.confirmation_asked", asks) == question.exists()
    assert not question.filter(state="confirmed").exists()
    assert not Suspension.objects.exists()
    assert not Alarm.objects.filter(kind="not_me").exists()
    assert not Case.objects.exists()
    answered = connect("owner").execute("SELECT FROM verification_reading WHERE is_answered")
    assert answered.fetchall() == []
    for talk in (wrong, declines, asks):
        with pytest.raises(Conflict):
            talk.open("name")

    # The sites come back, and everybody goes on.
    desk.start()
    portal.start()
    assert portal.post(f"/calls/{not_me.call}/not-me/", not_me.holder) == 302
    assert Suspension.objects.get().account_id == not_me.account
    assert desk.post(f"/call/{looks.call}/confirm/fields/", key[looks.call], field="name") == 200
    assert desk.post(f"/call/{ends.call}/hang-up/", key[ends.call]) == 302
    assert Call.objects.get(pk=ends.call).ended_at
    again = wrong.ask()
    new = str(wrong.prompt().id)
    assert portal.post(typed, wrong.holder, prompt=new, digits=again) == 302
    assert wrong.state().is_confirmed

    # And where nobody does anything any more, no question stays open.
    shift("1 day")
    for talk in talks:
        assert talk.prompt() is None
        with pytest.raises(Conflict):
            talk.open("name")

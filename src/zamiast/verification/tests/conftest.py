"""A call between a consultant with a session and a holder with an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests import people

from zamiast.audit.services import Actor
from zamiast.login import factors
from zamiast.login.sessions import SessionStore
from zamiast.registry import selectors
from zamiast.verification import answering, confirming, services
from zamiast.verification.models import Confirmation

HOLDER = Actor("holder", "login-1")


def session_of(user: Any) -> SessionStore:
    """A session of a member of staff that showed both factors."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "zamiast.login.backends.SiteBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[factors.SHOWN] = True
    session.create()
    return session


@dataclass
class Talk:
    """A call under way, with both ends; ``as_role`` moves Django to one of them."""

    as_role: Any
    user: Any
    session: SessionStore
    account: int
    call: UUID

    def ask(self, matter="wrong_data", fields=("name", "birth_date", "address")):
        """The desk asks; the six digits."""
        with self.as_role("desk"):
            return confirming.ask(self.session.digest, self.call, matter=matter, fields=fields)

    def state(self, session=None):
        """What the desk sees."""
        with self.as_role("desk"):
            return confirming.state((session or self.session).digest, self.call)

    def open(self, *fields, session=None):
        """The desk opens fields."""
        with self.as_role("desk"):
            return confirming.open_fields((session or self.session).digest, self.call, fields)

    def prompt(self):
        """What the holder sees."""
        with self.as_role("portal"):
            return answering.prompt(self.account)

    def type(self, digits, *, prompt=None, account=None, about=None):
        """The holder types."""
        account = account or self.account
        prompt = prompt or self.prompt().id
        with self.as_role("portal"):
            return answering.type_number(
                prompt, account, about=about or account, digits=digits, by=HOLDER
            )

    def decline(self):
        """The holder says: I am not calling."""
        prompt = self.prompt().id
        with self.as_role("portal"):
            return answering.decline(prompt, self.account, by=HOLDER)

    def not_me(self):
        """The holder says afterwards: that was not me."""
        with self.as_role("portal"):
            return answering.not_me(self.call, self.account, case_number=None, by=HOLDER)

    def confirm(self, **asked):
        """Ask and type it right."""
        assert self.type(self.ask(**asked)) == "confirmed"

    def hang_up(self):
        """The consultant hangs up."""
        with self.as_role("desk"):
            services.hang_up(self.call, self.user)


def other(digits):
    """Six digits that are wrong."""
    return f"{(int(digits) + 1) % 10**6:06}"


def only_state():
    return Confirmation.objects.get().state


@pytest.fixture
def begin(database, site, as_role):
    """``begin()``: a call in which an identifier was said; ``begin(account=…)`` names whose."""
    site("desk")
    made = iter(range(417, 500))

    def start(account=None, user=None, number=None):
        account = account or people.account(family_name="Brzęczyszczykiewicz").pk
        user = user or people.consultant(f"K-{next(made)}")
        session = session_of(user)
        if number is None:
            number = str(selectors.current_identifier(account).number)
        with as_role("desk"):
            call = services.take_call(user).pk
            services.identify(session.digest, call, number)
        return Talk(as_role, user, session, account, call)

    return start


@pytest.fixture
def talk(begin):
    return begin()


@pytest.fixture
def shift(database):
    """``shift("20 minutes")``: everything in the table of confirmations happened earlier."""
    from django.db import connection

    def earlier(interval):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE verification_confirmation SET asked_at = asked_at - %s::interval,"
                " expires_at = expires_at - %s::interval, answered_at = answered_at - %s::interval,"
                " until = until - %s::interval",
                [interval] * 4,
            )

    return earlier

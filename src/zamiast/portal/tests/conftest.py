"""What the portal's tests share: a holder, and browsers at the portal under its own role."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from tests import people

from zamiast.audit.services import Actor, Purpose, record
from zamiast.guardianship.tests import family as made
from zamiast.helpline.models import Case
from zamiast.portal.models import Link
from zamiast.portal.tests.push_service import PushService

CONSULTANT = Actor("staff", "K-417")


@pytest.fixture
def at_portal(site, as_role) -> Iterator[Callable[..., Client]]:
    """``at_portal(user)``: from now on Django is logged in to the database as the portal."""
    with contextlib.ExitStack() as stack:

        def go(user=None, language: str = "en", **more: object) -> Client:
            stack.close()
            site("portal")
            stack.enter_context(as_role("portal"))
            client = Client(**more)
            client.cookies["language"] = language
            if user is not None:
                client.force_login(user)
            return client

        yield go


@pytest.fixture
def holder(database):
    return people.holder()


@pytest.fixture
def account(holder):
    return Link.objects.select_related("account").get(user=holder).account


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    """Our own push service; only there the worker may send."""
    settings.PUSH_HOSTS = ["127.0.0.1"]
    settings.INSECURE_HTTP = True
    settings.PUSH_CONTACT = "https://konto.example"
    running = PushService()
    yield running
    running.close()


def number_of(account) -> int:
    """The current identifier, straight from the database."""
    return account.identifiers.current().get().number


def looked(account, what: str = "call.identify", outcome: str = "identified", **more) -> None:
    """Something that a consultant did."""
    purpose = Purpose(**more)
    record(what, by=CONSULTANT, account=account.pk, outcome=outcome, purpose=purpose)


def case_of(account, consultant=None, **more) -> Case:
    """A case that a consultant opened."""
    opened_by = consultant or people.consultant()
    values = {"matter": "lost_identifier", "level": 1, "opened_by_name": "K-417", **more}
    return Case.objects.create(account_id=account.pk, opened_by=opened_by, **values)


def person(username: str, **more):
    user = people.holder(username, given_names=username.title(), **more)
    account = Link.objects.get(user=user).account_id
    made.registry.mark_used(account, by=made.OPERATOR)
    return user, account


@pytest.fixture
def home(database):
    """Maria insures Zofia; Piotr has authority and sees nothing."""
    maria, mother = person("maria", birth_date=datetime.date(1985, 1, 2))
    piotr, father = person("piotr", birth_date=datetime.date(1984, 1, 2))
    child = made.child()
    for one in (mother, father):
        made.parent(one, child)
    made.insured(child, mother)
    return made.Family(mother, father, child), maria, piotr

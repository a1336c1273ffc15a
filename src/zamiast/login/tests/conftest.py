"""What the tests of the way in share: clients at a site under its real role."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from tests import people


@pytest.fixture
def at(site, as_role) -> Iterator[Callable[[str], type[Client]]]:
    """``at("desk")``: from now on this process is that site, logged in as its database role."""
    import contextlib

    with contextlib.ExitStack() as stack:

        def go(name: str) -> type[Client]:
            stack.close()
            site(name)
            stack.enter_context(as_role(name))
            return Client

        yield go


@pytest.fixture
def consultant(database):
    return people.consultant()


@pytest.fixture
def holder(database):
    return people.holder()


@pytest.fixture
def newcomer(database):
    """A member of staff with a password and no second factor yet."""
    user = people.consultant("K-500")
    user.authenticator_set.all().delete()
    return user


def give_password(client: Client, user, password: str = people.PASSWORD, **more: str):
    return client.post("/login/", {"login": user.username, "password": password, **more})


def log_in(client: Client, user):
    """Password, then the code of the moment."""
    assert give_password(client, user).headers["Location"] == "/login/code/"
    return client.post("/login/code/", {"code": people.code(user)})


def is_in(client: Client) -> bool:
    """Whether this browser is logged in completely: a page for persons opens."""
    return client.get("/login/again/code/").status_code == 200

"""Families of the stories: people who can log in, and the facts around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests import people
from zamiast.guardianship.tests import family as made
from zamiast.login.models import User
from zamiast.portal.models import Link
from zamiast.registry.models import Account


@dataclass
class Someone:
    """A person with a login and an account that is in use."""

    user: User
    account: int


def someone(username: str, given: str, family: str = "Zawadzka", **more: Any) -> Someone:
    """Somebody who logged in before."""
    user = people.holder(username, given_names=given, family_name=family, **more)
    account = Link.objects.get(user=user).account_id
    made.registry.mark_used(account, by=made.OPERATOR)
    return Someone(user, account)


def child(given: str, *parents: Someone, born: Any = None) -> int:
    """A child with the authority of these parents."""
    account = people.account(
        given_names=given, family_name="Zawadzki", birth_date=born or made.years_ago(9)
    ).pk
    for parent in parents:
        made.parent(parent.account, account)
    return account


def turn_18_today(account: int) -> None:
    """The birthday that begins at midnight in Warsaw."""
    born = made.TODAY.replace(year=made.TODAY.year - 18)
    person = Account.objects.get(pk=account).person
    person.birth_date = born
    person.save(update_fields=["birth_date"])


def named(button: str, whom: str) -> re.Pattern[str]:
    """A button with what it is about, said to screen readers only."""
    return re.compile(rf"{button}\s*: {whom}")

"""A family to try things on: made by the owner, so that any role can then be tried."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from tests import people

from zamiast.audit.services import OPERATOR, Actor
from zamiast.guardianship import models
from zamiast.login.models import StaffSession, User
from zamiast.pure.access.calendar import warsaw_day
from zamiast.registry import services as registry
from zamiast.registry.models import Account, Identifier

HOLDER = Actor("holder", "holder")
TODAY = warsaw_day(timezone.now())


def days(count: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=count)


def years_ago(count: int, plus: int = 0) -> datetime.date:
    return TODAY.replace(year=TODAY.year - count) + datetime.timedelta(days=plus)


def adult(name: str = "Anna", *, used: bool = True, **more: Any) -> int:
    account = people.account(given_names=name, **more)
    if used:
        registry.mark_used(account.pk, by=OPERATOR)
    return looked_at(account.pk)


def child(name: str = "Zofia", born: datetime.date | None = None) -> int:
    return looked_at(people.account(given_names=name, birth_date=born or years_ago(9)).pk)


def looked_at(account: int) -> int:
    """As if a specialist had just opened a case with this account: the desk reads its facts."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO guardianship_look (account_id) VALUES (%s)", [account])
    return account


def number(account: int) -> str:
    return str(Identifier.objects.current().get(account=account).number)


def row(table: type[models.Row], account: int, /, **more: Any) -> Any:
    values = {"since": years_ago(5), "source": "import", "entered_by": "test", **more}
    return table.objects.create(account_id=account, **values)


def parent(person: int, of: int, **more: Any) -> Any:
    return row(models.Representation, of, person_id=person, role="parent", **more)


def insured(of: int, by: int, **more: Any) -> Any:
    values = {"insurer_id": by, "published_on": years_ago(4), "payer": "employer", **more}
    return row(models.Insurance, of, **values)


@dataclass
class Family:
    mother: int
    father: int
    child: int


def family(**more: Any) -> Family:
    """The mother insures the child and sees it; the father has authority and does not."""
    found = Family(adult("Maria"), adult("Piotr"), child(**more))
    parent(found.mother, found.child)
    parent(found.father, found.child)
    insured(found.child, found.mother)
    return found


def specialist(k_number: str) -> User:
    return User.objects.staff(k_number, role="specialist")


def showed_now(user: User, ago: float = 0) -> str:
    """The digest of a session in which a second factor was shown so many seconds ago."""
    now = timezone.now()
    return str(
        StaffSession.objects.create(
            session_key=secrets.token_hex(20), session_data="", user=user,
            expire_date=now + datetime.timedelta(hours=1),
            factor_at=now - datetime.timedelta(seconds=ago),
        ).pk
    )  # fmt: skip


def registry_account(pk: int) -> Account:
    return Account.objects.get(pk=pk)

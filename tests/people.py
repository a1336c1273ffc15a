"""People for tests: made through the product's own services."""

from __future__ import annotations

import datetime

from zamiast.audit.services import OPERATOR
from zamiast.login.models import User
from zamiast.registry import services
from zamiast.registry.models import Account, Person

PASSWORD = "bardzo dobre haslo 417"


def person(family_name: str = "Nowak", given_names: str = "Anna", **more: object) -> Person:
    """A person in the registry."""
    values = {"birth_date": datetime.date(1951, 3, 17), "city": "Lublin", **more}
    return Person.objects.create(family_name=family_name, given_names=given_names, **values)


def account(**more: object) -> Account:
    """An open account with an active identifier."""
    return services.open_account(person(**more), by=OPERATOR)


def consultant(k_number: str = "K-417", role: str = "consultant") -> User:
    """A member of staff with a password and a second factor (``code`` gives its code)."""
    user = User.objects.staff(k_number, role=role)
    return _with_factors(user)


def holder(username: str = "anna", **more: object) -> User:
    """A holder with a login, linked to an account of their own."""
    from zamiast.portal.models import Link

    user = _with_factors(User.objects.holder(username))
    Link.objects.create(user=user, account=account(**more))
    return user


def _with_factors(user: User) -> User:
    from allauth.mfa.models import Authenticator

    from zamiast.login import secrets

    user.set_password(PASSWORD)
    user.save()
    data = {"secret": secrets.encrypt(SECRET)}
    Authenticator.objects.create(user=user, type="totp", data=data)
    return user


def code(user: User) -> str:
    """The one-time code of the moment, from the secret that ``_with_factors`` gave.

    A code works once; when the last one was used in this window, the next window's is taken.
    """
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    counter = int(time.time()) // 30
    if _used.get(user.pk) == counter:
        counter += 1
    _used[user.pk] = counter
    return str(format_hotp_value(hotp_value(SECRET, counter)))


SECRET = "JBSWY3DPEHPK3PXP"
_used: dict[int, int] = {}

"""People for tests: made through the product's own services."""

from __future__ import annotations

import datetime
import itertools

from zamiast.audit.services import OPERATOR
from zamiast.login.models import User
from zamiast.registry import services
from zamiast.registry.models import Account, Person

PASSWORD = "bardzo dobre haslo 417"
_K_NUMBERS = itertools.count(50_000)


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


def colleague(role: str = "consultant") -> User:
    """A member of staff with a K-number that nobody else has, whichever tests run beside."""
    return consultant(f"K-{next(_K_NUMBERS)}", role)


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
    """The next one-time code that will be accepted.

    Where all codes of this moment were used, it is as if a minute had gone by since.
    """
    from allauth.mfa.models import Authenticator

    from zamiast.login import codes

    found = codes.current_code(user)
    if codes.counter_of(SECRET, found) is None:
        factor = Authenticator.objects.get(user_id=user.pk, type=Authenticator.Type.TOTP)
        factor.data[codes.LAST] -= 2
        factor.save(update_fields=["data"])
        found = codes.current_code(user)
    return found


SECRET = "JBSWY3DPEHPK3PXP"

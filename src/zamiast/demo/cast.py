"""The named people of the demo: holders with their families, and staff of the helpline.

``install`` may run again at any time: it adds what is missing and leaves what people
did in the demo. All logins share one password, which works in demo mode only
(``zamiast.demo.hashers``); each has a one-time-code secret of its own.
"""

from __future__ import annotations

import base64
import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from zamiast.demo.stage import SOURCE, Part, refuse_outside_demo

if TYPE_CHECKING:
    from zamiast.login.models import User
    from zamiast.registry.intake import PersonRow
    from zamiast.registry.models import Account

PASSWORD = "identyfikator zamiast pesel"  # noqa: S105 - public on purpose, see zamiast.demo.hashers


@dataclass(frozen=True)
class Staff:
    """One of the staff."""

    username: str
    k_number: str
    role: str
    about: str


@dataclass(frozen=True)
class Login:
    """A login to show to who tries the demo."""

    username: str
    about: str


_LUBLIN = ("ul. Lipowa 12/3", "20-020", "Lublin")
_NEAR = ("ul. Ogrodowa 5/18", "20-075", "Lublin")
_KRAKOW = ("ul. Długa 41/7", "31-146", "Kraków")
_POZNAN = ("ul. Polna 8/2", "60-535", "Poznań")

HOLDERS = (
    Part("anna", "Nowak", "Anna", datetime.date(1951, 3, 17), "female", _LUBLIN,
         "patient, 75, a grandmother", "anna"),
    Part("stanislaw", "Nowak", "Stanisław", datetime.date(1948, 9, 2), "male", _LUBLIN,
         "dead: the account is closed", died_on=datetime.date(2025, 11, 2)),
    Part("piotr", "Nowak", "Piotr", datetime.date(1981, 6, 24), "male", _NEAR,
         "parent of two", "piotr"),
    Part("zofia", "Nowak", "Zofia", datetime.date(2014, 4, 11), "female", _NEAR,
         "child of Piotr, 12"),
    Part("jan", "Nowak", "Jan", datetime.date(2018, 12, 6), "male", _NEAR, "child of Piotr, 7"),
    Part("kacper", "Wiśniewski", "Kacper", datetime.date(2009, 5, 30), "male", _KRAKOW,
         "a teenager, 17", "kacper"),
    Part("oksana", "Kovalenko", "Oksana", datetime.date(1990, 8, 24), "female", _KRAKOW,
         "patient, in Ukrainian", "oksana", language="uk"),
    Part("ewa", "Lewandowska", "Ewa Maria", datetime.date(1967, 1, 29), "female", _POZNAN,
         "patient whose identifier is suspended", "ewa", suspended=True),
    Part("john", "Smith", "John", datetime.date(1975, 11, 5), "male", _POZNAN,
         "patient, in English", "john", language="en"),
)  # fmt: skip

STAFF = (
    Staff("konsultant", "K-417", "consultant", "consultant K-417"),
    Staff("konsultantka", "K-223", "consultant", "consultant K-223"),
    Staff("kierownik", "K-101", "supervisor", "supervisor K-101"),
    Staff("specjalista", "K-301", "specialist", "specialist K-301"),
    Staff("specjalistka", "K-302", "specialist", "specialist K-302"),
    Staff("iod", "K-901", "dpo", "data protection officer K-901"),
)


def everybody() -> tuple[Part, ...]:
    """The cast of holders, and the families around them."""
    from zamiast.demo import families

    return (*HOLDERS, *families.parts())


def logins() -> list[Login]:
    """Every login of the demo, patients first; needs no database."""
    holders = [Login(part.login, part.about) for part in everybody() if part.login]
    return holders + [Login(staff.username, staff.about) for staff in STAFF]


def install() -> None:
    """Add whoever of the cast is missing. Raises Misconfigured outside the demo."""
    from django.db import transaction

    from zamiast.demo import families

    refuse_outside_demo()
    with transaction.atomic():
        add(HOLDERS)
        for staff in STAFF:
            _staff(staff)
        families.install()


def add(parts: Sequence[Part]) -> None:
    """Add those of the people who are missing, with accounts, identifiers and logins."""
    from zamiast.audit.services import machine
    from zamiast.registry import intake
    from zamiast.registry.models import SourceRecord

    here = set(SourceRecord.objects.filter(system=SOURCE).values_list("value", flat=True))
    missing = [part for part in parts if part.key not in here]
    if missing:
        batch = [intake.Incoming(((SOURCE, part.key),), _row(part)) for part in missing]
        intake.receive(batch, by=machine("demo"))
    for part in parts:
        person = SourceRecord.objects.get(system=SOURCE, value=part.key).person
        account = person.account
        if part in missing:
            _begin(part, account)
        if part.login:
            _link(part, account)


def _row(part: Part) -> PersonRow:
    from zamiast.registry.intake import PersonRow

    line, postal_code, city = part.address
    return PersonRow(
        family_name=part.family_name, given_names=part.given_names, birth_date=part.birth_date,
        gender=part.gender, address_line=line, postal_code=postal_code, city=city,
        language=part.language,
    )  # fmt: skip


def _begin(part: Part, account: Account) -> None:
    """Give a new account its identifier, and its state."""
    from zamiast.audit.services import machine
    from zamiast.registry import services

    services.issue_identifier(account, by=machine("demo"))
    if part.suspended:
        services.suspend_identifier(account.pk, by=machine("demo"))
    if part.died_on:
        services.note_death(account.person, died_on=part.died_on, by=machine("demo"))


def _link(part: Part, account: Account) -> None:
    from zamiast.login.models import User
    from zamiast.portal.models import Link

    user = User.objects.filter(username=part.login).first()
    user = user or User.objects.holder(part.login, language=part.language)
    _can_log_in(user)
    Link.objects.get_or_create(user=user, defaults={"account": account})


def _staff(staff: Staff) -> None:
    from zamiast.login.models import User

    user = User.objects.filter(k_number=staff.k_number).first()
    user = user or User.objects.staff(staff.k_number, role=staff.role, username=staff.username)
    _can_log_in(user)


@cache
def _stored_password() -> str:
    """One hash for all: it is slow on purpose, and this password is no secret."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def _can_log_in(user: User) -> None:
    """Password and second factor, made anew where they do not work."""
    from allauth.mfa.models import Authenticator

    from zamiast.errors import Misconfigured
    from zamiast.login import secrets

    if not (user.has_usable_password() and user.check_password(PASSWORD)):
        user.password = _stored_password()
        user.save(update_fields=["password"])
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    try:
        secrets.decrypt(codes.data["secret"] if codes else "")
    except (Misconfigured, ValueError):
        secret = base64.b32encode(os.urandom(20)).decode()
        Authenticator.objects.update_or_create(
            user=user,
            type=Authenticator.Type.TOTP,
            defaults={"data": {"secret": secrets.encrypt(secret)}},
        )

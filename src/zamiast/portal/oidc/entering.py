"""From what a provider says to a login: by the issuer's subject, the first time by the number.

Kept are issuer and subject, and nothing else of what the provider says. Where the
subject is itself a national number, the person's place in the registry stands in for it:
the vault is asked whose the number is at each login, and no number is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from zamiast.audit import doorway
from zamiast.errors import BadInput, ZamiastError
from zamiast.login import services as logins
from zamiast.login.models import User
from zamiast.portal.oidc.providers import SUBJECT, Provider
from zamiast.registry import services as registry
from zamiast.registry.vault.client import Kind, Number, Vault, normal

_TAIL = re.compile(r"(?:^|[^0-9])([0-9]{11})$")  # 85…, PNOPL-85…, urn:…:85…


class NoAccount(Exception):
    """Nobody here fits, or the account is closed: told in one and the same way."""


class VaultAway(Exception):
    """The vault does not answer now, or was asked too often."""


@dataclass(frozen=True)
class Entered:
    """Whose login it is, and what stands for the subject."""

    user: User
    subject: str


def enter(provider: Provider, subject: str, number: Number | None, *, language: str) -> Entered:
    """The login of who stands before the provider. Raises NoAccount, VaultAway.

    The first time, the number is matched in the vault, and the account gets its login.
    """
    person = None
    if provider.number_claim == SUBJECT:
        person = _whose(number)
        subject = f"person:{person}"
    user = _entered(provider, subject, person, language)
    if user is None and person is None and number is not None:
        user = _entered(provider, subject, _whose(number), language)
    if user is None:
        raise NoAccount
    return Entered(user, subject)


def number_in(provider: Provider, claims: dict[str, Any]) -> Number | None:
    """The national number in the claim that the operator named; None where there is none."""
    value = claims.get(provider.number_claim) if provider.number_claim else None
    found = _TAIL.search(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return normal(Number(Kind.PESEL, found[1]))
    except BadInput:
        return None


def looks_like_a_number(subject: str) -> bool:
    """Whether a subject may hold a PESEL though the operator did not say so: never kept.

    >>> looks_like_a_number("44051401458@gov.example"), looks_like_a_number("anna")
    (True, False)
    """
    is_one = number_in(_ANY, {SUBJECT: subject}) is not None
    return is_one or doorway.let_through(subject).found > 0


def _whose(number: Number | None) -> int:
    if number is None:
        raise NoAccount
    try:
        with Vault() as vault:
            matched = vault.match(number)
    except ZamiastError as error:
        raise VaultAway(error.code) from None
    if matched.person is None:
        raise NoAccount
    return matched.person


def _entered(provider: Provider, subject: str, person: int | None, language: str) -> User | None:
    """One transaction: the login is found or made, and the account counts as used."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT user_id, account_id FROM portal_enter(%s::text, %s::text, %s::bigint,"
                " %s::text)",
                [provider.issuer, subject, person, language],
            )
            row = cursor.fetchone()
        if row is None:
            return None
        user = User.objects.get(pk=row[0])
        registry.mark_used(row[1], by=logins.actor(user))
        return user


_ANY = Provider("", "", "", "", (), SUBJECT, (), {"pl": ""})

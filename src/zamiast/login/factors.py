"""The second factor: who has one, and which session showed one.

A session counts as logged in only when it showed a second factor itself: at login,
or by setting up the first one. That the user *has* one is not enough: somebody who
knows the password may hold a session from before the factor was set up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

BY_PROVIDER = "provider"  # the identity provider asked for a second factor itself
SHOWN = "second_factor"  # the mark in the session
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only stand in


def shown(request: HttpRequest) -> bool:
    """Whether this session showed a second factor."""
    return bool(request.session.get(SHOWN))


def last_shown(data: Mapping[str, Any], user: int, *, passkey_only: bool = False) -> float | None:
    """When a user last showed a factor in a session with these data, in seconds of the clock."""
    if not data.get(SHOWN) or data.get("account_authentication_methods_user") != str(user):
        return None
    for one in reversed(data.get(AUTHENTICATION_METHODS_SESSION_KEY) or []):
        if one.get("method") != "mfa" or not one.get("reauthenticated"):
            continue
        if not passkey_only or one.get("type") == Authenticator.Type.WEBAUTHN:
            return float(one["at"])
    return None


def kinds(user: AbstractBaseUser) -> set[str]:
    """The kinds of factors that a user has, recovery codes among them."""
    return set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))


def has_one(user: AbstractBaseUser) -> bool:
    """Whether a user has an app or a passkey."""
    return bool(kinds(user) & set(REAL))


def is_last(authenticator: Authenticator) -> bool:
    """Whether its owner would be left without any second factor."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=REAL)
    return authenticator.type in REAL and not others.exclude(pk=authenticator.pk).exists()

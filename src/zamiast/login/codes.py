"""One-time codes of the app (RFC 6238): each is accepted once.

allauth forgets a used code after 30 seconds although its window is 90 seconds wide,
and remembers it in the cache only. Here the last accepted half-minute stands in the
row of the factor itself, under a lock; nothing at or before it is accepted again.
"""

from __future__ import annotations

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from zamiast.errors import NotFound

LAST = "last_counter"


def current_code(user: AbstractBaseUser) -> str:
    """The code that the app shows now; the coming one when this one was used already.

    For demo logins only. Raises NotFound where the user has no app.
    """
    factor = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
    if factor is None:
        raise NotFound("login.no_app", "This login has no app for one-time codes.")
    counter = max(_now(), factor.data.get(LAST, 0) + 1)
    return _code(decrypt(factor.data["secret"]), counter)


def counter_of(secret: str, code: str) -> int | None:
    """The half-minute to which a code belongs, where that is one of those accepted now."""
    around = app_settings.TOTP_TOLERANCE
    for counter in range(_now() - around, _now() + around + 1):
        if compare_user_code(actual=code, expected=_code(secret, counter)):
            return counter
    return None


def accept(user: AbstractBaseUser, code: str) -> Authenticator | None:
    """The factor that accepts this code, which is spent then; None when none does.

    The code may be one of the app's or a recovery code.
    """
    with transaction.atomic():
        factors = Authenticator.objects.select_for_update().filter(user_id=user.pk)
        for factor in factors.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"):
            if _spend(factor, code):
                return factor
    return None


def _spend(factor: Authenticator, code: str) -> bool:
    if factor.type == Authenticator.Type.RECOVERY_CODES:
        return bool(factor.wrap().validate_code(code))
    counter = counter_of(decrypt(factor.data["secret"]), code)
    if counter is None or counter <= factor.data.get(LAST, 0):
        return False
    note_spent(factor, counter)
    return True


def note_spent(factor: Authenticator, counter: int) -> None:
    """Remember the last half-minute whose code was accepted."""
    factor.data[LAST] = counter
    factor.save(update_fields=["data"])


def _now() -> int:
    return int(time.time()) // int(app_settings.TOTP_PERIOD)


def _code(secret: str, counter: int) -> str:
    return str(format_hotp_value(hotp_value(secret, counter)))

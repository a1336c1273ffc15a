"""What happens to logins: each verb one transaction with one audit line."""

from __future__ import annotations

import datetime
import hashlib
import re
import secrets as random
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from zamiast.audit.services import OPERATOR, Actor, Purpose, record
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.login.models import (
    K_NUMBER,
    HolderSession,
    Invitation,
    Kind,
    Role,
    StaffSession,
    User,
)


@dataclass(frozen=True)
class Invited:
    """Who was invited, the secret of the link, and until when it works."""

    user: User
    token: str
    expires_at: datetime.datetime


def actor(user: User) -> Actor:
    """A user as the actor of an event: staff by K-number, holders by the number of the login."""
    if user.kind == Kind.STAFF:
        return Actor("staff", user.k_number or "")
    return Actor("holder", f"login {user.pk}")


def digest(token: str) -> bytes:
    """What is stored of an invitation's secret.

    >>> len(digest("secret"))
    32
    """
    return hashlib.sha256(token.encode()).digest()


def lock(user: User) -> User:
    """The user's row, locked: one change of factors or password at a time, no login meanwhile."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def speak_as(session_digest: str) -> None:
    """Name the session of this transaction: a change of passwords or factors needs its owner's.

    Checked by triggers in the database (``sql/narrow.sql``).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zamiast.session', %s, true)", [session_digest])


def showed_factor(user: User, session_digest: str) -> bool:
    """Whether this session is the user's and showed a code or a passkey right before.

    Inside a transaction, which speaks as the session from then on.
    """
    speak_as(session_digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT login_showed_factor(%s::bigint)", [user.pk])
        return bool(cursor.fetchone()[0])


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End a user's sessions and half-way logins, except the one whose digest is ``but``."""
    table = StaffSession if user.kind == Kind.STAFF else HolderSession
    ended, _ = (
        table.objects.filter(Q(user=user) | Q(candidate=user))
        .exclude(session_key=but or "")
        .delete()
    )
    return int(ended)


# --- the operator ------------------------------------------------------------


def invite_staff(k_number: str, *, role: str, language: str = "pl") -> Invited:
    """Make a login for a new member of staff, and the secret of its one-time link.

    Raises BadInput for a malformed K-number or an unknown role, Conflict where the
    K-number is taken.
    """
    _check(k_number, role)
    try:
        with transaction.atomic():
            user = User.objects.staff(k_number, role=role, language=language)
            record("login.staff_invited", by=OPERATOR, purpose=Purpose(reason=f"{k_number} {role}"))
            return _invitation(user)
    except IntegrityError as error:
        raise Conflict(
            "login.taken",
            f"{k_number} has a login already. Who lost the password or the second factor is"
            " invited with --again.",
        ) from error


def invite_staff_again(k_number: str, *, role: str | None = None) -> Invited:
    """Take away password, factors and sessions, and give a new one-time link.

    Somebody deactivated comes back. Raises NotFound where nobody has this K-number.
    """
    _check(k_number, role)
    with transaction.atomic():
        user = lock(_staff(k_number))
        user.set_unusable_password()
        user.is_active = True
        user.role = role or user.role
        user.save(update_fields=["password", "is_active", "role"])
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        reason = f"{k_number} {user.role}"
        record("login.staff_invited_again", by=OPERATOR, purpose=Purpose(reason=reason))
        return _invitation(user)


def deactivate_staff(k_number: str) -> int:
    """Lock a member of staff out at once; return how many sessions ended.

    Raises NotFound where nobody has this K-number.
    """
    with transaction.atomic():
        user = lock(_staff(k_number))
        user.is_active = False
        user.save(update_fields=["is_active"])
        Invitation.objects.filter(user=user, used_at=None).delete()
        record("login.staff_deactivated", by=OPERATOR, purpose=Purpose(reason=k_number))
        return end_sessions(user)


def check_k_number(k_number: str) -> None:
    """Raises BadInput where the text is no K-number."""
    if not re.fullmatch(K_NUMBER, k_number):
        raise BadInput(
            "login.k_number",
            "This is no K-number. A K-number is the letter K, a hyphen and digits: K-417.",
        )


def _check(k_number: str, role: str | None) -> None:
    check_k_number(k_number)
    if role is not None and role not in Role.values:
        raise BadInput("login.role", f"The role is one of: {', '.join(Role.values)}.")


def _staff(k_number: str) -> User:
    user = User.objects.filter(k_number=k_number).first()
    if user is None:
        raise NotFound("login.nobody", f"Nobody has the K-number {k_number}.")
    return user


def _invitation(user: User) -> Invited:
    """A new link; earlier ones that were not used stop working."""
    Invitation.objects.filter(user=user, used_at=None).delete()
    token = random.token_urlsafe(32)
    expires_at = timezone.now() + Invitation.LIFETIME
    Invitation.objects.create(user=user, digest=digest(token), expires_at=expires_at)
    return Invited(user, token, expires_at)


# --- the user ------------------------------------------------------------------


def invited_by(token_digest: bytes) -> User | None:
    """Whose open invitation this is; None for a wrong, used or expired one alike."""
    found = Invitation.objects.open().filter(digest=token_digest).select_related("user").first()
    return found.user if found else None


def accept_invitation(token_digest: bytes, password: str) -> User:
    """Use up an invitation and set the password; of two at once, one wins.

    Raises NotFound for a wrong, used or expired one alike.
    """
    with transaction.atomic():
        user = invited_by(token_digest)
        # Without a join: behind one, PostgreSQL would let both of two at once through.
        unused = Invitation.objects.filter(digest=token_digest, used_at__isnull=True)
        if user is None or not unused.update(used_at=timezone.now()):
            raise NotFound("login.no_invitation")
        user = lock(user)
        set_password(user, password)
        end_sessions(user)
        record("login.invitation_accepted", by=actor(user))
        return user


def change_password(user: User, password: str, *, keep: str) -> None:
    """Set a new password and end all sessions but the one whose digest is ``keep``."""
    with transaction.atomic():
        speak_as(keep)
        lock(user)
        set_password(user, password)
        end_sessions(user, but=keep)
        record("login.password_changed", by=actor(user))


def set_password(user: User, password: str) -> None:
    """Write the password only: the sites may not write other columns of a user."""
    user.set_password(password)
    user.save(update_fields=["password"])

"""Reading who works at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from zamiast.login import factors
from zamiast.login.models import Invitation, Kind, User


@dataclass
class Member:
    """A member of staff.

    ``state`` is ``active``, ``invited``, ``invitation expired``, ``no second factor``
    or ``deactivated``.
    """

    k_number: str
    login: str
    role: str
    language: str
    state: str


def staff() -> list[Member]:
    """Everybody at the desk, by K-number."""
    real = Authenticator.objects.filter(user=OuterRef("pk"), type__in=factors.REAL)
    waiting = Invitation.objects.open().filter(user=OuterRef("pk"))
    found = User.objects.filter(kind=Kind.STAFF).annotate(
        factor=Exists(real), invited=Exists(waiting)
    )
    members = [
        Member(user.k_number or "", user.username, user.role or "", user.language, _state(user))
        for user in found
    ]
    return sorted(members, key=lambda member: int(member.k_number.removeprefix("K-")))


def _state(user: User) -> str:
    if not user.is_active:
        return "deactivated"
    if not user.has_usable_password():
        return "invited" if user.invited else "invitation expired"  # type: ignore[attr-defined]
    return "active" if user.factor else "no second factor"  # type: ignore[attr-defined]

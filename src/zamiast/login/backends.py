"""Who may log in where: holders at the portal, staff at the desk."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.cache import caches

from zamiast.login.models import Kind, User


def kind_of_site() -> str:
    """The kind of user that this process serves."""
    return Kind.STAFF if settings.SITE == "desk" else Kind.HOLDER


class SiteBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, for users of this site's kind only."""

    def user_can_authenticate(self, user: User) -> bool:
        """Whether this user may log in here."""
        return user.is_active and user.kind == kind_of_site()

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session; kept in memory because the session is confirmed anyway."""
        key = f"user:{user_id}"
        user: User | None = caches["local"].get(key)
        if user is None:
            user = User.objects.filter(pk=user_id).first()
            if user is None or not self.user_can_authenticate(user):
                return None
            caches["local"].set(key, user, 60)
        return user

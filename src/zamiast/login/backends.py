"""Who may log in where: holders at the portal, staff at the desk."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from zamiast.login.models import Kind, User


def kind_of_site() -> str:
    """The kind of user that this process serves."""
    return Kind.STAFF if settings.SITE == "desk" else Kind.HOLDER


class SiteBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, for active users of this site's kind only."""

    def user_can_authenticate(self, user: User) -> bool:
        """Whether this user may log in here."""
        return user.is_active and user.kind == kind_of_site()

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, asked for at every request."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Forget whose password was right: a deactivated user gets the answer of a wrong one.

        allauth keeps such a user and leads to a page "this account is inactive", which
        would tell a thief that the password is good.
        """

"""One user for both sites, with a kind; sessions of the two sites apart.

Row-level security (``sql/rows.sql``) lets the portal's role see holders only and
the desk's role staff only, whatever a query forgets.
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from zamiast.audit.fields import GuardedCharField

K_NUMBER = r"^K-[0-9]{1,8}$"


class Kind(models.TextChoices):
    """Which site a user belongs to."""

    HOLDER = "holder"
    STAFF = "staff"


class Role(models.TextChoices):
    """What a member of staff does."""

    CONSULTANT = "consultant"
    SUPERVISOR = "supervisor"
    SPECIALIST = "specialist"
    DPO = "dpo"  # the data protection officer


class UserManager(BaseUserManager["User"]):
    """Makes holders and staff."""

    def holder(self, username: str, *, language: str = "pl") -> User:
        """Make a holder's login without a password yet."""
        user = self.model(username=username.lower(), kind=Kind.HOLDER, language=language)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def staff(
        self, k_number: str, *, role: str, username: str | None = None, language: str = "pl"
    ) -> User:
        """Make a login for a member of staff, known to callers as ``k_number``."""
        user = self.model(
            username=(username or k_number).lower(),
            kind=Kind.STAFF,
            role=role,
            k_number=k_number,
            language=language,
        )
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can log in to one of the two sites."""

    username = GuardedCharField(max_length=150, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    role = models.CharField(max_length=16, choices=Role.choices, null=True)  # noqa: DJ001
    k_number = models.CharField(max_length=16, null=True, unique=True)  # noqa: DJ001
    language = models.CharField(max_length=2, default="pl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="login_user_kind_fits_role",
                condition=models.Q(kind=Kind.HOLDER, role__isnull=True, k_number__isnull=True)
                | models.Q(kind=Kind.STAFF, role__in=Role.values, k_number__isnull=False),
                violation_error_message="Staff have a role and a K-number, holders have neither.",
            ),
            # What is typed is lowered before it is looked up, so that the index serves.
            models.CheckConstraint(
                name="login_user_username_is_lower_case",
                condition=models.Q(username=Lower("username")),
                violation_error_message="A login is written in lower case.",
            ),
            models.CheckConstraint(
                name="login_user_k_number_form",
                condition=models.Q(k_number__isnull=True) | models.Q(k_number__regex=K_NUMBER),
                violation_error_message="A K-number is the letter K, a hyphen and digits.",
            ),
        ]

    def __str__(self) -> str:
        return self.k_number or self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. It is not hashed anew on the way.

        At that moment nobody is known yet, and the database lets a site write passwords
        in a session of their owner only (``sql/narrow.sql``).
        """
        return raw_password is not None and check_password(raw_password, self.password)

    @property
    def is_holder(self) -> bool:
        """Whether this is a holder of an account."""
        return self.kind == Kind.HOLDER

    @property
    def is_staff_member(self) -> bool:
        """Whether this is a member of the helpline's staff."""
        return self.kind == Kind.STAFF


class _Session(AbstractBaseSession):
    """A session: its key is stored as a digest only, so a copy of the table opens nothing.

    ``user`` logged in with both factors; ``candidate`` has given a password only.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    candidate = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=40, default="")  # words of ``devices.label``
    ends_at = models.DateTimeField(null=True)  # the end of the shift
    factor_at = models.DateTimeField(null=True)  # when a code or a passkey was shown last

    class Meta:
        abstract = True

    def latest_end(self) -> datetime.datetime:
        """When it ends however busy it is: at the end of the shift, or when it is too old."""
        oldest = self.created_at + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return min(oldest, self.ends_at or oldest)

    def end_from(self, now: datetime.datetime) -> datetime.datetime:
        """When it ends if nobody uses it from now on."""
        idle = datetime.timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        return min(now + idle, self.latest_end())

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        """The store that reads and writes these rows."""
        from zamiast.login.sessions import SessionStore

        return SessionStore


class HolderSession(_Session):
    """A session at the portal."""


class StaffSession(_Session):
    """A session at the desk."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, named by adjectives."""

    def open(self) -> InvitationQuerySet:
        """Those that can still be taken up."""
        return self.filter(
            used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )


class Invitation(models.Model):
    """A one-time link with which a new user sets the password and the second factor.

    Only the digest of what the link carries is stored.
    """

    LIFETIME = datetime.timedelta(days=3)

    user = models.ForeignKey(User, models.CASCADE)
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation of {self.user}"

"""Sessions in the database, one table for each site, keys stored as digests.

What a session holds is also kept in this process's memory, so that a request needs
no query to know who it may be. Whether the session still stands is asked in the
database at every request: by ``confirm`` for most pages, or inside the SQL function
that does the work, where speed matters. A logout takes effect at once, everywhere.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.cache import caches
from django.db import connection

from zamiast.login import models

_REMEMBERED = 600  # seconds


def digest(key: str) -> str:
    """What is stored of a session key: 40 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """The session of a request."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        """The table of the site that this process serves."""
        return models.StaffSession if settings.SITE == "desk" else models.HolderSession

    @property
    def digest(self) -> str:
        """The stored form of this session's key."""
        return digest(self.session_key or "")

    def load(self) -> dict[str, Any]:
        """Read the session, from memory when this process has it."""
        if not self.session_key:
            return super().load()
        remembered = caches["local"].get(f"session:{self.digest}")
        if remembered is not None:
            return dict(remembered)
        data = super().load()
        if data:
            caches["local"].set(f"session:{self.digest}", dict(data), _REMEMBERED)
        return data

    def confirm(self) -> bool:
        """Ask the database whether this session and its user still stand.

        Forgets the session in memory when not, or when another process changed it.
        """
        row = _stands(self.digest, self.get_model_class()._meta.db_table)
        local = caches["local"]
        if row is None or local.get(f"version:{self.digest}") not in (None, row):
            self.forget()
        if row is not None:
            local.set(f"version:{self.digest}", row, _REMEMBERED)
        return row is not None

    def forget(self) -> None:
        """Drop what this process remembers of the session, so that it is read anew."""
        caches["local"].delete(f"session:{self.digest}")
        self.__dict__.pop("_session_cache", None)

    def save(self, must_create: bool = False) -> None:
        """Write the session and forget the remembered copy."""
        super().save(must_create=must_create)
        caches["local"].delete(f"session:{self.digest}")

    def delete(self, session_key: str | None = None) -> None:
        """End the session."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()
            caches["local"].delete(f"session:{digest(key)}")

    def exists(self, session_key: str) -> bool:
        """Whether a session with this key stands."""
        return self.model.objects.filter(session_key=digest(session_key)).exists()

    def _get_session_from_db(self) -> Any:
        key = self.session_key
        self._session_key = self.digest
        try:
            found = super()._get_session_from_db()
        finally:
            if self._session_key is not None:
                self._session_key = key
        return found

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to write, with the user's number beside the encoded data."""
        user = data.get("_auth_user_id")
        return self.model(
            session_key=self.digest,
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=int(user) if user else None,
        )


def _stands(session_digest: str, table: str) -> str | None:
    """A fingerprint of the session's row while it and its user stand, else None."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT md5(s.session_data || u.is_active || u.kind || coalesce(u.role, ''))"  # noqa: S608
            f" FROM {table} s LEFT JOIN login_user u ON u.id = s.user_id"
            " WHERE s.session_key = %s AND s.expire_date > now()"
            " AND (s.user_id IS NULL OR u.is_active)",
            [session_digest],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0] or "anonymous"


__all__ = ["CreateError", "SessionStore", "digest"]

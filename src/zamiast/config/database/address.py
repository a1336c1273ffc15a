"""The address of the database for each role.

``DATABASE_URL`` names any PostgreSQL (15 or newer); without it, the embedded
server is meant. Each role logs in by itself: ``DATABASE_URL_DESK`` and the like
win; otherwise the role's name and its own secret replace those in ``DATABASE_URL``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from zamiast.config import env
from zamiast.errors import Misconfigured

ROLES = ("owner", "portal", "desk", "api", "worker", "importer", "vault")
NAME = "zamiast"


@dataclass(frozen=True)
class Address:
    """One login to one database."""

    host: str
    port: str
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()

    def django(self) -> dict[str, Any]:
        """The same as an entry of Django's ``DATABASES``."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }

    def environment(self) -> dict[str, str]:
        """The same for PostgreSQL's own programs, so that no secret stands in a command line."""
        values = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGDATABASE": self.name,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        values.update({f"PG{key.upper()}": value for key, value in self.options})
        return {key: value for key, value in values.items() if value}

    def conninfo(self) -> dict[str, Any]:
        """The same as keyword arguments of ``psycopg.connect``."""
        values = {
            "host": self.host,
            "port": self.port,
            "dbname": self.name,
            "user": self.user,
            "password": self.password,
            **dict(self.options),
        }
        return {key: value for key, value in values.items() if value}


def role_name(role: str) -> str:
    """The name of a role in the cluster: ``desk`` is ``zamiast_desk``."""
    return f"zamiast_{role}"


def role_password(role: str) -> str:
    """The SCRAM secret of one role: ``ZAMIAST_DATABASE_PASSWORD_DESK``, or its own file."""
    given = env.text(f"ZAMIAST_DATABASE_PASSWORD_{role.upper()}")
    return given or env.kept_secret(f"database_{role}")


def is_embedded() -> bool:
    """Whether no other database is named, so that the embedded server is meant."""
    return not env.text("DATABASE_URL")


def of_role(role: str) -> Address:
    """The address with which a process of this role logs in."""
    named = env.text(f"DATABASE_URL_{role.upper()}")
    if named:
        return parse(named)
    base = server()
    return replace(base, user=role_name(role), password=role_password(role))


def server() -> Address:
    """The database without a role: ``DATABASE_URL``, or the embedded server's socket."""
    named = env.text("DATABASE_URL")
    if named:
        return parse(named)
    name = env.text("ZAMIAST_DATABASE_NAME", NAME)
    return Address(host=str(env.home() / "run"), port="5432", name=name, user="", password="")


def parse(url: str) -> Address:
    """Take a ``postgresql://`` address apart; a socket folder may stand in ``?host=``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Misconfigured("database.url", "DATABASE_URL must begin with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return Address(
        host=query.pop("host", "") or parts.hostname or "",
        port=query.pop("port", "") or str(parts.port or ""),
        name=unquote(parts.path.lstrip("/")) or NAME,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple(sorted(query.items())),
    )


def unparse(address: Address) -> str:
    """The address as a ``postgresql://`` text, a socket folder as ``?host=``."""
    user = quote(address.user, safe="")
    if address.password:
        user += ":" + quote(address.password, safe="")
    return (
        f"postgresql://{user}@/{quote(address.name, safe='')}"
        f"?host={quote(address.host, safe='')}&port={address.port or 5432}"
    )

"""``zamiast database prepare``: the database and its roles, before the first migration.

Roles are cluster-wide, so an administrator makes them: the embedded server's
superuser, or whoever ``ZAMIAST_DATABASE_ADMIN_URL`` names. Where nobody may,
``statements()`` is the SQL to hand to the administrator, without secrets in clear.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

import psycopg
from psycopg import sql

from zamiast.config.database import address, embedded

# What a role of a serving process must never be.
PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
# No values in the server's log, whoever's server it is.
QUIET = {**embedded.QUIET_LOG, "log_min_messages": "fatal"}


def statements(database: str = address.NAME, *, with_database: bool = True) -> list[str]:
    """The SQL that an administrator runs, roles first; running it twice does no harm."""
    lines = [line for role in address.ROLES for line in _role(role)]
    owner = address.role_name("owner")
    if with_database:
        lines.append(f'CREATE DATABASE "{database}" OWNER {owner} TEMPLATE template0 ENCODING UTF8')
    lines.append(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
    for role in address.ROLES:
        lines.append(_connecting(role, database))
    return lines


# Large objects belong to whoever makes them: storage beside our tables, their row policies
# and the backup. An administrator who does not own these functions is told so.
_NO_LARGE_OBJECTS = """
DO $$ BEGIN
    REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(int), lo_from_bytea(oid, bytea),
        lo_put(oid, bigint, bytea), lowrite(int, bytea), lo_import(text), lo_import(text, oid)
        FROM PUBLIC;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'A superuser has to revoke EXECUTE on lo_create and its like from PUBLIC.';
END $$"""


def inside() -> list[str]:
    """The SQL that an administrator runs inside the database, after ``statements``."""
    owner = address.role_name("owner")
    lines = ["REVOKE ALL ON SCHEMA public FROM PUBLIC", f"GRANT ALL ON SCHEMA public TO {owner}"]
    lines += [
        f"GRANT USAGE ON SCHEMA public TO {address.role_name(role)}" for role in address.ROLES[1:]
    ]
    lines.append(_NO_LARGE_OBJECTS)
    # The owner need not own the database; the vault's migration then finds its schema made.
    return [*lines, f"CREATE SCHEMA IF NOT EXISTS vault AUTHORIZATION {owner}"]


def statements_for(role: str, database: str = address.NAME) -> list[str]:
    """The SQL for one role that is missing, with its way into the database."""
    usage = f"GRANT USAGE ON SCHEMA public TO {address.role_name(role)}"
    return [*_role(role), _connecting(role, database), usage]


def _connecting(role: str, database: str) -> str:
    return f'GRANT CONNECT ON DATABASE "{database}" TO {address.role_name(role)}'


def _role(role: str) -> list[str]:
    name = address.role_name(role)
    secret = scram(address.role_password(role))
    create = (
        f"DO $$ BEGIN CREATE ROLE {name} {PLAIN}; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    quiet = [f"ALTER ROLE {name} SET {key} = '{value}'" for key, value in QUIET.items()]
    # A role may change settings of its own, and so leave something behind: they are begun anew.
    plain = [f"ALTER ROLE {name} WITH {PLAIN} PASSWORD '{secret}'", f"ALTER ROLE {name} RESET ALL"]
    return [create, *plain, *quiet]


def prepare(administrator: address.Address, database: str = address.NAME) -> None:
    """Make roles and database; a second run changes nothing but secrets that changed."""
    with psycopg.connect(**administrator.conninfo(), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        for statement in statements(database, with_database=found.fetchone() is None):
            connection.execute(sql.SQL(statement))
    with psycopg.connect(
        **{**administrator.conninfo(), "dbname": database}, autocommit=True
    ) as connection:
        for statement in inside():
            connection.execute(sql.SQL(statement))


def scram(password: str) -> str:
    """The SCRAM-SHA-256 verifier that PostgreSQL stores (RFC 5803), made on this side.

    So the secret itself is neither sent to the server nor seen in its log.
    """
    salt, rounds = os.urandom(16), 4096
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    client = hmac.digest(salted, b"Client Key", "sha256")
    server = hmac.digest(salted, b"Server Key", "sha256")
    stored = hashlib.sha256(client).digest()
    parts = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${rounds}:{parts[0]}${parts[1]}:{parts[2]}"


def missing_roles() -> list[str]:
    """The roles that the server does not have; an upgrade may bring one. Empty when unreachable."""
    names = {role: address.role_name(role) for role in address.ROLES}
    try:
        with psycopg.connect(
            **address.of_role("owner").conninfo(), connect_timeout=5
        ) as connection:
            found = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(names.values())]
            )
            known = {row[0] for row in found.fetchall()}
    except psycopg.OperationalError:
        return []  # the migration itself says why
    return [role for role, name in names.items() if name not in known]


def check(role: str) -> str | None:
    """Try to log in as one role; return None, or what is wrong in a sentence."""
    try:
        with psycopg.connect(**address.of_role(role).conninfo(), connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        return f"{address.role_name(role)} cannot log in: {reason}"
    return None

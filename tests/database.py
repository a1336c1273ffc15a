"""The database server of a test run: where it is, how a database of it is cloned.

Importing this module gives the run a home of its own, before Django reads its settings.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3


def _base() -> Path:
    """Where the homes of test runs are: in memory where there is room, for a clone is 700 files."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return Path("/var/lib/zamiast/tests") if os.geteuid() == 0 else Path(tempfile.gettempdir())


BASE = _base()
if "ZAMIAST_TEST_HOME" not in os.environ:
    BASE.mkdir(parents=True, exist_ok=True)
    os.environ["ZAMIAST_TEST_HOME"] = tempfile.mkdtemp(prefix="zamiast-", dir=BASE)
    Path(os.environ["ZAMIAST_TEST_HOME"]).chmod(0o755)
    for name in [name for name in os.environ if name.startswith("DATABASE_URL")]:
        del os.environ[name]  # the tests never touch a database that somebody uses
HOME = Path(os.environ["ZAMIAST_TEST_HOME"])
os.environ["ZAMIAST_HOME"] = str(HOME)
os.environ.setdefault("ZAMIAST_WORDS", str(BASE / "words"))  # written once, not in every run
os.environ["ZAMIAST_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"

import django  # noqa: E402

django.setup()

from zamiast.config.database import address, embedded  # noqa: E402

TEMPLATE = "zamiast"
FAST = (
    *(("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")),
    *(("max_wal_size", "128MB"), ("min_wal_size", "32MB")),
)


def server() -> embedded.Embedded:
    """The cluster of this test run."""
    named = os.environ.get("ZAMIAST_TEST_POSTGRES_BIN")
    return embedded.Embedded(HOME, Path(named) if named else None, FAST)


@contextlib.contextmanager
def clone(cluster: embedded.Embedded, name: str) -> Iterator[str]:
    """A database of its own, copied from the template; dropped afterwards."""
    import psycopg

    owner = address.role_name("owner")
    with psycopg.connect(**cluster.administrator().conninfo(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        with (HOME / "lock").open("w") as lock:  # one copy of the template at a time
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection.execute(
                f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" OWNER {owner} STRATEGY FILE_COPY'
            )
        for role in address.ROLES:
            connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {address.role_name(role)}')
        connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        try:
            yield name
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def point_django_at(name: str, role: str = "owner") -> None:
    """Let Django's default connection log in to a database as a role."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["USER"] = address.role_name(role)
    connection.settings_dict["PASSWORD"] = address.role_password(role)

"""What all tests share: a database server of their own, cloned templates, real logins.

The first test that needs a database starts one cluster for the whole run (the
embedded server, or the programs that ``ZAMIAST_TEST_POSTGRES_BIN`` names), migrates
a template and leaves it untouched. Each worker works in a clone of the template;
a test that commits gets a clone of its own (fixture ``database``).
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.database import HOME, TEMPLATE, clone, point_django_at, server

from zamiast.config.database import address, embedded, prepare

COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")

# Doctests are looked for in all modules; these do something when they are imported.
collect_ignore_glob = ["src/zamiast/config/wsgi.py", "src/zamiast/*/migrations/*"]


def pytest_configure(config: pytest.Config) -> None:
    """Have the list of word forms written while the tests begin; sites do not start without."""
    from zamiast.helpline import words

    if not hasattr(config, "workerinput"):
        words.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the cluster and remove everything of this run."""
    if not hasattr(config, "workerinput"):
        if (HOME / "postgresql").exists():
            server().stop()
        shutil.rmtree(HOME, ignore_errors=True)


LONGEST_FIRST = ("journeys", "vault", "test_backup.py", "test_demo_run.py", "tests/pure")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that touch the database, so that they can run on another PostgreSQL too.

    Files that take long come first: none of them keeps a worker busy while the other idles.
    """
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"template_database", "db", "database", "sites"}:
            item.add_marker(pytest.mark.database)
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """Where the file stands in the row; files of one place keep their order."""
    ranks = [rank for rank, part in enumerate(LONGEST_FIRST) if part in str(item.path)]
    return min(ranks, default=len(LONGEST_FIRST))


@pytest.fixture(scope="session")
def template_database() -> embedded.Embedded:
    """The running cluster with a migrated template; made by whichever worker is first."""
    cluster = server()
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not cluster.is_running():
            cluster.start()
            prepare.prepare(cluster.administrator(), TEMPLATE)
            command = [sys.executable, "-m", "zamiast", "database", "migrate"]
            subprocess.run(command, check=True, capture_output=True)
    return cluster


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    """Which of the parallel workers this is."""
    return getattr(request.config, "workerinput", {}).get("workerid", "gw")


@pytest.fixture(scope="session")
def django_db_setup(
    template_database: embedded.Embedded, django_db_blocker: Any, worker_name: str
) -> Iterator[None]:
    """pytest-django's ``db``: one clone for each worker, each test rolled back."""
    with clone(template_database, f"test_{worker_name}") as name:
        with django_db_blocker.unblock():
            point_django_at(name)
        yield
        with django_db_blocker.unblock():
            point_django_at(name)


@pytest.fixture
def database(
    template_database: embedded.Embedded, django_db_blocker: Any, worker_name: str
) -> Iterator[str]:
    """A clone of its own for a test that commits; Django logs in as the owner."""
    from django.db import connection

    before = dict(connection.settings_dict)
    with clone(template_database, f"own_{worker_name}") as name, django_db_blocker.unblock():
        point_django_at(name)
        try:
            yield name
        finally:
            connection.close()
            connection.settings_dict.update(before)


@pytest.fixture
def as_role(database: str) -> Callable[[str], Any]:
    """``with as_role("desk"):`` lets Django log in to the test's database as that role."""
    roles = ["owner"]

    @contextlib.contextmanager
    def switch(role: str) -> Iterator[None]:
        roles.append(role)
        point_django_at(database, role)
        try:
            yield
        finally:
            roles.pop()
            point_django_at(database, roles[-1])

    return switch


@pytest.fixture
def connect(database: str) -> Iterator[Callable[[str], Any]]:
    """``connect("desk")`` opens a psycopg connection as that role, with its own secret."""
    import psycopg

    with contextlib.ExitStack() as stack:

        def open_one(role: str) -> Any:
            values = {**address.of_role(role).conninfo(), "dbname": database}
            return stack.enter_context(psycopg.connect(**values, autocommit=True))

        yield open_one


@pytest.fixture(autouse=True)
def _forget_everything() -> Iterator[None]:
    """No test sees what another one left in this process's memory."""
    yield
    from django.conf import settings

    if settings.configured:
        from django.core.cache import caches

        caches["local"].clear()


@pytest.fixture(autouse=True)
def _force_login_with_both_factors(monkeypatch: pytest.MonkeyPatch) -> None:
    """``client.force_login`` leaves what a real login leaves: a session that showed both factors.

    As after a real login, they were shown just now. Only for users who have a second factor;
    others end at its set-up, as they do for real.
    """
    from django.test import Client

    plain = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        from zamiast.login import factors

        plain(self, user, backend)
        if factors.has_one(user):
            session = self.session
            session[factors.SHOWN] = True
            session["account_authentication_methods_user"] = str(user.pk)
            session["account_authentication_methods"] = [
                {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
            ]
            session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def site(settings: Any) -> Callable[[str], None]:
    """``site("desk")`` makes this process serve that site, as its settings module does."""
    import importlib

    from django.urls import clear_url_caches, set_urlconf

    def serve(name: str) -> None:
        module = importlib.import_module(f"zamiast.config.settings.{name}")
        for key in ("SITE", "FRAME", "ROOT_URLCONF", "CACHES", *COOKIES):
            setattr(settings, key, getattr(module, key))
        settings.FILE_UPLOAD_HANDLERS = module.FILE_UPLOAD_HANDLERS
        settings.LARGER_BODIES = module.LARGER_BODIES
        settings.SECURE_SSL_REDIRECT = False
        settings.STATIC_ROOT = str(HOME / "no-static")  # a served site's is written meanwhile
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns where there is none
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
        clear_url_caches()
        set_urlconf(None)

    return serve


def pytest_addoption(parser: pytest.Parser) -> None:
    """Reviewed files are rewritten on purpose only."""
    parser.addoption(
        "--update-reviewed",
        action="store_true",
        help="write the reviewed files (privileges, routes) anew instead of comparing",
    )

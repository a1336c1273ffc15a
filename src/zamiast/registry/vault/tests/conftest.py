"""The vault as a real process, on a real socket, under its real role, in a database of its own."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.database import HOME, clone, point_django_at

from zamiast.config import env
from zamiast.config.database import address
from zamiast.pure.numerals import pesel
from zamiast.registry.vault import operators
from zamiast.registry.vault.client import Vault


class Process:
    """A vault that a test starts, asks, stops and kills."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.log = folder / "vault.log"
        self.environment = {
            **os.environ,
            "ZAMIAST_HOME": str(HOME),
            "ZAMIAST_DATABASE_NAME": database,
            "ZAMIAST_VAULT_KEYS_FOLDER": str(folder / "keys"),
            "ZAMIAST_VAULT_SOCKET": str(folder / "run" / "socket"),
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            command = [sys.executable, "-m", "zamiast", "serve", "vault"]
            self._process = subprocess.Popen(
                command, env=self.environment, stdout=output, stderr=output
            )
        deadline = time.monotonic() + 30
        while not self._listens():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.02)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as trial:
            return trial.connect_ex(str(self.folder / "run" / "socket")) == 0

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process
        self._process.terminate()
        code = self._process.wait(15)
        self._process = None
        return code

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait()
        self._process = None

    def end(self) -> None:
        if self._process:
            self.kill()

    def access(self, caller: str) -> dict[str, str]:
        return {
            "CALLER": caller,
            "TOKEN": env.kept_secret(f"vault_token_{caller}"),
            "SOCKET": str(self.folder / "run" / "socket"),
        }

    @contextlib.contextmanager
    def asked_as(self, caller: str) -> Iterator[Vault]:
        with Vault(self.access(caller)) as vault:
            yield vault

    def cli(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "zamiast", "vault", *arguments],
            env=self.environment, input=typed, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def sql(self, role: str, statement: str, values: Any = None) -> list[Any]:
        conninfo = {**address.of_role(role).conninfo(), "dbname": self.database}
        with psycopg.connect(**conninfo, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def enroll(self, name: str = "jan", role: str = "dpo", **by: str) -> Device:
        """An operator with a device, enrolled over the socket."""
        with self.asked_as("operator") as vault:
            device = Device(self, name, vault.enroll(name, role=role, **by))
            vault.confirm(name, code=device.code())
        return device


class Device:
    """An authenticator app whose codes are new ones each time, as if half a minute had gone by."""

    def __init__(self, process: Process, name: str, uri: str) -> None:
        found = re.search(r"secret=([A-Z2-7]+)", uri)
        assert found
        self.process, self.name = process, name
        self.secret = base64.b32decode(found[1])
        self._last = 0

    def code(self) -> str:
        """A code that was not used; when none is left in this moment, the vault forgets some."""
        now = int(time.time()) // operators.PERIOD
        if self._last > now:
            self.rewind()
        self._last = max(self._last + 1, now)
        return operators.totp(self.secret, self._last)

    def rewind(self, process: Process | None = None) -> None:
        """Forget which codes were used, on both sides."""
        statement = "UPDATE vault.operator SET last_counter = 0 WHERE name = %s"
        (process or self.process).sql("owner", statement, [self.name])
        self._last = 0


@pytest.fixture(scope="module")
def vault(
    template_database: Any, django_db_blocker: Any, worker_name: str, request: Any
) -> Iterator[Process]:
    """A running vault for the tests of one module, with its own keys; Django is the owner there."""
    from django.db import connection

    before = dict(connection.settings_dict)
    name = f"vault_{worker_name}_{request.module.__name__.rpartition('.')[2]}"
    with (
        tempfile.TemporaryDirectory() as folder,
        clone(template_database, name),
        django_db_blocker.unblock(),
    ):
        point_django_at(name)
        process = Process(name, Path(folder))
        process.start()
        try:
            yield process
        finally:
            process.end()
            connection.close()
            connection.settings_dict.update(before)


_used: list[str] = []


def some_pesel(year: int = 51, month: int = 3, day: int = 17) -> str:
    """A well-formed PESEL that this run did not use yet."""
    digits = f"{year:02}{month:02}{day:02}{len(_used):04}"
    _used.append(digits + str(pesel.check_digit(digits)))
    return _used[-1]


@pytest.fixture
def used_numbers() -> list[str]:
    """All that ``some_pesel`` made up to now."""
    return _used

"""The database in trouble under a running site: killed, locked, full, without a free connection.

Whoever is at the site gets a sentence in their language and another try that holds what they
typed; nothing is written by halves; and the site heals by itself.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import itertools
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import psycopg.sql
import pytest

from tests.database import BASE
from tests.journeys.conftest import _free_port
from zamiast.config.database.embedded import Embedded
from zamiast.helpline import words

ADDRESSES = itertools.cycle(range(2, 250))
LETTER = "Nie mogę się zalogować. Proszę o pomoc."


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    def again(self) -> dict[str, str]:
        """What the page's own button would send."""
        hidden = r'<input type="hidden" name="([^"]+)" value="([^"]*)">'
        return {name: html.unescape(value) for name, value in re.findall(hidden, self.text)}


@dataclass(frozen=True)
class Site:
    """A portal of its own on a cluster of its own."""

    port: int
    cluster: Embedded

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        body = urllib.parse.urlencode(fields or {})
        headers = {"Accept-Language": "pl", "Content-Type": "application/x-www-form-urlencoded",
                   "Cookie": "portal_csrf=" + "a" * 32}  # fmt: skip
        source = (f"127.0.0.{next(ADDRESSES)}", 0)  # each from a device of its own
        connection = http.client.HTTPConnection("127.0.0.1", self.port, 60, source)
        connection.request(method, path, body if method == "POST" else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, answer.headers, text)

    def write(self, text: str = LETTER) -> Answer:
        """A letter by the public form, which needs no login."""
        fields = {"matter": "wrong_data", "text": text}
        return self.ask("POST", "/write/", {"csrfmiddlewaretoken": "a" * 32, **fields})

    def administrator(self) -> psycopg.Connection:
        conninfo = self.cluster.administrator("zamiast").conninfo()
        return psycopg.connect(**conninfo, autocommit=True)

    def count(self) -> tuple[int, int, int]:
        """Cases, their letters, and lines of the log."""
        with self.administrator() as connection:
            row = connection.execute(
                "SELECT (SELECT count(*) FROM helpline_case),"
                " (SELECT count(*) FROM helpline_message), (SELECT count(*) FROM audit_event)"
            ).fetchone()
        assert row is not None
        return row

    def until_it_writes(self) -> None:
        """Wait, as a person who presses the button again and again would."""
        for _ in range(60):
            if self.write().status == 200:
                return
            time.sleep(0.5)
        raise AssertionError("the site did not heal")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The site, with its data in a file system of 500 MB where one can be mounted."""
    home = Path(tempfile.mkdtemp(prefix="zamiast-trouble-", dir=BASE))
    home.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", "size=500m,mode=0755", "tmpfs", str(home)]
    mounted = os.geteuid() == 0 and not subprocess.run(mount, capture_output=True).returncode
    named = {name: value for name, value in os.environ.items()
             if not name.startswith(("ZAMIAST_", "DATABASE_URL", "DJANGO_", "PG"))}  # fmt: skip
    named |= {"ZAMIAST_HOME": str(home), "ZAMIAST_DEMO": "1", "ZAMIAST_INSECURE_HTTP": "1"}
    named["ZAMIAST_WORDS"] = os.environ["ZAMIAST_WORDS"]
    words.reduced("list")  # the file of word forms is there before the first letter
    cluster = Embedded(home, settings=(("max_wal_size", "64MB"), ("min_wal_size", "32MB")))
    process = None
    try:
        cluster.start()
        for act in ("prepare", "migrate"):
            command = [sys.executable, "-m", "zamiast", "database", act]
            subprocess.run(command, env=named, check=True, capture_output=True)
        port = _free_port()
        command = [sys.executable, "-m", "zamiast", "serve", "portal", "--port", str(port),
                   "--workers", "1"]  # fmt: skip
        process = subprocess.Popen(command, env=named, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        found = Site(port, cluster)
        for _ in range(1200):
            with contextlib.suppress(OSError):
                if found.ask("GET", "/alive/").status == 200:
                    break
            time.sleep(0.1)
        yield found
    finally:
        if process:
            process.terminate()
            process.wait(20)
        cluster.stop()
        if mounted:
            subprocess.run(["umount", "-l", str(home)], check=True)
        shutil.rmtree(home, ignore_errors=True)


def is_kept(answer: Answer) -> bool:
    """Whether this is the page that says what happened and holds the letter."""
    assert answer.status == 503, answer.text[:500]
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "To, co wpisano, jest na tej stronie" in answer.text
    assert "Traceback" not in answer.text
    assert "psycopg" not in answer.text
    return answer.again()["text"] == LETTER


def test_killed_and_started_again(site):
    site.until_it_writes()
    before = site.count()
    pid = int((site.cluster.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGQUIT)
    while site.cluster.is_running():
        time.sleep(0.1)
    failed = site.write()
    assert is_kept(failed)
    assert site.ask("GET", "/help/").status == 200, "what needs no data is still there"
    site.cluster.start()
    assert site.count() == before
    for _ in range(60):
        again = site.ask("POST", "/write/", failed.again())
        if again.status == 200:
            break
        time.sleep(0.5)
    assert "Mamy Twoją wiadomość" in again.text
    assert site.count()[:2] == (before[0] + 1, before[1] + 1)


def test_somebody_holds_a_lock(site):
    site.until_it_writes()
    before = site.count()
    with site.administrator() as holder, holder.transaction():
        holder.execute("LOCK TABLE helpline_case IN ACCESS EXCLUSIVE MODE")
        assert is_kept(site.write())
    assert site.count() == before
    assert site.write().status == 200


def test_no_connection_is_left(site):
    site.until_it_writes()
    before = site.count()
    with site.administrator() as connection:
        connection.execute("ALTER ROLE zamiast_portal CONNECTION LIMIT 0")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = 'zamiast_portal'"
        )
        assert is_kept(site.write())
        connection.execute("ALTER ROLE zamiast_portal CONNECTION LIMIT -1")
    assert site.count() == before
    site.until_it_writes()


def test_the_disk_is_full(site):
    home = site.cluster.folder
    if not home.is_mount():
        pytest.skip("no file system of its own can be mounted here")
    site.until_it_writes()
    before = site.count()
    filler = home / "filler"
    with site.administrator() as connection:
        connection.execute("CREATE TABLE filler (text text)")
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 2**12)
    with site.administrator() as connection, contextlib.suppress(psycopg.errors.DiskFull):
        while True:
            connection.execute("INSERT INTO filler VALUES (repeat('x', 2000))")
    refused = None
    for _ in range(12):  # until the free pages of these tables are used up, too
        answer = site.write(secrets.token_hex(1990))
        if answer.status != 200:
            refused = answer
            break
    filler.unlink()
    assert refused is not None, "the disk was never full"
    assert refused.status == 503
    assert len(refused.again()["text"]) == 3980
    site.until_it_writes()
    cases, letters, events = (now - then for now, then in zip(site.count(), before, strict=True))
    assert letters == cases > 0, "no letter without its case, no case without its letter"
    assert events >= cases

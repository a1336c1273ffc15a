"""``make bench``: how fast a caller is identified, as ratios within one run.

The operation over HTTP (session, role and security checks on, revocation at once)
against the same SQL under pgbench, one second each in turn; the median of the pairs.
The machine may be noisy: the CPU time of server and PostgreSQL together, read from
/proc, is the second figure. With 10 thousand and 1 million accounts.

    python tools/bench.py [--accounts 10000 1000000] [--pairs 8] [--clients 16]

Linux only. A server of its own is made in a temporary folder and removed afterwards.
Its settings are PostgreSQL's own, so every event is on disk before its answer leaves; but
for ``shared_buffers``, which holds the data as it would on a server bought for them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import re
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BASE = Path("/var/lib/zamiast") if os.geteuid() == 0 else Path(tempfile.gettempdir())
BASE.mkdir(parents=True, exist_ok=True)
HOME = Path(tempfile.mkdtemp(prefix="bench-", dir=BASE))
HOME.chmod(0o755)
os.environ.update(ZAMIAST_HOME=str(HOME), ZAMIAST_DEMO="1")
os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
for name in [name for name in os.environ if name.startswith("DATABASE_URL")]:
    del os.environ[name]

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from zamiast.config.database import address, embedded, prepare  # noqa: E402
from zamiast.login.models import User  # noqa: E402
from zamiast.login.sessions import SessionStore  # noqa: E402
from zamiast.pure import identifier  # noqa: E402
from zamiast.verification.services import take_call  # noqa: E402

PORT = 8765
SAMPLE = 100  # numbers asked for in one pair; pgbench takes at most 128 scripts


@dataclass
class Consultant:
    """One consultant in a call, as both sides of the comparison know them."""

    call: str
    cookie: str
    digest: str


@dataclass
class Result:
    """What the pairs gave."""

    http: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    def line(self, accounts: int) -> str:
        """One row of the table."""
        ratios = [mine / limit for mine, limit in zip(self.http, self.pgbench, strict=True)]
        times = sorted(self.latencies)
        return (
            f"| {accounts:>9,} | {statistics.median(ratios):.2f} "
            f"| {min(ratios):.2f}–{max(ratios):.2f} "
            f"| {statistics.median(self.http):,.0f} | {statistics.median(self.pgbench):,.0f} "
            f"| {statistics.median(self.cpu):,.0f} | {times[len(times) // 2] * 1000:.1f} "
            f"| {times[len(times) * 99 // 100] * 1000:.1f} |"
        )


def fill(accounts: int) -> None:
    """Bring the registry up to so many people, accounts and identifiers, by COPY."""
    with psycopg.connect(**address.of_role("owner").conninfo()) as connection:
        (there,) = connection.execute("SELECT count(*) FROM registry_account").fetchone()
        new = accounts - there
        taken = {row[0] for row in connection.execute("SELECT number FROM registry_identifier")}
        first = connection.execute(
            "WITH p AS (INSERT INTO registry_person (family_name, given_names, gender, is_dead,"
            " birth_partial, address_line, postal_code, city, country, language)"
            " SELECT 'Nowak', 'Anna', 'female', false, '', '', '', '', 'PL', 'pl'"
            " FROM generate_series(1, %s) RETURNING id),"
            " a AS (INSERT INTO registry_account (person_id, opened_at) SELECT id, now() FROM p"
            " RETURNING id) SELECT min(id) FROM a",
            [new],
        ).fetchone()[0]
        with connection.cursor().copy(
            "COPY registry_identifier (number, account_id, state, issued_at) FROM STDIN"
        ) as copy:
            for offset, number in enumerate(unused(new, taken)):
                copy.write_row((number, first + offset, "active", "2026-01-01"))


def settle(cluster: embedded.Embedded) -> None:
    """Leave no work behind that would count as the operation's: statistics, checkpoint."""
    administrator = cluster.administrator(address.of_role("owner").conninfo()["dbname"])
    with psycopg.connect(**administrator.conninfo(), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def unused(count: int, taken: set[int]) -> Iterator[int]:
    """So many new identifiers, none of them given out already."""
    while count:
        for number in map(int, identifier.generate_many(count)):
            if number not in taken:
                taken.add(number)
                count -= 1
                yield number


def consultants(count: int) -> list[Consultant]:
    """Consultants with a second factor, each in a call."""
    settings.SITE = "desk"
    found = []
    for number in range(count):
        user = User.objects.filter(k_number=f"K-{900 + number}").first()
        user = user or User.objects.staff(f"K-{900 + number}", role="consultant")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "zamiast.login.backends.SiteBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["second_factor"] = True
        session.create()
        call = take_call(user)
        found.append(Consultant(str(call.pk), str(session.session_key), session.digest))
    return found


def sample() -> list[str]:
    """Identifiers of random accounts; the same ones are asked on both sides of a pair."""
    with psycopg.connect(**address.of_role("owner").conninfo()) as connection:
        rows = connection.execute(
            "SELECT number FROM registry_identifier WHERE id IN (SELECT (random() * (SELECT"
            " max(id) FROM registry_identifier))::bigint + 1 FROM generate_series(1, %s)) LIMIT %s",
            [SAMPLE * 3, SAMPLE],
        )
        return [str(number) for (number,) in rows]


# --- the two sides ------------------------------------------------------------------


def run_pgbench(people: list[Consultant], numbers: list[str]) -> float:
    """Statements a second of the same SQL under pgbench, one session and call a client."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = []
        digests = ", ".join(f"'{person.digest}'" for person in people)
        calls = ", ".join(f"'{person.call}'" for person in people)
        for index, number in enumerate(numbers):
            path = Path(folder) / f"{index}.sql"
            path.write_text(
                f"SELECT verification_ask((ARRAY[{digests}])[:client_id + 1]::text,"
                f" (ARRAY[{calls}])[:client_id + 1]::uuid, {number}::bigint,"
                f" '\\x{'00' * 32}'::bytea) AS question \\gset\n"
                "SELECT outcome, language FROM verification_answer("
                f"(ARRAY[{digests}])[:client_id + 1]::text, :question::bigint);\n"
            )
            scripts += ["-f", str(path)]
        done = subprocess.run(
            [str(embedded.programs() / "pgbench"), "-n", "-M", "prepared", "-T", "1",
             "-c", str(len(people)), "-j", "2", *scripts],
            env={**os.environ, **address.of_role("desk").environment()},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])


def run_http(people: list[Consultant], numbers: list[str], token: str) -> tuple[float, list[float]]:
    """Requests a second over HTTP, each consultant on a connection of their own."""
    chooser = selectors.DefaultSelector()
    for person in people:
        connection = socket.create_connection(("127.0.0.1", PORT))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        requests = [request(person, number, token) for number in numbers]
        state = {"requests": requests, "next": 0, "sent": time.perf_counter()}
        connection.sendall(requests[0])
        chooser.register(connection, selectors.EVENT_READ, state)
    latencies: list[float] = []
    began = time.perf_counter()
    while time.perf_counter() - began < 1:
        for key, _ in chooser.select(1):
            answer = key.fileobj.recv(65_536)
            while not complete(answer):
                answer += key.fileobj.recv(65_536)
            if b" 200 " not in answer[:20] or b"identified" not in answer:
                raise SystemExit(f"unexpected answer: {answer[:2000]!r}")
            now = time.perf_counter()
            latencies.append(now - key.data["sent"])
            key.data["next"] = (key.data["next"] + 1) % len(numbers)
            key.data["sent"] = now
            key.fileobj.sendall(key.data["requests"][key.data["next"]])
    took = time.perf_counter() - began
    for key in list(chooser.get_map().values()):
        key.fileobj.close()
    return len(latencies) / took, latencies


def request(person: Consultant, number: str, token: str) -> bytes:
    """One identification as the desk's page sends it."""
    body = f"number={number}".encode()
    return (
        f"POST /call/{person.call}/identify/ HTTP/1.1\r\nHost: localhost:{PORT}\r\n"
        f"Cookie: desk_session={person.cookie}; desk_csrf={token}\r\nX-CSRFToken: {token}\r\n"
        "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def complete(answer: bytes) -> bool:
    """Whether a whole response has arrived."""
    head, gap, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(gap) and length is not None and len(body) >= int(length[1])


def csrf_token() -> str:
    """A CSRF secret; the cookie and the header carry the same."""
    from django.middleware.csrf import _get_new_csrf_string

    return str(_get_new_csrf_string())


# --- processes and their CPU ------------------------------------------------------------


def cpu_seconds(roots: list[int]) -> float:
    """User and system time of processes and all that they started, from /proc."""
    parents, spent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
            spent[int(path.parent.name)] = int(fields[11]) + int(fields[12])
    wanted = set(roots)
    for _ in range(4):  # granian's workers and PostgreSQL's backends are children
        wanted |= {process for process, parent in parents.items() if parent in wanted}
    return sum(spent.get(process, 0) for process in wanted) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def desk() -> Iterator[int]:
    """The desk as it is served in production, on this machine."""
    environment = {**os.environ}
    del environment["DJANGO_SETTINGS_MODULE"]
    command = [sys.executable, "-m", "zamiast", "serve", "desk", "--port", str(PORT)]
    process = subprocess.Popen([*command, "--workers", "2", "--threads", "4"], env=environment)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/alive/", timeout=1).close()
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def pairs(options: argparse.Namespace, server: int, postmaster: int) -> Result:
    """One second of each side in turn."""
    people, token, result = consultants(options.clients), csrf_token(), Result()
    try:
        for round_ in range(options.pairs + 1):
            numbers = sample()
            limit = run_pgbench(people, numbers)
            before = cpu_seconds([server, postmaster])
            rate, latencies = run_http(people, numbers, token)
            spent = cpu_seconds([server, postmaster]) - before
            if round_:  # the first pair warms up
                result.http.append(rate)
                result.pgbench.append(limit)
                result.cpu.append(spent / len(latencies) * 1e6)
                result.latencies += latencies
    finally:
        with psycopg.connect(**address.of_role("owner").conninfo()) as connection:
            connection.execute("UPDATE verification_call SET ended_at = now()")
    return result


def machine() -> str:
    """What the figures were taken on."""
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return (
        f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, Linux"
        f" {platform.release()}, Python {platform.python_version()}, PostgreSQL 18 embedded"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--shared-buffers", default="1GB")
    options = parser.parse_args()
    speeds = [sys.executable, str(Path(__file__).with_name("bench_identifier.py"))]
    print(f"Machine: {machine()}\n", flush=True)
    subprocess.run(speeds, check=True)
    cluster = embedded.Embedded(HOME, settings=(("shared_buffers", options.shared_buffers),))
    try:
        cluster.start()
        prepare.prepare(cluster.administrator())
        migrate = [sys.executable, "-m", "zamiast", "database", "migrate"]
        subprocess.run(migrate, check=True, capture_output=True)
        postmaster = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
        print("\nIdentify over HTTP : the same SQL under pgbench")
        print("Bar: ratio ≥ 0.25, or CPU ≤ 1,300 µs on a noisy machine\n")
        print("| accounts | ratio | range | HTTP/s | pgbench/s | CPU µs | p50 ms | p99 ms |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
        for accounts in options.accounts:
            fill(accounts)
            settle(cluster)
            with desk() as server:
                print(pairs(options, server, postmaster).line(accounts), flush=True)
    finally:
        cluster.stop()
        shutil.rmtree(HOME, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

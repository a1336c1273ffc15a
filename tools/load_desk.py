"""How many consultants two cores carry: simulated calls over HTTP, at the pace of real work.

Each consultant takes a call every five minutes: reads the start page, takes the call, types the
identifier (one in five is misheard first), walks through a script step by step, opens a case
with a note, stays on the page of the case (which asks every six seconds who else is there),
adds to it, looks at the queue, searches now and then, hangs up. Supervisors keep the live board
open. The desk runs as in production, with its own processes, roles and PostgreSQL.

    python tools/load_desk.py                    ten minutes at 300, then faster until it is slow
    python tools/load_desk.py --minutes 1 --consultants 20 --no-raise     a short look

After the steady minutes the pace rises by a quarter each minute until the 95th percentile of a
page passes one second, or an answer is an error. Times are taken by the client, which shares the
two cores. BENCH_HOME=… with a server that tools/bench_cases.py filled gives a million cases.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

BASE = Path("/var/lib/zamiast") if os.geteuid() == 0 else Path(tempfile.gettempdir())
BASE.mkdir(parents=True, exist_ok=True)
KEPT = os.environ.get("BENCH_HOME")
HOME = Path(KEPT) if KEPT else Path(tempfile.mkdtemp(prefix="load-", dir=BASE))
HOME.mkdir(exist_ok=True)
HOME.chmod(0o755)
os.environ.update(ZAMIAST_HOME=str(HOME), ZAMIAST_DEMO="1", ZAMIAST_INSECURE_HTTP="1")
os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
for name in [name for name in os.environ if name.startswith("DATABASE_URL")]:
    del os.environ[name]

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from load_call import PORT, Browser, Figures, Pace, consultant, supervisor  # noqa: E402

from zamiast.config.database import embedded, prepare  # noqa: E402
from zamiast.login import factors  # noqa: E402
from zamiast.login.models import User  # noqa: E402
from zamiast.login.sessions import SessionStore  # noqa: E402

ACCOUNTS = 2_000
SLOW = 1.0  # seconds: where the 95th percentile of a page may not go


async def shift(
    options: argparse.Namespace, people: list[tuple[str, str]], numbers: list[str]
) -> None:
    """Steady minutes, then faster ones."""
    pace, figures = Pace(options.pace), Figures()
    pace.until = time.perf_counter() + 3600
    token = _token()
    browsers = [Browser(session, token, figures) for _role, session in people]
    tasks = [
        asyncio.create_task(
            supervisor(browser, pace) if role == "supervisor"
            else consultant(browser, numbers, pace)
        )
        for browser, (role, _session) in zip(browsers, people, strict=True)
    ]  # fmt: skip
    if options.warm:
        print(f"{options.warm} s to come to work …", flush=True)
        await asyncio.sleep(options.warm)
    fresh(browsers)
    await asyncio.sleep(options.minutes * 60)
    report(f"steady, {options.minutes} min", fresh(browsers), options.minutes, whole=True)
    while options.rise and pace.seconds > 1:
        pace.seconds /= 1.25
        await asyncio.sleep(20)  # calls in hand go on at the old pace for a while
        fresh(browsers)
        await asyncio.sleep(60)
        done = fresh(browsers)
        slow = report(f"a call each {pace.seconds:.0f} s", done, 1)
        if slow > SLOW or done.errors:
            break
    await end(pace, tasks)


async def end(pace: Pace, tasks: list[asyncio.Task[None]]) -> None:
    """End the shift for everybody: a cancellation that was lost in an answer is said again."""
    pace.until = 0.0
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _done, left = await asyncio.wait(left, timeout=1)


def fresh(browsers: list[Browser]) -> Figures:
    """Begin to count anew; return what was counted."""
    done, new = browsers[0].figures, Figures()
    for browser in browsers:
        browser.figures = new
    return done


def report(name: str, figures: Figures, minutes: float, *, whole: bool = False) -> float:
    """Print a line, or all pages; return the 95th percentile."""
    times = sorted(figures.all())
    if not times:
        raise SystemExit("nothing was asked")
    slow = times[len(times) * 95 // 100]
    print(f"| {name} | {figures.calls / minutes * 60:,.0f} | {len(times) / minutes / 60:.1f} "
          f"| {statistics.median(times) * 1000:.0f} | {slow * 1000:.0f} "
          f"| {times[len(times) * 99 // 100] * 1000:.0f} | {sum(figures.errors.values())} |",
          flush=True)  # fmt: skip
    for what, count in figures.errors.most_common():
        print(f"    error {what}: {count}")
    if whole:
        for page, found in sorted(figures.times.items()):
            found.sort()
            print(f"    {page}: {len(found)}, median {statistics.median(found) * 1000:.0f} ms,"
                  f" p95 {found[len(found) * 95 // 100] * 1000:.0f} ms", flush=True)  # fmt: skip
    return slow


def _token() -> str:
    from django.middleware.csrf import _get_new_csrf_string

    return str(_get_new_csrf_string())


def sessions(consultants: int, supervisors: int) -> list[tuple[str, str]]:
    """Staff with sessions and both factors: role and session key of each."""
    settings.SITE = "desk"
    found = []
    for place in range(consultants + supervisors):
        role = "consultant" if place < consultants else "supervisor"
        number = f"K-{2000 + place}"
        user = User.objects.filter(k_number=number).first() or User.objects.staff(number, role=role)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "zamiast.login.backends.SiteBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[factors.SHOWN] = True
        session.create()
        found.append((user.role, str(session.session_key)))
    return found


def identifiers() -> list[str]:
    """Active identifiers of accounts, made by the product's own bulk issue where there are none."""
    from django.db import connection

    from zamiast.audit.services import OPERATOR
    from zamiast.registry import services
    from zamiast.registry.models import Identifier, Person

    there = Identifier.objects.count()
    for _ in range(ACCOUNTS - there):
        services.open_account(
            Person.objects.create(family_name="Nowak", given_names="Anna"), by=OPERATOR
        )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE verification_call SET ended_at = now() WHERE ended_at IS NULL")
        cursor.execute("ANALYZE")
    return [str(one) for one in Identifier.objects.values_list("number", flat=True)[:ACCOUNTS]]


@contextlib.contextmanager
def desk(options: argparse.Namespace) -> Iterator[None]:
    """The desk as it is served in production, on this machine."""
    with socket.socket() as taken:  # granian would share the port with a forgotten server
        if taken.connect_ex(("127.0.0.1", PORT)) == 0:
            raise SystemExit(f"something listens on port {PORT} already")
    environment = {**os.environ}
    del environment["DJANGO_SETTINGS_MODULE"]
    command = [sys.executable, "-m", "zamiast", "serve", "desk", "--port", str(PORT)]
    command += ["--workers", str(options.workers), "--threads", str(options.threads)]
    process = subprocess.Popen(command, env=environment)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/alive/", timeout=1).close()
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def main() -> int:
    """Fill, serve, work, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--consultants", type=int, default=300)
    parser.add_argument("--supervisors", type=int, default=5)
    parser.add_argument("--pace", type=float, default=300, help="seconds from call to call (300)")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--warm", type=int, default=60, help="seconds before it counts (60)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--no-raise", dest="rise", action="store_false")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # then what was started is stopped
    cluster = embedded.Embedded(HOME, settings=(("shared_buffers", "512MB"),))
    try:
        cluster.start()
        prepare.prepare(cluster.administrator())
        migrate = [sys.executable, "-m", "zamiast", "database", "migrate"]
        subprocess.run(migrate, check=True, capture_output=True)
        numbers = identifiers()
        people = sessions(options.consultants, options.supervisors)
        print("| pace | calls an hour | requests a second | median ms | p95 ms | p99 ms | errors |"
              "\n|---|--:|--:|--:|--:|--:|--:|", flush=True)  # fmt: skip
        with desk(options):
            asyncio.run(shift(options, people, numbers))
    finally:
        cluster.stop()
        if not KEPT:
            shutil.rmtree(HOME, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

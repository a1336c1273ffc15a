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
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

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

from zamiast.config.database import embedded, prepare  # noqa: E402
from zamiast.login import factors  # noqa: E402
from zamiast.login.models import User  # noqa: E402
from zamiast.login.sessions import SessionStore  # noqa: E402

PORT = 8766
ACCOUNTS = 2_000
SLOW = 1.0  # seconds: where the 95th percentile of a page may not go
BETWEEN = 6  # seconds between two questions of the page of a case
WORDS = ("konto", "skierowanie", "sanatorium", "biała strona", "aplikacja")
NOTE = "Strona {} jest biała, także w drugiej przeglądarce. Prosi o odpowiedź na koncie."
WAY = ("where=web", "what=blank", "simple=no", "others=same")

JSON, PART, PAGE = "application/json", "part of a page", "text/html"
Wait = Callable[[], Awaitable[None]]


@dataclass
class Figures:
    """What was measured: seconds of each answer by name, errors by what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    def all(self) -> list[float]:
        """All times."""
        return [one for times in self.times.values() for one in times]


class Browser:
    """One connection that stays open, and the cookies of one session."""

    def __init__(self, session: str, token: str, figures: Figures) -> None:
        """Connect when first needed."""
        self.session, self.token, self.figures = session, token, figures
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self,
        name: str,
        path: str,
        sent: dict[str, str] | None = None,
        *,
        ok: tuple[int, ...],
        accept: str = PAGE,
    ) -> tuple[str, str]:
        """Send one request, measure it; return where it leads and its text."""
        began = time.perf_counter()
        try:
            status, head, body = await asyncio.wait_for(self._twice(path, sent, accept), 60)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.streams = None
            self.figures.errors[f"{name}: {type(error).__name__}"] += 1
            return "", ""
        self.figures.times.setdefault(name, []).append(time.perf_counter() - began)
        if status not in ok:
            self.figures.errors[f"{name}: {status}"] += 1
        return head.get("location", ""), body

    async def _twice(
        self, path: str, sent: dict[str, str] | None, accept: str
    ) -> tuple[int, dict[str, str], str]:
        """As browsers do: where an idle connection was closed, ask again on a new one."""
        was_open = self.streams is not None
        try:
            return await self._exchange(path, sent, accept)
        except (OSError, asyncio.IncompleteReadError) as error:
            if not was_open or getattr(error, "partial", b""):
                raise
            self.streams = None
            return await self._exchange(path, sent, accept)

    async def _exchange(
        self, path: str, sent: dict[str, str] | None, accept: str
    ) -> tuple[int, dict[str, str], str]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", PORT, limit=2**20)
        reader, writer = self.streams
        body = b"" if sent is None else urlencode(sent).encode()
        lines = [
            f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1", f"Host: localhost:{PORT}",
            f"Cookie: desk_session={self.session}; desk_csrf={self.token}; language=pl",
            f"X-CSRFToken: {self.token}", f"Accept: {JSON if accept == JSON else PAGE}",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        ]  # fmt: skip
        if accept == PART:
            lines.append("HX-Request: true")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        values = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        values |= {
            "location": next((line[10:] for line in head if line[:10].lower() == "location: "), "")
        }
        text = await self._body(reader, values)
        if values.get("connection") == "close":
            writer.close()
            self.streams = None
        return int(head[0].split()[1]), values, text

    async def _body(self, reader: asyncio.StreamReader, values: dict[str, str]) -> str:
        if values.get("transfer-encoding") == "chunked":
            text = b""
            while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
                text += await reader.readexactly(size)
                await reader.readexactly(2)
            await reader.readexactly(2)
            return text.decode()
        return (await reader.readexactly(int(values.get("content-length", "0")))).decode()


@dataclass
class Pace:
    """How fast people work now: the seconds from one call to the next, and when to stop."""

    seconds: float
    until: float = 0.0

    def over(self) -> bool:
        """Whether the shift is over."""
        return time.perf_counter() > self.until


async def call(browser: Browser, numbers: list[str], pace: Pace) -> None:
    """One call from the start page to hanging up, spread over the time that it takes."""
    wait = _waiter(pace, steps=20)
    await browser.ask("start", "/", ok=(200,))
    await wait()
    sheet, _text = await browser.ask("take the call", "/call/", {}, ok=(302,))
    if not sheet:
        return
    await browser.ask("call sheet", sheet, ok=(200,))
    await wait()
    number = random.choice(numbers)
    await hear(browser, sheet, number, wait)
    await walk(browser, sheet, wait)
    note = {"matter": "account_trouble", "note": NOTE.format(number[:3]), "another": "1"}
    await browser.ask("open a case", f"{sheet}case/", note, ok=(302,))
    _where, text = await browser.ask("call sheet", sheet, ok=(200,))
    await on_the_case(browser, text, wait, pace)
    if random.random() < 0.3:
        await browser.ask("search", "/case/", {"number": random.choice(WORDS)}, ok=(200,))
    await browser.ask("hang up", f"{sheet}hang-up/", {}, ok=(302,))
    browser.figures.calls += 1


async def hear(browser: Browser, sheet: str, number: str, wait: Wait) -> None:
    """The identifier; one in five is misheard at first."""
    if random.random() < 0.2:
        wrong = {"number": number[:-1] + str((int(number[-1]) + 1) % 10)}
        await browser.ask("misheard", f"{sheet}identify/", wrong, ok=(400,), accept=JSON)
        await wait()
    await browser.ask("identify", f"{sheet}identify/", {"number": number}, ok=(200,), accept=JSON)
    await browser.ask("call sheet", sheet, ok=(200,))
    await wait()


async def walk(browser: Browser, sheet: str, wait: Wait) -> None:
    """Through the script, step by step."""
    steps = [{"begin": "account_trouble"}]
    steps += [dict(zip(("step", "answer"), one.split("="), strict=True)) for one in WAY]
    for step in steps:
        await browser.ask("script", f"{sheet}script/", step, ok=(200,), accept=PART)
        await wait()


async def on_the_case(browser: Browser, text: str, wait: Wait, pace: Pace) -> None:
    """The page of the case, open for a tenth of the call; then the queue."""
    found = text.partition('href="/case/')[2].partition("/")[0]
    if found.isdigit():
        page, here = f"/case/{found}/", {"writing": "1", "kind": "note", "text": "Jeszcze"}
        await browser.ask("a case", page, ok=(200,))
        for _ in range(max(int(pace.seconds / 10 / BETWEEN), 1)):
            await asyncio.sleep(min(BETWEEN, pace.seconds / 10))
            await browser.ask("who is here", f"{page}here/", here, ok=(200,))
        await browser.ask("write a note", f"{page}note/", {"note": "Zadzwoni jutro."}, ok=(302,))
    else:
        browser.figures.errors["no case on the sheet"] += 1
    await wait()
    await browser.ask("queue", "/cases/", ok=(200,))
    await wait()


def _waiter(pace: Pace, steps: int) -> Wait:
    """Pauses of different length that make up most of a call."""

    async def wait() -> None:
        await asyncio.sleep(random.uniform(0.4, 1.2) * pace.seconds / steps)

    return wait


async def consultant(browser: Browser, numbers: list[str], pace: Pace) -> None:
    """A shift: one call after the other, the next one when its time has come."""
    await asyncio.sleep(random.random() * pace.seconds)
    while not pace.over():
        began = time.perf_counter()
        await call(browser, numbers, pace)
        left = pace.seconds - (time.perf_counter() - began)
        await asyncio.sleep(max(min(left, pace.until - time.perf_counter()), 0))


async def supervisor(browser: Browser, pace: Pace) -> None:
    """The live board, open all the time."""
    await browser.ask("supervisor", "/supervisor/", ok=(200,))
    while not pace.over():
        await asyncio.sleep(5)
        await browser.ask("board", "/supervisor/now/", ok=(200,))


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
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


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

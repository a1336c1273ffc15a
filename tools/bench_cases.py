"""``make bench-cases``: SQL statements and CPU of the desk's pages, up to a million cases.

Each page is asked for in this process, through all middleware, as the desk's real role, with
the session and both factors of a consultant. Counted are the statements that reach
PostgreSQL, and the CPU time of this process and of PostgreSQL's, read from /proc. Every
50th case is open, every 100th waits; words of notes are as unequal as words are.

    python tools/bench_cases.py [--cases 10000 1000000] [--repeat 40] [--fresh]

Each number of cases has a filled server of its own, which is kept beside the data of this
machine and used again: the first run fills (a million takes ten minutes and 2 GB), later ones
measure at once (half a minute each). --fresh fills anew. Two steps by hand, so that only the
short one needs a quiet minute: BENCH_HOME=FOLDER with --only fill, later with --only measure.
Linux only.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BASE = Path("/var/lib/zamiast") if os.geteuid() == 0 else Path(tempfile.gettempdir())
BASE.mkdir(parents=True, exist_ok=True)
KEPT = os.environ.get("BENCH_HOME")  # without it this process only starts one for each size
HOME = Path(KEPT) if KEPT else BASE
if KEPT:
    HOME.mkdir(exist_ok=True)
    HOME.chmod(0o755)
os.environ.update(ZAMIAST_HOME=str(HOME), ZAMIAST_DEMO="1")
os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.desk"
for name in [name for name in os.environ if name.startswith("DATABASE_URL")]:
    del os.environ[name]

import django  # noqa: E402
import psycopg  # noqa: E402

from zamiast.config.database import address, embedded, prepare  # noqa: E402

STAFF = 300
AT_ONCE = 10  # fewer than there are matters
COMMON, RARE = "konto", "sanatorium"
VOCABULARY = 20_000
BARS = {"opening a case": (8, 10.0)}
BAR = (12, 10.0)

FILL = """
    INSERT INTO helpline_case (number, matter, state, account_id, is_confirmed, level,
        opened_by_id, opened_by_name, opened_at, closed_at, language, queue, owner_id, owner_name,
        due_at, waits_for, waits_until, left_seconds, unread, version)
    SELECT 100000 + n, matter, state, CASE WHEN n %% 4 > 0 THEN n / 3 END, false, 0,
        staff, 'K-1', at, CASE WHEN state = 'closed' THEN at + interval '1 day' END, 'pl',
        (ARRAY['line','technical','data','documents','staff','safety'])[1 + n %% 6],
        CASE WHEN n %% 5 > 0 THEN staff END, CASE WHEN n %% 5 > 0 THEN 'K-1' ELSE '' END,
        at + interval '2 days' + n %% 50 * interval '1 hour',
        CASE WHEN state = 'waiting' THEN 'nfz' ELSE '' END,
        CASE WHEN state = 'waiting' THEN current_date + 7 END,
        CASE WHEN state = 'waiting' THEN 3600 END, n %% 500 = 0, 0
      FROM (SELECT n, %s::bigint + (n::bigint * 7919) %% %s::int AS staff,
                   (%s::text[])[1 + (n * 31) %% %s::int] AS matter,
                   CASE WHEN n %% 50 = 0 THEN 'open' WHEN n %% 100 = 1 THEN 'waiting'
                        ELSE 'closed' END AS state,
                   now() - (%s::int - n) * interval '30 seconds' AS at
              FROM generate_series(%s::int, %s::int) n) made
"""
STAFF_MADE = f"""
import django; django.setup()
from allauth.mfa.models import Authenticator
from zamiast.login.models import User
for number in range({STAFF}):
    User.objects.staff(f'K-{{1000 + number}}', role='consultant' if number else 'supervisor')
Authenticator.objects.create(user=User.objects.get(k_number='K-1000'), type='totp', data={{}})
"""
NOTES = """
    INSERT INTO helpline_note (case_id, author_id, author_name, text, cut, written_at)
    SELECT 100000 + n, %s::bigint, 'K-1', 'Dzwoni w sprawie konta, prosi o odpowiedź.', 0, now()
      FROM generate_series(%s::int, %s::int) n
"""
# The rank of a word is exponential of a random number: few words are common, most are rare.
WORDS = """
    INSERT INTO helpline_words (case_number, words)
    SELECT 100000 + n, array_to_tsvector(
               array_agg(DISTINCT 'w' || power(%s::float, random())::int::text)
           || CASE WHEN n %% 3 = 0 THEN ARRAY['kont'] ELSE '{}' END
           || CASE WHEN n %% 9973 = 5 THEN ARRAY['sanatori'] ELSE '{}' END)
      FROM generate_series(%s::int, %s::int) n, generate_series(1, 12) GROUP BY n
"""


def owner() -> psycopg.Connection[Any]:
    """A connection as the owner of the tables."""
    return psycopg.connect(**address.of_role("owner").conninfo(), autocommit=True)


def fill(cases: int, done: int, first: int) -> None:
    """Bring the helpline up to so many cases."""
    from zamiast.helpline import matters

    codes = list(matters.codes("patient"))
    with owner() as connection:
        for low in range(done + 1, cases + 1, 100_000):
            high = min(low + 99_999, cases)
            values = [first, STAFF, codes, len(codes), cases, low, high]
            connection.execute(FILL, values)
            connection.execute(NOTES, [first, low, high])
            connection.execute(WORDS, [VOCABULARY, low, high])
        connection.execute(
            "SELECT setval('helpline_case_number_seq', (SELECT max(number) FROM helpline_case))"
        )
        connection.execute("VACUUM ANALYZE")


def cpu(postmaster: int) -> float:
    """CPU seconds of this process and of PostgreSQL's."""
    spent = time.process_time()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster or int(path.parent.name) == postmaster:
            spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def measure(ask: Callable[[], Any], repeat: int, postmaster: int) -> tuple[int, float]:
    """Statements of one request, and CPU milliseconds of one of many."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    free_the_call()
    for _ in range(8):  # prepared statements, caches
        ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    moves = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    statements = [one["sql"] for one in asked if not one["sql"].startswith(moves)]
    spent, asked_for = 0.0, 0
    while asked_for < repeat:
        free_the_call()
        before = cpu(postmaster)
        for _ in range(AT_ONCE):
            ask()
        spent += cpu(postmaster) - before
        asked_for += AT_ONCE
    return len(statements), spent / asked_for * 1000


def free_the_call() -> None:
    """Let calls have a case in each matter again: one call opens one only."""
    with owner() as connection:
        connection.execute("UPDATE helpline_case SET call_id = NULL WHERE call_id IS NOT NULL")


def pages(client: Any, call: str, number: int) -> dict[str, Callable[[], Any]]:
    """What is measured, by name."""
    from zamiast.helpline import matters

    def get(path: str) -> Callable[[], Any]:
        return lambda: _good(client.get(path))

    def search(text: str) -> Callable[[], Any]:
        return lambda: _good(client.post("/case/", {"number": text}))

    def opening() -> None:
        sent = {"matter": next(codes), "note": "Prosi o telefon.", "another": "1"}
        _good(client.post(f"{call_sheet}case/", sent), 302)

    call_sheet, codes = f"/call/{call}/", itertools.cycle(matters.codes("patient"))
    free_the_call()
    return {
        "start": get("/"),
        "call sheet": get(f"{call_sheet}?without"),
        "queue of 50": get("/cases/"),
        "queue, team and matter": get("/cases/?queue=line&matter=e_services"),
        "all cases": get("/cases/?which=all"),
        "a case": get(f"/case/{number}/"),
        "search, a common word": search(COMMON),
        "search, a rare word": search(RARE),
        "search, two words": search("w40 konto"),
        "callbacks": get("/callbacks/"),
        "supervisor's board": get("/supervisor/now/"),
        "opening a case": opening,
    }


def _good(response: Any, status: int = 200) -> None:
    assert response.status_code == status, response.content.decode()[:2000]


def consultant() -> Any:
    """Who asks for the pages; made with 299 others where there is nobody yet."""
    from zamiast.login.models import User

    if not User.objects.filter(k_number="K-1000").exists():
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "zamiast.config.settings.manage"}
        subprocess.run([sys.executable, "-c", STAFF_MADE], env=environment, check=True)
    return User.objects.get(k_number="K-1000")


def table(options: argparse.Namespace, postmaster: int) -> None:
    """Fill, measure, print."""
    from django.test import Client

    from zamiast.helpline.models import Case
    from zamiast.login import factors

    user = consultant()
    client, done = Client(), Case.objects.count()
    client.force_login(user)
    session = client.session
    session[factors.SHOWN] = True
    session.save()
    found = client.post("/call/").headers["Location"].split("/")
    print("| cases | page | statements | CPU ms |\n|--:|---|--:|--:|", flush=True)
    for cases in options.cases if options.only != "measure" else [done]:
        if cases > done:
            print(f"filling {cases:,} cases, once …", file=sys.stderr, flush=True)
            fill(cases, done, user.pk)
            done = cases
        if options.only == "fill":
            continue
        for name, ask in pages(client, found[2], 100_000 + cases // 2).items():
            statements, spent = measure(ask, options.repeat, postmaster)
            most, longest = BARS.get(name, BAR)
            late = " over the bar" if statements > most or spent > longest else ""
            print(f"| {cases:,} | {name} | {statements} | {spent:.1f}{late} |", flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=40)
    parser.add_argument("--only", choices=["fill", "measure"], help="with BENCH_HOME")
    parser.add_argument("--fresh", action="store_true", help="fill anew")
    options = parser.parse_args()
    return one(options) if KEPT else each(options)


def each(options: argparse.Namespace) -> int:
    """One process for each number of cases, with the filled server of its own."""
    for cases in options.cases:
        place = BASE / f"bench-cases-{_short(cases)}"
        if options.fresh:
            shutil.rmtree(place, ignore_errors=True)
        environment = {**os.environ, "BENCH_HOME": str(place)}
        del environment["ZAMIAST_HOME"], environment["DJANGO_SETTINGS_MODULE"]
        command = [sys.executable, __file__, "--cases", str(cases), "--repeat", str(options.repeat)]
        done = subprocess.run(command, env=environment)
        if done.returncode:
            return done.returncode
    return 0


def _short(cases: int) -> str:
    """10k, 1m."""
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if cases >= size and cases % size == 0:
            return f"{cases // size}{letter}"
    return str(cases)


def one(options: argparse.Namespace) -> int:
    """One server: started, filled where it is not, measured, stopped."""
    cluster = embedded.default()
    try:
        cluster.start()
        prepare.prepare(cluster.administrator())
        migrate = [sys.executable, "-m", "zamiast", "database", "migrate"]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "zamiast.config.settings.manage"}
        subprocess.run(migrate, check=True, capture_output=True, env=environment)
        django.setup()
        from django.conf import settings

        settings.STORAGES["staticfiles"] = {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        settings.ALLOWED_HOSTS.append("testserver")
        postmaster = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
        table(options, postmaster)
    finally:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

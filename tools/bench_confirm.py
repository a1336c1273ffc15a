"""Confirming a call: can answers be told apart, and what does a waiting screen cost?

    python tools/bench_confirm.py [--tries 5000] [--screens 300] [--seconds 20] [--threads 4]

First, two classes of calls, interleaved through HTTP: the caller is a holder who can be asked
and declines, or there is no such holder. The desk asks for a confirmation, then looks how it
stands, as its page does. A classifier over size and time of the answers, trained on one half
and tried on the other, and the other way round, must stay at chance: area under the curve
0.48 to 0.52.

Then so many consultants wait at once, each screen asking every two seconds: CPU time of
server and PostgreSQL for one screen, from /proc, and how long an answer takes.

Linux only. Needs nothing else running. A server of its own is made and removed afterwards.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import math
import os
import random
import selectors
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import bench
import psycopg
from bench import HOME, PORT, address, embedded, prepare

ACCOUNTS = 2_000
CLIENTS = 24
POLL = 2.0
LOOK_AFTER = 0.1  # the page looks by its own clock, whatever the holder does meanwhile
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "X-Panel": "1"}
ASKED = "matter=wrong_data&field=name&field=address"


@dataclass
class Seen:
    """What the desk sees of one class: size and time of each answer."""

    asked: list[tuple[int, float]] = field(default_factory=list)
    looked: list[tuple[int, float]] = field(default_factory=list)


def area(positive: list[float], negative: list[float]) -> float:
    """Area under the curve: how often a positive one has the higher score; ties count half."""
    ranked = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    total, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        middle = (place + end + 1) / 2
        total += middle * sum(label for _, label in ranked[place:end])
        place = end
    wins = total - len(positive) * (len(positive) + 1) / 2
    return wins / (len(positive) * len(negative))


def classified(one: list[tuple[int, float]], other: list[tuple[int, float]]) -> float:
    """The area under the curve of a classifier on size and time, each half judged by the other."""
    scores: list[list[float]] = [[], []]
    for half in (0, 1):
        train = [seen[1 - half :: 2] for seen in (one, other)]
        times = sorted(value for seen in train for _, value in seen)
        edges = [times[len(times) * part // 20] for part in range(1, 20)]
        table = [_counts(seen, edges) for seen in train]
        for label, seen in enumerate((one[half::2], other[half::2])):
            for answer in seen:
                bin_ = _bin(answer, edges)
                scores[label].append(
                    math.log((table[0].get(bin_, 0) + 1) / (table[1].get(bin_, 0) + 1))
                )
    return area(scores[0], scores[1])


def _bin(answer: tuple[int, float], edges: list[float]) -> tuple[int, int]:
    return answer[0], sum(answer[1] > edge for edge in edges)


def _counts(seen: list[tuple[int, float]], edges: list[float]) -> dict[tuple[int, int], int]:
    counts: dict[tuple[int, int], int] = {}
    for answer in seen:
        counts[_bin(answer, edges)] = counts.get(_bin(answer, edges), 0) + 1
    return counts


class Tries:
    """Clients that ask in turn for both classes, in random order."""

    def __init__(self, people: list[bench.Consultant], token: str, tries: int) -> None:
        self.people, self.token = people, token
        self.left = [index % 2 for index in range(2 * tries)]
        random.Random(19239).shuffle(self.left)
        self.seen = (Seen(), Seen())
        self.lock = threading.Lock()
        self.failed: list[BaseException] = []
        with psycopg.connect(**address.of_role("owner").conninfo()) as connection:
            self.accounts = [
                row[0] for row in connection.execute("SELECT id FROM registry_account ORDER BY id")
            ]

    def run(self) -> None:
        """All tries, on as many connections as there are consultants."""
        threads = [
            threading.Thread(target=self._work, args=(place,)) for place in range(len(self.people))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failed:
            raise self.failed[0]

    def _work(self, place: int) -> None:
        try:
            self._tries(place)
        except BaseException as error:
            self.failed.append(error)

    def _tries(self, place: int) -> None:
        person, turn = self.people[place], 0
        own = self.accounts[place :: len(self.people)]  # two at one account would be in the way
        with (
            psycopg.connect(**address.of_role("owner").conninfo(), autocommit=True) as owner,
            psycopg.connect(**address.of_role("portal").conninfo(), autocommit=True) as portal,
            contextlib.closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as desk,
        ):
            while True:
                with self.lock:
                    if not self.left or self.failed:
                        return
                    nobody = self.left.pop()
                account = own[turn % len(own)]
                turn += 1
                call = self._new_call(owner, person, None if nobody else account)
                asked = self._send(desk, person, "POST", f"/call/{call}/confirm/", ASKED)
                next_look = time.perf_counter() + LOOK_AFTER
                if not nobody:
                    self._decline(portal, account)
                else:
                    portal.execute("SELECT * FROM verification_prompt(%s)", [account]).fetchall()
                time.sleep(max(0.0, next_look - time.perf_counter()))
                looked = self._send(desk, person, "GET", f"/call/{call}/confirm/state/", "")
                with self.lock:
                    self.seen[nobody].asked.append(asked)
                    self.seen[nobody].looked.append(looked)

    def _new_call(
        self, owner: psycopg.Connection, person: bench.Consultant, account: int | None
    ) -> str:
        owner.execute("UPDATE verification_call SET ended_at = now() WHERE id = %s", [person.call])
        person.call = str(uuid.uuid4())
        owner.execute(
            "INSERT INTO verification_call (id, consultant_id, began_at, account_id, language)"
            " SELECT %s, s.user_id, now(), %s, 'pl' FROM login_staffsession s"
            " WHERE s.session_key = %s",
            [person.call, account, person.digest],
        )
        return person.call

    def _decline(self, portal: psycopg.Connection, account: int) -> None:
        found = portal.execute("SELECT id FROM verification_prompt(%s)", [account]).fetchone()
        if not found:
            raise RuntimeError("the holder was not asked")
        portal.execute("SELECT verification_decline(%s, %s, 'login-1')", [found[0], account])

    def _send(
        self, desk: http.client.HTTPConnection, person: bench.Consultant, method: str, path: str,
        body: str,
    ) -> tuple[int, float]:  # fmt: skip
        headers = {
            **HEADERS, "X-CSRFToken": self.token, "Accept": "text/html",
            "Cookie": f"desk_session={person.cookie}; desk_csrf={self.token}",
        }  # fmt: skip
        began = time.perf_counter()
        desk.request(method, path, body or None, headers)
        answer = desk.getresponse()
        sent = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200 or (b"waiting" not in sent):
            raise RuntimeError(f"unexpected answer {answer.status}: {sent[:500]!r}")
        head = sum(len(name) + len(value) for name, value in answer.getheaders())
        return len(sent) + head, took


@contextlib.contextmanager
def desk(threads: int) -> Iterator[int]:
    """The desk with so many threads: an answer that is held keeps one of them."""
    environment = {**os.environ, "ZAMIAST_IDLE_MINUTES": "600"}
    del environment["DJANGO_SETTINGS_MODULE"]
    command = [sys.executable, "-m", "zamiast", "serve", "desk", "--port", str(PORT)]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--threads", str(threads)], env=environment
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/alive/", timeout=1).close()
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def wait_screens(
    people: list[bench.Consultant], seconds: float, server: int, postmaster: int
) -> tuple[float, int, list[float]]:
    """So many screens poll at once; CPU seconds, number of answers, how long each took."""
    chooser = selectors.DefaultSelector()
    due: dict[int, float] = {}
    start = time.perf_counter() + 0.5
    states = []
    for place, person in enumerate(people):
        connection = socket.create_connection(("127.0.0.1", PORT))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        state = {"asks": _poll(person), "sent": 0.0, "socket": connection}
        chooser.register(connection, selectors.EVENT_READ, state)
        states.append(state)
        due[place] = start + POLL * place / len(people)
    before, latencies = bench.cpu_seconds([server, postmaster]), []
    while time.perf_counter() < start + seconds:
        now = time.perf_counter()
        for place, moment in due.items():
            if moment <= now:
                states[place]["sent"] = now
                states[place]["socket"].sendall(states[place]["asks"])
                due[place] = moment + POLL
        for key, _ in chooser.select(0.002):
            answer = key.fileobj.recv(65_536)
            while not bench.complete(answer):
                answer += key.fileobj.recv(65_536)
            if b'"waiting"' not in answer:
                raise SystemExit(f"unexpected answer: {answer[:1000]!r}")
            latencies.append(time.perf_counter() - key.data["sent"])
    spent = bench.cpu_seconds([server, postmaster]) - before
    for state in states:
        state["socket"].close()
    return spent, len(latencies), sorted(latencies)


def _poll(person: bench.Consultant) -> bytes:
    return (
        f"GET /call/{person.call}/confirm/state/ HTTP/1.1\r\nHost: localhost:{PORT}\r\n"
        f"Cookie: desk_session={person.cookie}\r\nAccept: application/json\r\n\r\n"
    ).encode()


def all_wait(people: list[bench.Consultant]) -> None:
    """Each consultant has asked and waits."""
    with psycopg.connect(**address.of_role("owner").conninfo(), autocommit=True) as owner:
        owner.execute("UPDATE verification_limits SET number_lives = '1 hour'")
        for person in people:
            owner.execute(
                "SELECT verification_confirm_ask(%s, %s, %s, 'wrong_data', '{name}', %s)",
                [person.digest, person.call, uuid.uuid4(), os.urandom(32)],
            )


def measure(options: argparse.Namespace, postmaster: int) -> None:
    """Both measurements, printed as tables."""
    token = bench.csrf_token()
    if options.tries:
        with desk(CLIENTS):
            tries = Tries(bench.consultants(CLIENTS), token, options.tries)
            tries.run()
        print(f"\nTwo classes of {options.tries:,} tries: area under the curve (bar 0.48–0.52)\n")
        print("| answer | size | time | both, by a classifier | median ms |\n|---|--:|--:|--:|--:|")
        for name in ("asked", "looked"):
            one, other = (getattr(seen, name) for seen in tries.seen)
            sizes = [[float(size) for size, _ in seen] for seen in (one, other)]
            times = [[took for _, took in seen] for seen in (one, other)]
            middle = sorted(times[0])[len(times[0]) // 2] * 1000
            print(f"| {name} | {area(*sizes):.3f} | {area(*times):.3f}"
                  f" | {classified(one, other):.3f} | {middle:.1f} |")  # fmt: skip
    with psycopg.connect(**address.of_role("owner").conninfo()) as connection:
        connection.execute("UPDATE verification_call SET ended_at = now() WHERE ended_at IS NULL")
    people = bench.consultants(options.screens)
    all_wait(people)
    with desk(options.threads) as server:
        wait_screens(people, 3, server, postmaster)
        spent, answers, times = wait_screens(people, options.seconds, server, postmaster)
    print(f"\n{options.screens} waiting screens, one question every {POLL:.0f} s\n")
    print("| answers/s | CPU µs an answer | CPU of one screen | of all | p50 ms | p99 ms |")
    print("|--:|--:|--:|--:|--:|--:|")
    print(f"| {answers / options.seconds:.0f} | {spent / answers * 1e6:,.0f}"
          f" | {spent / options.seconds / options.screens:.3%} of a core"
          f" | {spent / options.seconds:.0%} of a core | {times[len(times) // 2] * 1000:.1f}"
          f" | {times[len(times) * 99 // 100] * 1000:.1f} |")  # fmt: skip


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=5_000)
    parser.add_argument("--screens", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--threads", type=int, default=4, help="of each of two processes, waiting")
    options = parser.parse_args()
    print(f"Machine: {bench.machine()}", flush=True)
    cluster = embedded.Embedded(HOME, settings=(("shared_buffers", "1GB"),))
    try:
        cluster.start()
        prepare.prepare(cluster.administrator())
        migrate = [sys.executable, "-m", "zamiast", "database", "migrate"]
        subprocess.run(migrate, check=True, capture_output=True)
        bench.fill(ACCOUNTS)
        bench.settle(cluster)
        measure(options, int((cluster.data / "postmaster.pid").read_text().splitlines()[0]))
    finally:
        cluster.stop()
        bench.shutil.rmtree(HOME, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())

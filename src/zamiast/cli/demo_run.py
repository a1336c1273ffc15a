"""Starting and stopping the whole demo: database, vault, portal, desk, api, jobs.

One process watches the others. Ctrl-C, a closed terminal or the end of any one of
them stops them all, and waits until each is gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TextIO

from zamiast.cli import demo_records
from zamiast.config import env, sites, vault
from zamiast.config.database import address, embedded
from zamiast.config.database import prepare as preparing
from zamiast.errors import Misconfigured

PEOPLE = 400
SEED = 19239


class Stop(Exception):
    """Somebody asked for the end."""


def run(*, port: int, fresh: bool, home: str = "") -> int:
    """Start everything, say how to log in, wait, stop everything. Returns the exit code.

    ``home`` is the folder that somebody named for it; the command for codes needs it, too.
    """
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, _ask_to_stop)
    try:
        with _only_one():
            _begin(port, fresh=fresh)
            with _database():
                _prepare()
                sites.note_desk(_desk(port))
                with _processes(port) as processes:
                    print(welcome(port, home), flush=True)
                    _watch(processes)
    except Stop:
        pass
    print("Stopped.", flush=True)
    return 0


def _ask_to_stop(_: int, __: FrameType | None) -> None:
    raise Stop


def _refuse_taken(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise Misconfigured(
                "demo.port",
                f"Port {port} is taken by another program. Choose another one, for example:"
                f" make run PORT={port + 10}",
            ) from error


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """One demo at a time on one set of data."""
    env.home().mkdir(parents=True, exist_ok=True)
    with (env.home().parent / f".{env.home().name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Misconfigured(
                "demo.running", f"A demo runs already on {env.home()}. Stop it first."
            ) from error
        yield


def _begin(port: int, *, fresh: bool) -> None:
    """Refuse before anything is touched; forget the data where that is asked for."""
    for wanted in (port, port + 1, port + 2):
        _refuse_taken(wanted)
    if fresh and address.is_embedded():
        embedded.default().stop()
        shutil.rmtree(env.home())


@contextlib.contextmanager
def _database() -> Iterator[None]:
    if not address.is_embedded():
        yield
        return
    server = embedded.default()
    with _step("Starting PostgreSQL"):
        server.start()
    try:
        yield
    finally:
        _deaf_to_signals()
        server.stop()


def _prepare() -> None:
    if address.is_embedded():
        with _step("Preparing roles"):
            preparing.prepare(embedded.default().administrator())
    with _step("Bringing the tables up to date"):
        _zamiast("database", "migrate")
    people = ["--count", str(PEOPLE), "--seed", str(SEED), "--cast", "--once"]
    with _step(f"Inventing {PEOPLE} people, unless people are there") as results:
        if "nobody was invented" in _zamiast("demo", "people", *people):
            results.append("People are there already.")
    with _step("Inventing their health records, unless there are some") as results:
        results += _records()


def _records() -> list[str]:
    """Invent records as FHIR and import them, as any other system's."""
    with tempfile.TemporaryDirectory() as folder:
        made = _zamiast("demo", "records", folder, "--count", str(PEOPLE), "--seed", str(SEED),
                        "--once")  # fmt: skip
        if demo_records.NOTHING in made:
            return ["Records are there already."]
        _zamiast("import", "fhir", folder, "--source", "demo", "--without-numbers")
    return []


def _zamiast(*arguments: str) -> str:
    """Run one command; returns what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "zamiast", *arguments], capture_output=True, text=True
    )
    if done.returncode != 0:
        raise Misconfigured(
            "demo.failed", f"zamiast {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        )
    return done.stdout


@contextlib.contextmanager
def _step(text: str) -> Iterator[list[str]]:
    """Say what is going on, what came of it where the list is filled, and how long it took."""
    print(f"  {text} …", end="", flush=True)
    began = time.monotonic()
    results: list[str] = []
    yield results
    print("".join(f" {result}" for result in results), end="")
    print(f" {time.monotonic() - began:.1f} s", flush=True)


@contextlib.contextmanager
def _processes(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Vault, sites, api, worker; each in a group of its own, so that Ctrl-C reaches only us."""
    logs = env.home() / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    logs.chmod(0o700)  # an earlier demo may have left it open
    commands = {
        "vault": ["serve", "vault"],
        "portal": ["serve", "portal", "--port", str(port)],
        "desk": ["serve", "desk", "--port", str(port + 1)],
        "api": ["serve", "api", "--port", str(port + 2), "--workers", "1"],
        "worker": ["work"],
    }
    with contextlib.ExitStack() as stack:
        started: list[subprocess.Popen[bytes]] = []
        stack.callback(_end, started)
        with _step("Starting vault, portal, desk, api and jobs"):
            for name, command in commands.items():
                log = stack.enter_context((logs / f"{name}.log").open("a"))
                started.append(_start(command, log, port))
            for wanted in (port, port + 1, port + 2):
                _wait_for(wanted, started, logs)
        yield started


def _desk(port: int) -> str:
    return f"http://localhost:{port + 1}"


def _start(command: list[str], log: TextIO, port: int) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "ZAMIAST_PORTAL_URL": f"http://localhost:{port}",
        "ZAMIAST_DESK_URL": _desk(port),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "zamiast", *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _wait_for(port: int, processes: list[subprocess.Popen[bytes]], logs: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/alive/", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Misconfigured("demo.failed", f"A process did not start; its log is in {logs}.")


def _watch(processes: list[subprocess.Popen[bytes]]) -> None:
    """Wait until somebody stops us or one of the processes ends by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    print("A process ended by itself; its log is in", env.home() / "logs", file=sys.stderr)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End the processes with all that they started; kill what does not go in ten seconds."""
    _deaf_to_signals()
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _deaf_to_signals() -> None:
    """Once the end has begun, a second Ctrl-C must not interrupt it."""
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)


def welcome(port: int, home: str = "") -> str:
    """What a newcomer needs: addresses, logins, codes."""
    from zamiast.demo import cast

    there = f"ZAMIAST_HOME={shlex.quote(home)} " if home else ""

    logins = "\n".join(f"    {login.username:<14}{login.about}" for login in cast.logins())
    return f"""
Zamiast runs, with invented people.

  Portal (patients)   http://localhost:{port}
  Desk (helpline)     {_desk(port)}
  Telephone events    http://localhost:{port + 2}/telephony/events/

  Logins, all with the password  {cast.PASSWORD}
{logins}

  The one-time code:  {there}.venv/bin/zamiast demo code konsultant
  Who shows what:     docs/how-to/tour.md

The demo made the vault's keys itself, in {vault.keys_folder()}: good for a trial only.
Ctrl-C stops everything; the data stay for the next time."""

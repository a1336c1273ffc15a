"""``zamiast demo run``: everything starts, everything stops, the data stay."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.database import BASE, server


@pytest.fixture
def home(worker_name: str) -> Iterator[Path]:
    """A demo's own data, removed afterwards."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="demo-", dir=BASE))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


def demo(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "ZAMIAST_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "zamiast", "demo", "run", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def three_free_ports() -> int:
    for port in range(20_000, 30_000, 7):
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            try:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 1))
                three.bind(("127.0.0.1", port + 2))
            except OSError:
                continue
            return port
    raise AssertionError("no three free ports")


def started(process: subprocess.Popen[str]) -> str:
    """What it said until it was ready."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            return said
    raise AssertionError(f"the demo did not start:\n{said}")


def working_on(home: Path) -> list[str]:
    """Processes that name this home, in their arguments or environment."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline"]):
        try:
            words = " ".join(process.info["cmdline"] or []) + str(process.environ())
        except (psutil.Error, OSError):
            continue
        if str(home) in words:
            found.append(f"{process.info['pid']} {process.info['cmdline']}")
    return found


@pytest.mark.skipif(server().programs is not None, reason="the demo brings its own server")
def test_it_starts_says_how_to_log_in_stops_and_keeps_its_data(home: Path) -> None:
    port = three_free_ports()
    process = demo(home, "--port", str(port))
    try:
        said = started(process)
        for wanted in (f"http://localhost:{port}", f"http://localhost:{port + 1}", "konsultant"):
            assert wanted in said
        for wanted in (port, port + 1, port + 2):
            answer = urllib.request.urlopen(f"http://localhost:{wanted}/alive/", timeout=10)
            assert answer.status == 200
        again = demo(home, "--port", str(three_free_ports()))
        assert "runs already" in again.communicate(timeout=60)[0]
        assert (home / "logs").stat().st_mode & 0o777 == 0o700
    finally:
        os.kill(process.pid, signal.SIGINT)
        process.wait(60)
    assert process.returncode == 0
    deadline = time.monotonic() + 10
    while working_on(home) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert working_on(home) == []

    second = demo(home, "--port", str(port))
    try:
        started(second)
    finally:
        os.kill(second.pid, signal.SIGTERM)
        second.wait(60)
    assert second.returncode == 0


def test_a_taken_port_is_named_with_a_way_out(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = demo(home, "--port", str(port))
        said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert f"Port {port} is taken" in said
    assert "PORT=" in said
    assert not (home / "postgresql").exists()

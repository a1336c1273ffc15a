"""The database is killed and started again at each state of a confirmation, on a server of its own.

What was committed is there, nothing else is; the five minutes go on by the clock; the process
that lost its connections heals by itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.database import BASE

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def home():
    """A home of its own: the cluster of the other tests must not be killed."""
    folder = Path(tempfile.mkdtemp(prefix="zamiast-restart-", dir=BASE))
    folder.chmod(0o755)
    yield folder
    pid = folder / "postgresql" / "postmaster.pid"
    if pid.exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid.read_text().splitlines()[0]), signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_restart_confirms_nothing_and_forgets_nothing(home):
    environment = {
        name: value for name, value in os.environ.items()
        if not name.startswith(("ZAMIAST_", "DATABASE_URL", "DJANGO_", "PG"))
    }  # fmt: skip
    environment |= {"ZAMIAST_HOME": str(home), "ZAMIAST_DEMO": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.restart_in_a_call"], env=environment, cwd=ROOT,
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["waiting", "confirmed", "ended"]

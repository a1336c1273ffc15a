"""Run by ``test_restart_in_a_call``: a call, with the database killed between its steps."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"

import django
from django.db import Error, connection

django.setup()

from tests import people  # noqa: E402
from zamiast.config.database import address, embedded, prepare  # noqa: E402
from zamiast.errors import Conflict  # noqa: E402
from zamiast.registry import selectors  # noqa: E402
from zamiast.verification import answering, confirming, services  # noqa: E402
from zamiast.verification.tests.conftest import HOLDER, session_of  # noqa: E402

cluster = embedded.default()


def as_role(role: str) -> None:
    """Log in as a role; the connection is opened when it is needed."""
    connection.close()
    connection.settings_dict["USER"] = address.role_name(role)
    connection.settings_dict["PASSWORD"] = address.role_password(role)


def kill_and_start() -> None:
    """No orderly end: as if the machine had lost its power."""
    pid = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    family = [pid, *map(int, found.stdout.split())]
    for one in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    for one in family:
        while _is_alive(one):
            time.sleep(0.05)
    try:
        connection.cursor().execute("SELECT 1")
    except Error:
        connection.close()
    else:
        raise SystemExit("the database answered after its death")
    # A machine that lost its power has no process of that number; here it may be a zombie.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    (cluster.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
    cluster.start()


def _is_alive(pid: int) -> bool:
    """Whether a process is there, and more than a name in the list of processes."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def main() -> None:
    """Ask · kill · type · kill · open · hang up · kill."""
    cluster.start()
    prepare.prepare(cluster.administrator())
    subprocess.run([sys.executable, "-m", "zamiast", "database", "migrate"], check=True,
                   capture_output=True)  # fmt: skip
    from django.conf import settings

    settings.SITE = "desk"
    account, user = people.account().pk, people.consultant("K-417")
    session = session_of(user).digest
    number = str(selectors.current_identifier(account).number)
    as_role("desk")
    call = services.take_call(user).pk
    services.identify(session, call, number)
    digits = confirming.ask(session, call, matter="wrong_data", fields=("name",))
    kill_and_start()
    assert confirming.state(session, call).state == "waiting"
    as_role("portal")
    prompt = answering.prompt(account)
    assert prompt is not None
    assert prompt.seconds <= 300
    print("waiting")
    typed = answering.type_number(prompt.id, account, about=account, digits=digits, by=HOLDER)
    assert typed == "confirmed"
    kill_and_start()
    assert answering.prompt(account) is None
    assert (
        answering.type_number(prompt.id, account, about=account, digits=digits, by=HOLDER) == "gone"
    )
    as_role("desk")
    assert confirming.state(session, call).state == "confirmed"
    assert confirming.open_fields(session, call, ("name",))["name"]
    print("confirmed")
    services.hang_up(call, user)
    kill_and_start()
    assert confirming.state(session, call).state == "no_call"
    try:
        confirming.open_fields(session, call, ("name",))
    except Conflict:
        print("ended")
    cluster.stop()


if __name__ == "__main__":
    main()

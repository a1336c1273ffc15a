"""``zamiast serve``: one site, the api or the vault, as a process of its own under its own role."""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import sys
from pathlib import Path

HELP = "Serve one site, portal or desk, the api, or the vault"

TEACH = """\
examples:
  zamiast serve portal --port 8000
  zamiast serve desk --port 8001 --workers 2 --threads 8
  zamiast serve api                 events of a telephone exchange; docs/reference/telephony.md
  zamiast serve vault               on a Unix socket; see `zamiast vault --help`

Put a reverse proxy with HTTPS before both (see docs/how-to/production.md). Without
HTTPS the sites refuse to set cookies, unless ZAMIAST_INSECURE_HTTP=1 says that this
is a trial on one machine.
"""

SITES = ("portal", "desk", "api")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("site", choices=(*SITES, "vault"))
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port (portal 8000, desk 8001, api 8002)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads in each process (4)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Collect the static files, then become the server; or become the vault."""
    if options.site == "vault":
        from zamiast.cli import vault

        return vault.serve()
    os.environ["DJANGO_SETTINGS_MODULE"] = f"zamiast.config.settings.{options.site}"
    from zamiast.helpline import words

    port = options.port or 8000 + SITES.index(options.site)
    if options.site != "api":
        words.begin()
        collect_static()
        words.wait()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", options.host, "--port", str(port)),
        *("--workers", str(options.workers), "--blocking-threads", str(options.threads)),
        *("--no-ws", "--log-level", "warning", "--respawn-failed-workers"),
        "zamiast.config.wsgi:application",
    ]
    return os.execv(sys.executable, command)  # noqa: S606 - this process becomes the server


def collect_static() -> None:
    """Gather static files under names that carry their content's hash.

    One process at a time, and only where a file is new or changed since the last time:
    gathering writes files anew, and the other site may be reading them.
    """
    import django
    from django.conf import settings
    from django.core.management import call_command

    from zamiast.config import env

    django.setup()
    env.home().mkdir(parents=True, exist_ok=True)
    gathered = Path(settings.STATIC_ROOT) / "staticfiles.json"
    with (env.home() / "static.lock").open("a+", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _fingerprint()
        lock.seek(0)
        if gathered.exists() and lock.read() == found:
            return
        gathered.parent.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        lock.truncate(0)
        lock.write(found)


def _fingerprint() -> str:
    """What tells whether any static file is new, gone or changed: 64 hex digits."""
    from django.contrib.staticfiles import finders

    seen = []
    for finder in finders.get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            about = Path(storage.path(path)).stat()
            seen.append(f"{path} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()

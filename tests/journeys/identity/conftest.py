"""A real OpenID provider, a vault and a portal that knows both, for the stories of logging in."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import people
from tests.database import BASE, HOME
from tests.journeys import leaks
from tests.journeys.conftest import Sites, _free_port, _serve, _wait
from zamiast.registry.models import Account
from zamiast.registry.vault.client import Entry, Kind, Number
from zamiast.registry.vault.tests.conftest import Process, some_pesel

_SOURCE = Path(__file__).parent


def installed() -> Path:
    """The folder with the provider and its packages; installed once for each lock file."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no node on this machine: logging in with an identity provider is not tried")
    files = ("package.json", "package-lock.json", "server.mjs")
    content = b"".join((_SOURCE / name).read_bytes() for name in files)
    folder = BASE / f"identity-provider-{hashlib.sha256(content).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            for name in files:
                shutil.copy(_SOURCE / name, folder)
            command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            if done.returncode:
                pytest.skip("npm could not install the identity provider for the stories")
            (folder / "ready").touch()
    return folder


@dataclass
class Identities:
    """The portal with providers, and who is known to them."""

    portal: str
    file: Path
    vault: Process
    log: Path

    def add(self, subject: str, **claims: str) -> None:
        """Somebody whom the provider knows."""
        known = json.loads(self.file.read_text())
        self.file.write_text(json.dumps([*known, {"sub": subject, **claims}]))

    def patient(self, subject: str, acr: str = "high", **more: Any) -> tuple[Account, str]:
        """Somebody with an account and a number in the vault, known to the provider."""
        account = people.account(**more)
        number = some_pesel(51, 3, 17)
        leaks.sent.add(number)
        with self.vault.asked_as("importer") as vault:
            entry = Entry(account.person_id, Number(Kind.PESEL, number), None, None, False)
            assert vault.store([entry])[0].outcome == "stored"
        self.add(number if subject == "number" else subject, pesel=number, acr=acr,
                 given_name="Zdzisławakowska")  # fmt: skip
        return account, number


@pytest.fixture(scope="session")
def identities(sites: Sites, worker_name: str) -> Iterator[Identities]:
    """Three providers: a good one, the same with the PESEL as subject, and one that is down."""
    folder, database = installed(), f"stories_{worker_name}"
    port, issuer_port = _free_port(), _free_port()
    issuer, portal = f"http://127.0.0.1:{issuer_port}", f"http://localhost:{port}"
    settings = {"ZAMIAST_OIDC": "pz,numbers,away"}
    for name, claim, where in (
        ("pz", "pesel", issuer), ("numbers", "sub", issuer), ("away", "", "http://127.0.0.1:9"),
    ):  # fmt: skip
        prefix = f"ZAMIAST_OIDC_{name.upper()}"
        settings |= {
            f"{prefix}_ISSUER": where, f"{prefix}_CLIENT_ID": "zamiast",
            f"{prefix}_CLIENT_SECRET": "secret-of-the-stories", f"{prefix}_NUMBER_CLAIM": claim,
            f"{prefix}_SCOPES": "openid pesel", f"{prefix}_STRONG": "high",
            f"{prefix}_NAME_PL": {"pz": "Profil zaufany", "numbers": "Numerowy"}.get(name, "Bank"),
        }  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "people.json"
        file.write_text("[]")
        callbacks = ",".join(f"{portal}/login/with/{name}/back/" for name in ("pz", "numbers"))
        command = ["node", "server.mjs", str(issuer_port), callbacks, str(file)]
        vault = Process(database, Path(place))
        log = HOME / f"identity-{worker_name}.log"
        settings["ZAMIAST_VAULT_SOCKET"] = str(Path(place) / "run" / "socket")
        with (Path(place) / "provider.log").open("wb") as output:
            provider = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        vault.start()
        before = dict(os.environ)
        os.environ.update(settings)
        process = _serve("portal", port, database, log)
        os.environ.clear()
        os.environ.update(before)
        try:
            _wait(portal, process, log)
            yield Identities(portal, file, vault, log)
        finally:
            for one in (process, provider):
                one.terminate()
                one.wait(20)
            vault.end()

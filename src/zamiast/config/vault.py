"""Where the vault is: its socket, its callers' tokens, its keys.

Each is a setting of the environment, better a file (``NAME_FILE``). Tokens are made and
kept like other secrets. Keys are not: in production they are given, apart from the
database's secrets and from backups; the demo alone makes its own.
"""

from __future__ import annotations

import os
from pathlib import Path

from zamiast.config import env
from zamiast.errors import Misconfigured

CALLERS = ("importer", "portal", "operator")
PASSPORT_OID = "2.16.840.1.113883.4.330.616"
SETTINGS = {"encryption": "ZAMIAST_VAULT_KEYS", "fingerprint": "ZAMIAST_VAULT_FINGERPRINT_KEYS"}


def socket_path() -> Path:
    """``ZAMIAST_VAULT_SOCKET``, else a file in ``home()/run-vault``."""
    return Path(env.text("ZAMIAST_VAULT_SOCKET") or env.home() / "run-vault" / "socket")


def token(caller: str) -> str:
    """The token of one caller: ``ZAMIAST_VAULT_TOKEN_IMPORTER`` or ``_FILE``, or a kept secret."""
    return env.text(f"ZAMIAST_VAULT_TOKEN_{caller.upper()}") or env.kept_secret(
        f"vault_token_{caller}"
    )


def access(caller: str) -> dict[str, str]:
    """What ``registry.vault.client`` needs to ask as this caller."""
    return {"SOCKET": str(socket_path()), "CALLER": caller, "TOKEN": token(caller)}


def keys_folder() -> Path:
    """Where `zamiast vault new-keys` writes, and where keys are sought if no setting names them."""
    return Path(env.text("ZAMIAST_VAULT_KEYS_FOLDER") or env.home() / "vault-keys")


def keys_file(kind: str) -> Path | None:
    """The file with the keys of one kind; None when they stand in the environment itself."""
    name = SETTINGS[kind]
    given = os.environ.get(f"{name}_FILE")
    if given:
        return Path(given)
    return None if os.environ.get(name) else keys_folder() / f"{kind}.keys"


def keys_text(kind: str) -> str:
    """The keys of one kind from the environment itself."""
    return os.environ.get(SETTINGS[kind], "")


def chosen_numbers() -> dict[str, tuple[str, str]]:
    """Which other numbers an import puts into the vault: kind and issuer by FHIR system.

    ``ZAMIAST_VAULT_NUMBERS`` is a list of ``SYSTEM=kind/issuer``; without it, Polish
    passports. Raises Misconfigured for anything else.
    """
    chosen = {}
    for entry in env.words("ZAMIAST_VAULT_NUMBERS", f"{PASSPORT_OID}=passport/PL"):
        system, _, sort = entry.rpartition("=")
        kind, _, issuer = sort.partition("/")
        if not system or kind not in {"passport", "foreign", "eidas"} or not issuer:
            raise Misconfigured(
                "vault.numbers", "ZAMIAST_VAULT_NUMBERS must read SYSTEM=passport/PL and the like."
            )
        chosen[system.removeprefix("urn:oid:")] = (kind, issuer)
    return chosen


def missing_keys() -> Misconfigured | None:
    """What to say where no keys are given: what to do, and where they are looked for."""
    missing = [
        (kind, file)
        for kind in SETTINGS
        if (file := keys_file(kind)) is not None and not file.exists()
    ]
    if not missing:
        return None
    places = " and ".join(f"{SETTINGS[kind]}_FILE ({file})" for kind, file in missing)
    return Misconfigured(
        "vault.no_keys",
        f"The vault has no keys: {places} does not exist. Make them once with"
        " `zamiast vault new-keys`, and keep a copy apart from the database and its backups:"
        " without the keys no number can ever be read again.",
    )

"""What the environment says: one place that reads it.

Secrets come as ``NAME`` or, better, as a file named by ``NAME_FILE``; where
neither is set, a secret is made once and kept under ``home()/secrets`` (0600).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import platformdirs

from zamiast.errors import Misconfigured


def home() -> Path:
    """The folder for everything that this installation writes.

    ``ZAMIAST_HOME``, else ``/var/lib/zamiast`` for root and the user's data
    directory for anybody else.
    """
    named = os.environ.get("ZAMIAST_HOME")
    if named:
        return Path(named)
    if os.geteuid() == 0:
        return Path("/var/lib/zamiast")
    return Path(platformdirs.user_data_dir("zamiast", appauthor=False))


def flag(name: str, *, default: bool = False) -> bool:
    """Whether a switch is on: 1, true, yes or on."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """A setting as text, from ``NAME`` or the file that ``NAME_FILE`` names."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Misconfigured(
                "env.file", f"{name}_FILE names {file}, which cannot be read: {error.strerror}."
            ) from error
    return os.environ.get(name, default)


def words(name: str, default: str = "") -> list[str]:
    """A setting that is a list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def beginning_with(prefix: str) -> dict[str, str]:
    """All settings whose names begin alike, by name."""
    names = {name.removesuffix("_FILE") for name in os.environ if name.startswith(prefix)}
    return {name: text(name) for name in sorted(names)}


def secret(name: str) -> str:
    """A secret of this installation; made and kept when there is none yet.

    ``name`` is like ``ZAMIAST_SECRET_KEY``; the file is ``secrets/secret_key``.
    """
    given = text(name)
    if given:
        return given
    return kept_secret(name.removeprefix("ZAMIAST_").lower())


def kept_secret(name: str) -> str:
    """Read ``home()/secrets/name``; make it with 256 random bits when missing."""
    folder = home() / "secrets"
    path = folder / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    value = secrets.token_urlsafe(32)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made it meanwhile
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value + "\n")
    return value

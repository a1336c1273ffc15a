"""The keys: a text with one key a line, the newest first.

    # made by: zamiast vault new-keys
    2026-11-23-k7f2:Xv0…43 characters of base64url, 32 bytes…

``#`` begins a comment. Where there is one line only, commas stand for line ends, as an
environment variable wants it.
What is new is written with the first key; the others only read, until
``zamiast vault rotate-keys`` says that they may go.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import os
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from zamiast.errors import Misconfigured, ZamiastError
from zamiast.registry.vault.crypto import Key

log = structlog.get_logger("zamiast.vault")

KINDS = ("encryption", "fingerprint")
_NAME = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True)
class Source:
    """Where the keys of one kind come from: a text, or a file that may change while we run."""

    text: str = ""
    file: Path | None = None

    def read(self) -> str:
        """The text of the keys. Raises Misconfigured when the file cannot be read."""
        if self.file is None:
            return self.text
        try:
            return self.file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not plain ASCII"
            raise Misconfigured(
                "vault.keys_file", f"The vault's keys in {self.file} cannot be read: {reason}."
            ) from None

    def version(self) -> tuple[int, int, int]:
        """What changes when the file is replaced or written."""
        if self.file is None:
            return (0, 0, 0)
        try:
            found = self.file.stat()
        except OSError:
            return (-1, 0, 0)
        return (found.st_ino, found.st_mtime_ns, found.st_size)


@dataclass(frozen=True)
class Ring:
    """All keys of both kinds, the newest of each first."""

    encryption: tuple[Key, ...]
    fingerprint: tuple[Key, ...]

    def opener(self, key_id: str) -> Key:
        """The encryption key with this id. Raises Misconfigured when it is not here."""
        for key in self.encryption:
            if key.id == key_id:
                return key
        raise Misconfigured("vault.key_missing", f"The vault's encryption key {key_id} is missing.")

    def of(self, kind: str) -> tuple[Key, ...]:
        """The keys of one kind."""
        return self.encryption if kind == "encryption" else self.fingerprint


def parse(text: str, kind: str) -> tuple[Key, ...]:
    """Read keys. Raises Misconfigured, which names the line and never repeats it."""
    found: list[Key] = []
    lines = text.strip()
    for number, line in enumerate(lines.split("\n" if "\n" in lines else ","), start=1):
        words = line.partition("#")[0].strip()
        if words:
            found.append(_key(words, f"line {number} of the vault's {kind} keys"))
    if not found:
        raise Misconfigured("vault.no_keys", f"There is no {kind} key for the vault.")
    if len({key.id for key in found}) < len(found):
        raise Misconfigured("vault.key_twice", f"Two {kind} keys of the vault have the same id.")
    if len({key.secret for key in found}) < len(found):
        raise Misconfigured("vault.key_twice", f"Two {kind} keys of the vault are the same key.")
    return tuple(found)


def _key(words: str, where: str) -> Key:
    name, colon, encoded = words.partition(":")
    try:
        secret = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not (colon and _NAME.fullmatch(name) and len(secret) == 32):
        raise Misconfigured("vault.key_form", f"{where} must read id:43-characters-of-base64url.")
    return Key(name, secret)


def written(keys: tuple[Key, ...]) -> str:
    """Keys as the text that ``parse`` reads."""
    lines = [
        f"{key.id}:{base64.urlsafe_b64encode(key.secret).decode().rstrip('=')}" for key in keys
    ]
    return "# The vault's keys, the newest first. Keep them apart from database and backups.\n" + (
        "".join(f"{line}\n" for line in lines)
    )


def new_key() -> Key:
    """A fresh random key, named after the day."""
    today = datetime.datetime.now(datetime.UTC).date()
    return Key(f"{today}-{secrets.token_hex(2)}", secrets.token_bytes(32))


def write_file(path: Path, keys: tuple[Key, ...]) -> None:
    """Put a key file in place at once and durably: its owner's only, never half-written."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(written(keys))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read_ring(sources: dict[str, Source]) -> Ring:
    """The keys of both kinds. Raises Misconfigured."""
    ring = Ring(*(parse(sources[kind].read(), kind) for kind in KINDS))
    if {key.secret for key in ring.encryption} & {key.secret for key in ring.fingerprint}:
        raise Misconfigured("vault.key_shared", "Encryption and fingerprints need different keys.")
    return ring


class Keyring:
    """The keys of a running process: read anew as soon as a file has changed.

    ``accept`` is asked before new keys are used (it compares them with the database);
    while it or the file refuses, the process goes on with the keys that it has.
    """

    def __init__(self, sources: dict[str, Source], accept: Callable[[Ring], None]) -> None:
        self._sources, self._accept = sources, accept
        self._lock = threading.Lock()
        self._versions = self._look()
        self._ring = read_ring(sources)
        accept(self._ring)

    def current(self) -> Ring:
        """The keys of this moment."""
        if self._look() != self._versions:
            with self._lock:
                self._reload()
        return self._ring

    def _look(self) -> list[tuple[int, int, int]]:
        return [self._sources[kind].version() for kind in KINDS]

    def _reload(self) -> None:
        versions = self._look()
        if versions == self._versions:
            return
        self._versions = versions
        try:
            ring = read_ring(self._sources)
            self._accept(ring)
        except ZamiastError as error:
            log.error("the changed keys are not used", code=error.code, reason=error.sentence)
            return
        self._ring = ring
        log.info("keys read anew", encryption=[key.id for key in ring.encryption],
                 fingerprint=[key.id for key in ring.fingerprint])  # fmt: skip

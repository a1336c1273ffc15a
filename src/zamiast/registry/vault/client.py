"""Asking the vault: for the import, the portal and the command line.

    with Vault() as vault:
        vault.match(Number(Kind.PESEL, "…"))

Which caller this process is, its token and the socket stand in ``settings.VAULT``
(``config/vault.py``); a process whose settings have none, as the desk's, cannot ask.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from zamiast.errors import Misconfigured, NotAllowed, ZamiastError
from zamiast.registry.vault import protocol
from zamiast.registry.vault.numbers import Kind, Number, normal
from zamiast.registry.vault.protocol import Entry, Health, Matched, Revealed, Stored

__all__ = ["Away", "Entry", "Kind", "Matched", "Number", "Revealed", "Stored", "Vault", "normal"]

SECONDS_FOR_AN_ANSWER = 60.0


class Away(Misconfigured):
    """The vault's process does not answer."""

    status = 503


class Vault:
    """A connection to the vault, opened with the first question and opened anew when it broke.

    Every method raises Away when the process does not answer, and ZamiastError with the
    vault's own code and sentence when it refuses. Asking again is always safe: storing
    twice stores once. ``reveal`` alone is not asked again by itself, its code works once.
    """

    def __init__(self, access: dict[str, str] | None = None) -> None:
        known = access or getattr(settings, "VAULT", None) or {}
        self._caller = known.get("CALLER", "")
        self._token = known.get("TOKEN", "")
        self._path = known.get("SOCKET", "")
        self._connection: socket.socket | None = None
        if not (self._caller and self._token and self._path):
            raise NotAllowed("vault.no_caller", "This process has no business with the vault.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None

    def store(self, entries: Iterable[Entry]) -> list[Stored]:
        """Store numbers, any many; what became of each, in their order."""
        return [
            stored
            for batch in _batches(entries)
            for stored in self._ask(protocol.Store(self._caller, self._token, batch), list[Stored])
        ]

    def match(self, number: Number) -> Matched:
        """Whose number this is."""
        answer: Matched = self._ask(protocol.Match(self._caller, self._token, number), Matched)
        return answer

    def match_many(self, numbers: Iterable[Number]) -> list[Matched]:
        """Whose numbers these are, any many, in their order: for imports."""
        return [
            matched
            for batch in _batches(numbers)
            for matched in self._ask(
                protocol.MatchMany(self._caller, self._token, batch), list[Matched]
            )
        ]

    def reveal(self, person: int, *, reason: str, operator: str, code: str) -> list[Revealed]:
        """The numbers of a person, for an operator with a reason and a one-time code."""
        request = protocol.Reveal(self._caller, self._token, person, reason, operator, code)
        answer: list[Revealed] = self._ask(request, list[Revealed], again=False)
        return answer

    def enroll(self, name: str, *, role: str, by: str = "", code: str = "") -> str:
        """Begin to enrol an operator: the ``otpauth:`` address to scan, told once."""
        request = protocol.Enroll(self._caller, self._token, name, role, by, code)
        return str(self._ask(request, protocol.Enrolled, again=False).uri)

    def confirm(self, name: str, *, code: str) -> None:
        """Finish enrolling with a first code."""
        self._ask(protocol.Confirm(self._caller, self._token, name, code), bool, again=False)

    def revoke(self, name: str, *, by: str, code: str) -> None:
        """Take away an operator's right."""
        self._ask(protocol.Revoke(self._caller, self._token, name, by, code), bool, again=False)

    def status(self) -> Health:
        """How the vault is. Raises Away when its process does not run."""
        answer: Health = self._ask(protocol.Status(self._caller, self._token), Health)
        return answer

    def _ask(self, request: Any, kind: Any, *, again: bool = True) -> Any:
        raw = protocol.encode(request)
        fresh = self._connection is None
        try:
            return protocol.decode_answer(self._exchange(raw), kind)
        except protocol.Gone:
            self.close()
            if fresh or not again:
                raise _away() from None
        try:  # an idle connection was closed, or the process was started anew
            return protocol.decode_answer(self._exchange(raw), kind)
        except protocol.Gone:
            self.close()
            raise _away() from None

    def _exchange(self, raw: bytes) -> bytes:
        if self._connection is None:
            self._connection = _connected(self._path)
        protocol.send(self._connection, raw)
        return protocol.receive(self._connection, idle=SECONDS_FOR_AN_ANSWER)


def is_up() -> bool:
    """Whether the vault answers this process."""
    try:
        with Vault() as vault:
            vault.status()
    except ZamiastError:
        return False
    return True


def _connected(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(protocol.SECONDS_FOR_A_FRAME)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise _away() from None
    return connection


def _away() -> Away:
    return Away("vault.away", "The vault does not answer. Start its process: zamiast serve vault")


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == protocol.MOST:
            yield batch
            batch = []
    if batch:
        yield batch

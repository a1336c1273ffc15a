"""The vault's own process: a Unix socket, threads, and nothing else.

Each connection has a thread, each request names its caller and proves it with the
caller's token. What a caller may ask stands in ``RIGHTS``. Errors are answered with
fixed sentences, and logged by type and place only: a number stands in no message.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import hmac
import os
import resource
import shutil
import signal
import socket
import struct
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction

from zamiast.audit.services import ANONYMOUS, Purpose, record
from zamiast.errors import BadInput, Misconfigured, NotAllowed, ZamiastError
from zamiast.registry.vault import budget, operators, protocol, rows, services
from zamiast.registry.vault.keys import Keyring
from zamiast.registry.vault.protocol import (
    Answer,
    Confirm,
    Enroll,
    Enrolled,
    Gone,
    Health,
    Match,
    MatchMany,
    Reveal,
    Revoke,
    Status,
    Store,
)

log = structlog.get_logger("zamiast.vault")

RIGHTS: dict[str, tuple[type, ...]] = {
    "importer": (Store, Match, MatchMany, Status),
    "portal": (Match,),
    "operator": (Reveal, Enroll, Confirm, Revoke, Status),
}
CONNECTIONS = 64
SECONDS_IDLE = 60.0
SECONDS_TO_STOP = 10.0
_PR_SET_DUMPABLE = 4
_WRONG_TOKENS_AN_HOUR = 100


@dataclass(frozen=True)
class Peer:
    """The process at the other end, as the kernel tells it."""

    pid: int
    uid: int


@dataclass(frozen=True)
class Place:
    """Where the socket is, and the group that may reach it (else its owner only)."""

    path: Path
    group: str = ""


class Server:
    """Listens, answers, and stops when told to, after the requests in hand."""

    def __init__(self, place: Place, keyring: Keyring, tokens: dict[str, str]) -> None:
        self._place, self._keyring = place, keyring
        self._tokens = {name: _digest(token) for name, token in tokens.items()}
        self._stopping = threading.Event()
        self._free = threading.BoundedSemaphore(CONNECTIONS)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def stop(self, _: int = 0, __: FrameType | None = None) -> None:
        """Ask for the end; a signal handler."""
        self._stopping.set()

    def serve(self) -> None:
        """Serve until asked to stop."""
        with _alone(self._place), _listening(self._place) as listener:
            log.info("the vault listens", socket=str(self._place.path))
            while not self._stopping.is_set():
                try:
                    accepted, _ = listener.accept()
                except TimeoutError:
                    continue
                self._start(accepted)
        self._finish()
        log.info("the vault stopped")

    def _start(self, accepted: socket.socket) -> None:
        if not self._free.acquire(blocking=False):
            accepted.close()
            log.warning("too many connections")
            return
        with self._lock:
            self._open.add(accepted)
        threading.Thread(target=self._converse, args=(accepted,), daemon=True).start()

    def _converse(self, accepted: socket.socket) -> None:
        """Answer one connection until it ends."""
        peer = _peer(accepted)
        try:
            while not self._stopping.is_set():
                raw = protocol.receive(accepted, idle=SECONDS_IDLE)
                answer, goes_on = self.answer(raw, peer)
                protocol.send(accepted, answer)
                if not goes_on:
                    break
        except Gone:
            pass
        except ZamiastError as error:  # a frame that is too long: what follows is not a frame
            log.warning("hung up", code=error.code, pid=peer.pid, uid=peer.uid)
            with contextlib.suppress(Gone):
                protocol.send(accepted, _refusal(error))
        finally:
            with self._lock:
                self._open.discard(accepted)
            accepted.close()
            self._free.release()

    def _finish(self) -> None:
        """Let requests in hand end; who only listens hears that we are gone."""
        deadline = time.monotonic() + SECONDS_TO_STOP
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RD)
        while time.monotonic() < deadline:
            with self._lock:
                if not self._open:
                    return
            time.sleep(0.02)

    def answer(self, raw: bytes, peer: Peer) -> tuple[bytes, bool]:
        """The answer to one request, and whether the connection may go on."""
        began, caller, verb, code = time.monotonic(), "unknown", "unknown", "ok"
        goes_on = True
        try:
            request = protocol.decode_request(raw)
            verb = type(request).__name__
            self._admit(request)
            caller = request.caller
            value = _VERBS[type(request)](request, self._keyring)
            return _fitting(value), True
        except ZamiastError as error:
            code = error.code
            goes_on = code not in {"vault.malformed", "vault.wrong_token"}
            return _refusal(error), goes_on
        except DatabaseError as error:
            code = _where(error)
            return _refusal(_Unreachable()), True
        except Exception as error:  # whatever it is, its text may hold what was asked
            code = _where(error)
            return _refusal(
                ZamiastError("vault.failed", "The vault failed; its log says where.")
            ), True
        finally:
            with contextlib.suppress(Exception):
                connection.close()
            spent = round((time.monotonic() - began) * 1000)
            log.info(
                "asked", caller=caller, verb=verb, code=code, ms=spent, pid=peer.pid, uid=peer.uid
            )

    def _admit(self, request: Any) -> None:
        """Compare the token in constant time, then the right. Raises NotAllowed."""
        expected = self._tokens.get(request.caller, b"\0" * 32)
        if not hmac.compare_digest(expected, _digest(request.token)):
            time.sleep(0.5)
            known = request.caller if request.caller in self._tokens else "unknown"
            _note_wrong_token(known)
            raise NotAllowed("vault.wrong_token", "The vault does not know this caller.")
        if type(request) not in RIGHTS.get(request.caller, ()):
            raise NotAllowed("vault.no_right", "This caller may not ask this.")


def _note_wrong_token(known: str) -> None:
    """Write it to the log, a hundred times an hour at most: more would only flood it."""
    with contextlib.suppress(budget.UsedUp), transaction.atomic(durable=True):
        budget.spend("wrong_token", 1, limit=_WRONG_TOKENS_AN_HOUR, window=budget.HOUR)
        record("vault.asked", by=ANONYMOUS, outcome="wrong_token",
               purpose=Purpose(step=f"as {known}"))  # fmt: skip


class _Unreachable(ZamiastError):
    status = 503

    def __init__(self) -> None:
        super().__init__("vault.database", "The vault cannot reach its database.")


def _fitting(value: Any) -> bytes:
    raw = protocol.encode(Answer(ok=True, answer=_raw(value)))
    if len(raw) > protocol.LARGEST:
        raise BadInput("vault.too_long", "The answer is too long; ask for less.")
    return raw


def _raw(value: Any) -> Any:
    import msgspec

    return msgspec.Raw(protocol.encode(value))


def _refusal(error: ZamiastError) -> bytes:
    return protocol.encode(
        Answer(ok=False, code=error.code, sentence=error.sentence, status=error.status)
    )


def _where(error: BaseException) -> str:
    """An error's type and place; never its text, which may quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/zamiast/" in frame.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    state = getattr(error.__cause__, "sqlstate", None)
    return f"{type(error).__name__}{f' {state}' if state else ''} at {place}"


# --- the verbs ------------------------------------------------------------------------


def _store(request: Store, keyring: Keyring) -> Any:
    return services.store(request.entries, ring=keyring.current(), caller=request.caller)


def _match(request: Match, keyring: Keyring) -> Any:
    return services.match(request.number, ring=keyring.current(), caller=request.caller)


def _match_many(request: MatchMany, keyring: Keyring) -> Any:
    return services.match_many(request.numbers, ring=keyring.current(), caller=request.caller)


def _reveal(request: Reveal, keyring: Keyring) -> Any:
    return services.reveal(
        request.person, reason=request.reason, operator=request.operator, code=request.code,
        ring=keyring.current(),
    )  # fmt: skip


def _enroll(request: Enroll, keyring: Keyring) -> Any:
    uri = operators.enroll(request.name, role=request.role, by=request.by, code=request.code,
                           ring=keyring.current())  # fmt: skip
    return Enrolled(uri)


def _confirm(request: Confirm, keyring: Keyring) -> Any:
    operators.confirm(request.name, code=request.code, ring=keyring.current())
    return True


def _revoke(request: Revoke, keyring: Keyring) -> Any:
    operators.revoke(request.name, by=request.by, code=request.code, ring=keyring.current())
    return True


def _status(request: Status, keyring: Keyring) -> Any:
    ring = keyring.current()
    return Health(
        encryption_keys=[key.id for key in ring.encryption],
        fingerprint_keys=[key.id for key in ring.fingerprint],
        numbers=rows.count() if request.caller == "operator" else -1,
        operators=operators.names() if request.caller == "operator" else [],
    )


_VERBS: dict[type, Callable[[Any, Keyring], Any]] = {
    Store: _store, Match: _match, MatchMany: _match_many, Reveal: _reveal,
    Enroll: _enroll, Confirm: _confirm, Revoke: _revoke, Status: _status,
}  # fmt: skip


# --- the process ----------------------------------------------------------------------


def run(place: Place, keyring: Keyring, tokens: dict[str, str]) -> None:
    """Become the vault until SIGTERM or SIGINT."""
    server = Server(place, keyring, tokens)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, server.stop)
    server.serve()


def harden() -> None:
    """No core file, no files for others, and no other process of the same account reads our memory.

    PR_SET_DUMPABLE 0 keeps ``ptrace``, ``/proc/PID/mem`` and ``/proc/PID/environ`` from
    everybody but root (prctl(2)).
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@contextlib.contextmanager
def _alone(place: Place) -> Iterator[None]:
    """One vault on one socket; the lock goes with the process, so a kill leaves none."""
    folder = place.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o750 if place.group else 0o700)
    if place.group:
        shutil.chown(folder, group=place.group)
    with (folder / f"{place.path.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured("vault.running", f"A vault runs already on {place.path}.") from None
        yield


@contextlib.contextmanager
def _listening(place: Place) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        place.path.unlink(missing_ok=True)  # left by a process that was killed
        try:
            listener.bind(str(place.path))
        except OSError as error:
            raise Misconfigured(
                "vault.socket",
                f"The vault cannot listen on {place.path}: {error.strerror or error}.",
            ) from None
        try:
            place.path.chmod(0o660 if place.group else 0o600)
            if place.group:
                shutil.chown(place.path, group=place.group)
            listener.listen(CONNECTIONS)
            listener.settimeout(0.2)
            yield listener
        finally:
            place.path.unlink(missing_ok=True)


def _peer(accepted: socket.socket) -> Peer:
    if not hasattr(socket, "SO_PEERCRED"):  # not on this operating system
        return Peer(-1, -1)
    size = struct.calcsize("3i")
    pid, uid, _ = struct.unpack(
        "3i", accepted.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    )
    return Peer(pid, uid)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

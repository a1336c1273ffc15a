"""What is said on the vault's socket: frames of JSON, each with its length before it.

A frame is four bytes (the length, big-endian) and that many bytes of JSON. Each
request names its caller and carries that caller's token; each gets one answer. Types
are checked on both sides, unknown fields are refused, and nothing that came in is
ever repeated in an error.

>>> decode_request(encode(Match("portal", "t", Number("pesel", "44051401458"))))
Match(portal)
"""

from __future__ import annotations

import datetime
import socket
import struct
import time
from typing import Annotated, Any

import msgspec

from zamiast.errors import BadInput, ZamiastError
from zamiast.registry.vault.numbers import Number

LARGEST = 1_000_000
"""Bytes of one frame; a batch of ``MOST`` numbers fits."""
MOST = 500
"""Numbers in one batch."""
SECONDS_FOR_A_FRAME = 10.0

Short = Annotated[str, msgspec.Meta(max_length=128)]
Person = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    caller: Short
    token: Short

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.caller})"

    __str__ = __repr__


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number to store for a person of the registry.

    ``valid_to`` in the past makes it a past number. ``replaces`` says that the person's
    current PESEL is known to have changed to this one; without it that is a conflict.
    """

    person: Person
    number: Number
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    replaces: bool = False


class Store(_Request, frozen=True, forbid_unknown_fields=True, tag="store"):
    """Store numbers; each gets a ``Stored``."""

    entries: Annotated[list[Entry], msgspec.Meta(min_length=1, max_length=MOST)]


class Match(_Request, frozen=True, forbid_unknown_fields=True, tag="match"):
    """Ask whose number this is; gets a ``Matched``."""

    number: Number


class MatchMany(_Request, frozen=True, forbid_unknown_fields=True, tag="match_many"):
    """Ask whose numbers these are, for an import; each gets a ``Matched``."""

    numbers: Annotated[list[Number], msgspec.Meta(min_length=1, max_length=MOST)]


class Reveal(_Request, frozen=True, forbid_unknown_fields=True, tag="reveal"):
    """Have the numbers of a person shown; gets a list of ``Revealed``."""

    person: Person
    reason: Annotated[str, msgspec.Meta(max_length=1000)]
    operator: Short
    code: Short


class Enroll(_Request, frozen=True, forbid_unknown_fields=True, tag="enroll"):
    """Begin to enrol an operator; gets an ``Enrolled``. ``by`` and ``code`` but for the first."""

    name: Short
    role: Short
    by: Short = ""
    code: Short = ""


class Confirm(_Request, frozen=True, forbid_unknown_fields=True, tag="confirm"):
    """Finish enrolling with a first code of the new device."""

    name: Short
    code: Short


class Revoke(_Request, frozen=True, forbid_unknown_fields=True, tag="revoke"):
    """Take away an operator's right; by an operator with a code."""

    name: Short
    by: Short
    code: Short


class Status(_Request, frozen=True, forbid_unknown_fields=True, tag="status"):
    """Ask how the vault is; gets a ``Health``."""


Request = Store | Match | MatchMany | Reveal | Enroll | Confirm | Revoke | Status


class Stored(msgspec.Struct, frozen=True):
    """What became of an entry: stored, known, ended, replaced, past, or a conflict.

    Conflicts: ``number_of_another`` (then ``person`` is that other one),
    ``another_number``, ``no_person``, ``not_a_number``.
    """

    outcome: str
    person: int | None = None

    @property
    def is_conflict(self) -> bool:
        """Whether nothing was stored because somebody has to decide."""
        return self.outcome in CONFLICTS


CONFLICTS = frozenset({"number_of_another", "another_number", "no_person", "not_a_number"})


class Matched(msgspec.Struct, frozen=True):
    """Whose number it is: ``current``, ``past``, ``nobody``, ``several`` or ``not_a_number``."""

    outcome: str
    person: int | None = None


class Revealed(msgspec.Struct, frozen=True):
    """One number of the person asked for."""

    number: Number
    valid_from: datetime.date | None
    valid_to: datetime.date | None


class Enrolled(msgspec.Struct, frozen=True):
    """What the new operator scans once; it is not shown again."""

    uri: str

    def __repr__(self) -> str:
        return "Enrolled()"


class Health(msgspec.Struct, frozen=True):
    """What an operator may know of the vault, without a number in it."""

    encryption_keys: list[str]
    fingerprint_keys: list[str]
    numbers: int
    operators: list[str]


class Answer(msgspec.Struct, frozen=True):
    """What comes back: an answer, or an error's code, sentence and status."""

    ok: bool
    answer: msgspec.Raw = msgspec.Raw(b"null")
    code: str = ""
    sentence: str = ""
    status: int = 200


class TooLong(BadInput):
    """A frame is longer than allowed."""


class Gone(Exception):  # not an error: the other side hung up or took too long
    """There will be no further frame."""


_requests: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Request)
_answers = msgspec.json.Decoder(Answer)


def encode(value: Any) -> bytes:
    """A request or an answer as JSON."""
    return msgspec.json.encode(value)


def decode_request(raw: bytes) -> Any:
    """A request. Raises BadInput, which repeats nothing of what came."""
    try:
        return _requests.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadInput("vault.malformed", "The vault does not understand the request.") from None


def decode_answer(raw: bytes, kind: Any) -> Any:
    """The answer's content as ``kind``. Raises the error that the vault sent."""
    answer = _answers.decode(raw)
    if answer.ok:
        return msgspec.json.decode(answer.answer, type=kind)
    error = ZamiastError(answer.code, answer.sentence)
    error.status = answer.status
    raise error


def send(connection: socket.socket, raw: bytes) -> None:
    """Send one frame. Raises TooLong before anything is sent."""
    if len(raw) > LARGEST:
        raise TooLong("vault.too_long", "The message is too long for the vault.")
    connection.settimeout(SECONDS_FOR_A_FRAME)
    try:
        connection.sendall(struct.pack(">I", len(raw)) + raw)
    except OSError:
        raise Gone from None


def receive(connection: socket.socket, *, idle: float) -> bytes:
    """The next frame. Waits ``idle`` seconds for its first byte and then ten for all of it.

    Raises Gone when the other side hangs up or is too slow, TooLong when the length says
    so, before a byte of the content is read.
    """
    try:
        connection.settimeout(idle)
        first = connection.recv(1)
        deadline = time.monotonic() + SECONDS_FOR_A_FRAME
        if not first:
            raise Gone
        (length,) = struct.unpack(">I", first + _exactly(connection, 3, deadline))
        if length > LARGEST:
            raise TooLong("vault.too_long", "The message is too long for the vault.")
        return _exactly(connection, length, deadline)
    except OSError:
        raise Gone from None


def _exactly(connection: socket.socket, length: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Gone
        connection.settimeout(left)
        piece = connection.recv(min(65536, length - len(parts)))
        if not piece:
            raise Gone
        parts += piece
    return bytes(parts)

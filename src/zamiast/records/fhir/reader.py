"""Reading FHIR R4 files: bulk NDJSON (a resource a line), bundles, single resources.

The reader streams: of NDJSON it holds one line at a time. It never fails on what a
file holds: what it cannot read becomes a ``Refusal``, which says where and why and
repeats nothing of the content, since that may hold a national number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from zamiast.audit import doorway
from zamiast.errors import BadInput

LONGEST_LINE = 64 * 2**20
BUNDLES = {"collection", "transaction", "searchset", "batch"}

Known = TypeVar("Known")

_WRONG_TYPE = re.compile(r"^Expected `[a-z |]+`, got `[a-z]+` - at `(\$[\w.\[\]]*)`$")


@dataclass(frozen=True)
class Place:
    """Where something stands: the file, and the line or the entry of a bundle, from 1."""

    file: str
    line: int | None = None
    entry: int | None = None

    def __str__(self) -> str:
        where = [self.file]
        where += [f"line {self.line}"] if self.line else []
        where += [f"entry {self.entry}"] if self.entry else []
        return ", ".join(where)


@dataclass(frozen=True)
class Found:
    """A resource: its type, its id (a bundle's ``urn:uuid:`` where it has none), its JSON."""

    place: Place
    type: str
    id: str
    raw: bytes | msgspec.Raw


@dataclass(frozen=True)
class Refusal:
    """Something that is not imported, and why."""

    place: Place
    reason: str


class Refused(Exception):
    """Raised while a resource is taken apart; the text is the reason, without content."""


class _Head(msgspec.Struct):
    resourceType: str = ""
    id: str = ""
    eventId: str = ""


class _Entry(msgspec.Struct):
    resource: msgspec.Raw = msgspec.Raw()
    fullUrl: str = ""


class _Bundle(msgspec.Struct):
    type: str = ""
    entry: list[_Entry] = []


_HEAD = msgspec.json.Decoder(_Head)
_BUNDLE = msgspec.json.Decoder(_Bundle)


def files(path: Path) -> list[Path]:
    """The files to read: ``path`` itself, or the ``.ndjson`` and ``.json`` files in the folder.

    Raises BadInput where there is nothing to read.
    """
    if path.is_file():
        return [path]
    found = sorted(
        one for one in path.glob("*") if one.suffix in {".ndjson", ".json"} and one.is_file()
    )
    if not found:
        raise BadInput(
            "import.nothing", f"There is no .ndjson or .json file to read in {path.name or path}."
        )
    return found


def read(path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> Iterator[Found | Refusal]:
    """Everything in one file, in its order; ``on_bytes`` hears how much was read."""
    name = doorway.cleaned(path.name)
    try:
        if path.suffix == ".json":
            whole = path.read_bytes()
            yield from _one(whole, Place(name), whole=True)
            on_bytes(len(whole))
        else:
            yield from _lines(path, name, on_bytes)
    except OSError as error:
        yield Refusal(Place(name), f"the file cannot be read: {error.strerror}")


def decode(decoder: msgspec.json.Decoder[Known], raw: bytes | msgspec.Raw) -> Known:
    """Take JSON apart. Raises Refused with a reason that repeats nothing of it."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise Refused(wrong_type(error)) from None
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Refused("not JSON") from None


def wrong_type(error: msgspec.ValidationError) -> str:
    """Where a value has the wrong type, in words that repeat nothing of it."""
    where = _WRONG_TYPE.match(str(error))
    return f"wrong type of value at {where[1]}" if where else "wrong type of value"


def _lines(path: Path, name: str, on_bytes: Callable[[int], None]) -> Iterator[Found | Refusal]:
    with path.open("rb") as file:
        number, done = 0, 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            done += len(line)
            on_bytes(done)
            place = Place(name, number)
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                yield Refusal(place, "the line is too long")
                while (line := file.readline(LONGEST_LINE)) and not line.endswith(b"\n"):
                    pass
                continue
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
                if _is_log_of_download(line):
                    return
            if not line.isspace() and line:
                yield from _one(line, place)


def _is_log_of_download(line: bytes) -> bool:
    """Whether this begins the log that bulk clients leave beside the data."""
    try:
        head = _HEAD.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return bool(head.eventId) and not head.resourceType


def _one(raw: bytes, place: Place, *, whole: bool = False) -> Iterator[Found | Refusal]:
    """What stands in one line or one JSON file: a resource, or a bundle of them."""
    try:
        head = decode(_HEAD, raw.removeprefix(b"\xef\xbb\xbf"))
        if head.resourceType == "Bundle":
            yield from _bundle(raw.removeprefix(b"\xef\xbb\xbf"), place)
        elif head.resourceType:
            yield Found(place, head.resourceType, head.id, raw.removeprefix(b"\xef\xbb\xbf"))
        elif not whole or head.eventId == "":
            yield Refusal(place, "there is no resourceType, so it is not FHIR")
    except Refused as refused:
        yield Refusal(place, str(refused))


def _bundle(raw: bytes, place: Place) -> Iterator[Found | Refusal]:
    bundle = decode(_BUNDLE, raw)
    if bundle.type not in BUNDLES:
        kinds = ", ".join(sorted(BUNDLES))
        yield Refusal(place, f"a bundle of this type is not read, only {kinds}")
        return
    for number, entry in enumerate(bundle.entry, start=1):
        where = Place(place.file, place.line, number)
        if not bytes(entry.resource):
            continue  # a request to delete, or a response: nothing to import
        try:
            head = decode(_HEAD, entry.resource)
        except Refused as refused:
            yield Refusal(where, str(refused))
            continue
        if not head.resourceType:
            yield Refusal(where, "there is no resourceType, so it is not FHIR")
            continue
        yield Found(where, head.resourceType, head.id or _urn(entry.fullUrl), entry.resource)


def _urn(full_url: str) -> str:
    """The id that a bundle gives to a resource which has none yet."""
    prefix = "urn:uuid:"
    return full_url.removeprefix(prefix) if full_url.startswith(prefix) else ""

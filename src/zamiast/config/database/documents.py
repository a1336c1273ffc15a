"""The documents of cases in a backup: one archive beside the dump.

A document is whole on the disk before its row is committed. So the archive is filled
twice: once before the dump, so that what is deleted meanwhile is there, and once after
it, with what came meanwhile. Every document of the dump is in the archive; what else is
in it is nobody's and is never shown.

A restore puts the files in place before the database and takes away what is not in the
backup after it: whenever it is stopped, no document that the database lists is missing.
"""

from __future__ import annotations

import os
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

from zamiast.config import env
from zamiast.errors import BadInput

Progress = Callable[[int], None]
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")


def folder() -> Path:
    """Where the documents of cases lie."""
    return env.home() / "documents"


def archive_of(dump: Path) -> Path:
    """Where the documents of a backup stand."""
    return dump.with_name(dump.name + ".documents.tar")


class Archive:
    """An archive that is being written."""

    def __init__(self, place: Path) -> None:
        self._names: set[str] = set()
        self._tar = tarfile.open(place, "w")  # noqa: SIM115 - closed by close()

    def fill(self, on_progress: Progress) -> None:
        """Add every document that is not in it yet."""
        for name, file in _files():
            if name in self._names:
                continue
            try:
                self._tar.add(file, name, recursive=False)
            except FileNotFoundError:  # deleted with its row, before the dump
                continue
            self._names.add(name)
            on_progress(self._tar.offset)

    def close(self) -> int:
        """Finish it; return how many documents it holds."""
        self._tar.close()
        return len(self._names)


def names_in(archive: Path) -> set[str]:
    """The documents of an archive. Raises BadInput for anything else that stands in it."""
    try:
        with tarfile.open(archive, "r:") as tar:
            members = tar.getmembers()
    except (tarfile.TarError, OSError) as error:
        raise BadInput("restore.documents", f"{archive} cannot be read.") from error
    if not all(member.isreg() and _NAME.fullmatch(member.name) for member in members):
        raise BadInput("restore.documents", f"{archive} holds something that is no document.")
    return {member.name for member in members}


def put_in_place(archive: Path) -> set[str]:
    """Write the documents of an archive, each whole or not at all; return their names."""
    names = names_in(archive)
    with tarfile.open(archive, "r:") as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            _write(folder() / member.name, content.read())
    return names


def take_away_all_but(names: set[str]) -> int:
    """Delete the documents that are not in the backup; return how many."""
    gone = [file for name, file in _files() if name not in names]
    for file in gone:
        file.unlink()
    return len(gone)


def _files() -> Iterator[tuple[str, Path]]:
    for file in sorted(folder().glob("??/*")):
        name = f"{file.parent.name}/{file.name}"
        if _NAME.fullmatch(name) and file.is_file() and not file.is_symlink():
            yield name, file


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = place.with_name(place.name + ".partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(place)

"""Looking for PESELs where none may be: in a dump of the database and in the logs.

What the stories sent is remembered. A number counts as found in any writing: its
digits with anything but letters and digits between them, or spoken, by the guard.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import re
import subprocess
import urllib.parse
import zlib
from pathlib import Path

from zamiast.config.database import address, embedded
from zamiast.pure import pesel

TODAY = datetime.date.today()
sent: set[str] = set()


def remember(body: str | None) -> None:
    """Note which PESELs a page sent to a server, in whatever field."""
    for text in urllib.parse.parse_qs(body or "").values():
        for value in text:
            for span in pesel.scan(value, TODAY):
                digits = re.sub(r"\D", "", value[span.start : span.end])
                if len(digits) == 11:
                    sent.add(digits)


def writings(number: str) -> re.Pattern[str]:
    """The number with anything that is neither letter nor digit between its digits."""
    return re.compile(r"(?<!\d)" + r"[^\w\n]{0,3}".join(number) + r"(?!\d)")


def dump(database: str, programs: Path | None = None) -> str:
    """Everything in a database as text, sessions decoded; the vault's ciphertext left out."""
    command = [
        str(embedded.programs(programs) / "pg_dump"),
        "--data-only",
        "--exclude-schema=vault",
    ]
    environment = {**address.of_role("owner").environment(), "PGDATABASE": database}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout + "\n".join(_decoded(done.stdout))


def _decoded(text: str) -> list[str]:
    """What stands in base64 or compressed, as sessions do."""
    found = []
    for piece in re.findall(r"[A-Za-z0-9_-]{40,}", text):
        raw = base64.urlsafe_b64decode(piece[: len(piece) // 4 * 4])
        found.append(raw.decode("utf-8", "replace"))
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(raw).decode("utf-8", "replace"))
    return found


def found_in(text: str, numbers: set[str]) -> set[str]:
    """Which of the numbers a text holds."""
    return {number for number in numbers if writings(number).search(text)}


def spoken_in_notes(text: str) -> list[str]:
    """PESELs in any writing in the free texts of a dump (COPY blocks of notes)."""
    block_of_notes = r"COPY public\.helpline_note \((.*?)\) FROM stdin;\n(.*?)^\\\."
    blocks = re.findall(block_of_notes, text, re.DOTALL | re.MULTILINE)
    assert blocks, "the dump holds the table of notes"
    return [
        line
        for columns, block in blocks
        for line in block.splitlines()
        if pesel.scan(line.split("\t")[columns.split(", ").index("text")], TODAY)
    ]

"""``zamiast pesel``: find PESELs in texts, and cut them out.

``scan`` reads JSON Lines, ``{"id": …, "text": …}``, and answers each line with
``{"id": …, "spans": [[start, end, kind], …]}``. ``redact`` turns text into text.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Iterator

from zamiast.errors import BadInput
from zamiast.pure.pesel import MARK, redact, scan

HELP = "Find PESELs in texts, and cut them out"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``scan`` and ``redact``."""
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    scanning = verbs.add_parser("scan", help="JSON Lines in, places of PESELs out")
    scanning.set_defaults(run=run_scan)
    redacting = verbs.add_parser("redact", help="text in, the same text without PESELs out")
    redacting.add_argument("--mark", default=MARK, help="what stands where a PESEL was cut out")
    redacting.set_defaults(run=run_redact)
    for verb in (scanning, redacting):
        verb.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the day after which nobody is born yet (default: today)",
        )


def run_scan(options: argparse.Namespace) -> int:
    """Answer each line of standard input as soon as it is read."""
    today = options.today or _today()
    for row in _rows():
        spans = scan(row["text"], today)
        answer = {"id": row.get("id"), "spans": [list(span) for span in spans]}
        sys.stdout.write(json.dumps(answer) + "\n")
    return 0


def run_redact(options: argparse.Namespace) -> int:
    """Copy standard input to standard output, byte for byte but for the PESELs."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    clean = redact(text, options.today or _today(), options.mark)
    sys.stdout.buffer.write(clean.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
    return 0


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()


def _rows() -> Iterator[dict[str, str]]:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise BadInput("pesel.bad_line", f'line {number} is no JSON object with a "text"')
        yield row

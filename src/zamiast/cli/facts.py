"""``zamiast import insurance``: who insures which child, from ZUS or KRUS."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zamiast.guardianship.insurance.importing import Summary
    from zamiast.guardianship.insurance.reading import Wrong

HELP = "CSV: registrations of children for insurance (ZUS, KRUS)"

TEACH = """\
examples:
  zamiast import insurance zus.csv
  zamiast import insurance zus.csv --check       try it, keep nothing
  zamiast import insurance zus.csv --numbers     ask the vault about PESEL columns
  zamiast import insurance zus.csv --json        the summary for a program

Columns, their words and an example: docs/reference/insurance-csv.md

Run it as often as you like: what is known already is filled in or left alone, never
doubled. What cannot be used is reported by line and reason, never by what stood there,
and does not stop the rest. PESELs are dropped; only with --numbers is the vault asked.
exit codes: 0 everything was imported · 1 something was refused · 2 wrong usage
"""


def add_to(commands: Any) -> None:
    """Add the subcommand to ``zamiast import``."""
    command = commands.add_parser(
        "insurance",
        help=HELP,
        description=HELP,
        epilog=TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("path", type=_file, metavar="FILE", help="what to import")
    command.add_argument("--check", action="store_true", help="try everything, keep nothing")
    command.add_argument("--numbers", action="store_true", help="ask the vault about PESELs")
    command.add_argument("--json", action="store_true", help="print the summary as JSON")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import, report, say what was done."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.importer"
    import django

    django.setup()
    from zamiast.cli.progress import Progress
    from zamiast.guardianship.insurance.importing import Import
    from zamiast.guardianship.insurance.people import no_vault

    began = time.monotonic()
    work = Import(
        on_wrong=_silent if options.json else _tell,
        resolve=ask_vault if options.numbers else no_vault,
        check_only=options.check,
    )
    with Progress("MB", options.path.stat().st_size / 1e6) as progress:
        summary = work.run(options.path, on_bytes=lambda done: progress(done / 1e6))
    seconds = round(time.monotonic() - began, 2)
    if options.json:
        print(json.dumps({**asdict(summary), "seconds": seconds}, ensure_ascii=False, indent=2))
    else:
        print(as_text(summary, seconds, check_only=options.check))
    return 1 if summary.refused else 0


def ask_vault(numbers: Sequence[str]) -> list[int | None]:
    """Whose national numbers these are, as the vault tells; the numbers stay nowhere."""
    if not numbers:
        return []
    from zamiast.registry.vault.client import Kind, Number, Vault

    with Vault() as vault:
        found = vault.match_many(Number(Kind.PESEL, number) for number in numbers)
    return [one.person if one.outcome in ("current", "past") else None for one in found]


def as_text(summary: Summary, seconds: float, *, check_only: bool = False) -> str:
    """The summary for people."""
    lines = [f"{summary.read:,} lines, {seconds:.1f} s"]
    lines.append(
        f"  registrations new {summary.new:,} · changed {summary.changed:,}"
        f" · unchanged {summary.unchanged:,} · refused {summary.refused:,}"
    )
    if summary.insurers_not_here:
        lines.append(f"  insured by somebody who is not here: {summary.insurers_not_here:,}")
    if summary.numbers_dropped:
        lines.append(f"  PESELs read and dropped: {summary.numbers_dropped:,}")
    if summary.refused:
        lines.append(f"Refused: {summary.refused:,}; see the lines above.")
    if check_only:
        lines.append("Nothing was kept: this was a check.")
    return "\n".join(lines)


def _tell(wrong: Wrong) -> None:
    print(f"line {wrong.line}: {wrong.reason}", file=sys.stderr)


def _silent(_: Wrong) -> None:
    """Say nothing: the summary holds it."""


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError("there is no such file")
    return path

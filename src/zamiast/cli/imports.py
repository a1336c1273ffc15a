"""``zamiast import``: people, their health records and facilities from other systems."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from zamiast.cli import facts

if TYPE_CHECKING:
    from zamiast.records.fhir.importing import Summary
    from zamiast.records.fhir.reader import Refusal

HELP = "Import people, health records and facilities (FHIR R4)"

TEACH = """\
examples:
  zamiast import fhir /data/export                  a folder of .ndjson and .json files
  zamiast import fhir bundle.json --source hospital
  zamiast import fhir /data/export --issue          and issue identifiers to the new accounts
  zamiast import fhir /data/export --json           the summary for a program

Patient, Practitioner, PractitionerRole, Organization, Location, MedicationRequest,
MedicationDispense, ServiceRequest, Appointment, Encounter, Procedure, Immunization,
Condition, AllergyIntolerance, DocumentReference, Coverage, ExplanationOfBenefit,
RelatedPerson, Consent. Files may come in any order; other types are counted and left.

Run it as often as you like: what is known already is changed or left alone, never
doubled. Stopped in the middle, it is simply run again. A resource is known by its id
within a source: give each sending system a --source name of its own, always the same.

What cannot be imported is reported with file, line and reason, and does not stop the
rest.

PESELs go into the vault, and nowhere else; who has the same PESEL in two sources becomes
one person, where name and birth date fit. What does not fit is reported for people to
decide. ZAMIAST_VAULT_NUMBERS names other numbers to treat so (docs/how-to/vault.md); all
other national numbers are left out, and counted. The vault has to run (zamiast serve
vault) as soon as a number comes; --without-numbers leaves them all out.
exit codes: 0 everything was imported · 1 something was refused · 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    fhir = commands.add_parser(
        "fhir",
        help="FHIR R4: bulk NDJSON and bundles",
        description="Import FHIR R4: patients, their health records, and who treats them.",
        epilog=TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    fhir.add_argument("path", type=_path, metavar="DIR|FILE", help="what to import")
    fhir.add_argument(
        "--source", type=_source, default="fhir", metavar="NAME", help="the sending system"
    )
    fhir.add_argument("--issue", action="store_true", help="issue identifiers to new accounts")
    fhir.add_argument(
        "--without-numbers", action="store_true", help="leave out PESELs too; needs no vault"
    )
    fhir.add_argument(
        "--tell", action="store_true", help="tell holders that there is something new for them"
    )
    fhir.add_argument("--json", action="store_true", help="print the summary as JSON")
    fhir.set_defaults(run=run)
    facts.add_to(commands)


def run(options: argparse.Namespace) -> int:
    """Import, report, say what was done."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.importer"
    import django

    django.setup()
    from zamiast.audit.services import machine
    from zamiast.cli.progress import Progress
    from zamiast.config import vault
    from zamiast.records.fhir import reader
    from zamiast.records.fhir.importing import Import
    from zamiast.registry import bulk
    from zamiast.registry.vault.client import Away, Vault
    from zamiast.registry.vault.linking import Linking

    began = time.monotonic()
    size = sum(file.stat().st_size for file in reader.files(options.path))
    with Progress("MB", size / 1e6) as progress:
        linking = None if options.without_numbers else Linking(Vault(vault.access("importer")))
        work = Import(
            options.source, _silent if options.json else _tell, linking, tell=options.tell
        )
        try:
            summary = work.run(options.path, on_bytes=lambda done: progress(done / 2e6))
        except Away as error:
            hint = "What was written stays; run it again. Or leave numbers out: --without-numbers"
            raise Away(error.code, f"{error.sentence}\n{hint}") from None
    issued = bulk.issue_all(by=machine("import")) if options.issue else None
    seconds = time.monotonic() - began
    if options.json:
        print(json.dumps(as_json(summary, issued, seconds), ensure_ascii=False, indent=2))
    else:
        print(as_text(summary, issued, seconds))
    return 1 if summary.refused else 0


def as_json(summary: Summary, issued: int | None, seconds: float) -> dict[str, object]:
    """The summary for a program."""
    values = asdict(summary)
    values["not_yet_imported"] = dict(sorted(summary.not_yet_imported.items()))
    values["refusals"] = [
        {**asdict(refusal.place), "reason": refusal.reason} for refusal in summary.refusals
    ]
    return {**values, "identifiers_issued": issued, "seconds": round(seconds, 2)}


def as_text(summary: Summary, issued: int | None, seconds: float) -> str:
    """The summary for people."""
    read = sum(count.read for count in summary.imported.values())
    lines = [
        f"{read:,} resources of {summary.files} files, source {summary.source}, {seconds:.1f} s"
    ]
    for kind, count in summary.imported.items():
        if not count.read:
            continue
        if kind in ("RelatedPerson", "Consent"):
            lines.append(f"  {kind:<20} read {count.read:,} · refused {count.refused:,}")
            continue
        line = f"  {kind:<20} new {count.new:,} · changed {count.changed:,}"
        line += f" · unchanged {count.unchanged:,} · refused {count.refused:,}"
        lines.append(line + (f" · replaced {count.replaced:,}" if count.replaced else ""))
    lines.append(
        f"  {'accounts':<20} opened {summary.accounts_opened:,}"
        f" · closed by death {summary.accounts_closed_by_death:,}"
    )
    if summary.facts_new or summary.facts_changed or summary.facts_unchanged:
        lines.append(
            f"  {'access':<20} facts new {summary.facts_new:,} · changed {summary.facts_changed:,}"
            f" · unchanged {summary.facts_unchanged:,}"
        )
    if issued is not None:
        lines.append(f"  {'identifiers':<20} issued {issued:,}")
    if summary.numbers_stored or summary.joined_by_number or summary.conflicts:
        lines.append(
            f"  {'numbers':<20} stored {summary.numbers_stored:,}"
            f" · records joined {summary.joined_by_number:,} · conflicts {summary.conflicts:,}"
        )
    if summary.pesels_left_out or summary.other_numbers_left_out:
        lines.append(
            f"Left out: {summary.pesels_left_out:,} PESELs and"
            f" {summary.other_numbers_left_out:,} other numbers; they are stored nowhere."
        )
    if summary.disputes_ended:
        lines.append(f"Reported entries that their author changed: {summary.disputes_ended:,}")
    if summary.alive_again:
        lines.append(
            f"Dead here, alive there: {summary.alive_again:,}. Their accounts stay closed until"
            " somebody decides."
        )
    if summary.not_yet_imported:
        kinds = sorted(summary.not_yet_imported.items())
        lines.append("Not imported: " + ", ".join(f"{kind} {n:,}" for kind, n in kinds))
    if summary.refused:
        lines.append(f"Refused: {summary.refused:,}; see the lines above.")
    return "\n".join(lines)


def _tell(refusal: Refusal) -> None:
    print(f"{refusal.place}: {refusal.reason}", file=sys.stderr)


def _silent(_: Refusal) -> None:
    """Say nothing: the summary holds it."""


def _path(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise argparse.ArgumentTypeError("there is no such file or folder")
    return path


def _source(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,39}", text):
        raise argparse.ArgumentTypeError(
            "a short name: small letters, digits, - . _ (for example: hospital-lublin)"
        )
    return text

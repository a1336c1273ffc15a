"""``zamiast identifiers``: account identifiers in the database, in bulk."""

from __future__ import annotations

import argparse
import json
import os
import time

HELP = "Issue identifiers to accounts that have none"

TEACH = """\
examples:
  zamiast identifiers issue --all
  zamiast identifiers issue --all --json

Safe to run twice, and by two processes at once; stopped in the middle, run it again.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    issue = commands.add_parser(
        "issue", help="issue identifiers", description="Issue identifiers to accounts without one."
    )
    issue.add_argument(
        "--all", action="store_true", required=True, help="to every open account without one"
    )
    issue.add_argument("--json", action="store_true", help="print the result as JSON")
    issue.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Issue to every open account that has none."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.importer"
    import django

    django.setup()
    from zamiast.audit.services import OPERATOR
    from zamiast.cli.progress import Progress
    from zamiast.registry import bulk

    began = time.monotonic()
    with Progress("identifiers") as progress:
        issued = bulk.issue_all(by=OPERATOR, on_progress=progress)
    seconds = round(time.monotonic() - began, 2)
    if options.json:
        print(json.dumps({"issued": issued, "seconds": seconds}))
    else:
        print(f"{issued:,} identifiers were issued ({seconds:.1f} s).")
    return 0

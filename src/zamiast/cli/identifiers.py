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
  zamiast identifiers issue --first

--all is safe to run twice, and by two processes at once; stopped in the middle, run it
again. --first is for a new installation only: it fills the empty table of a whole country
in one transaction, several times faster. Stopped in the middle, nothing has happened.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    issue = commands.add_parser(
        "issue", help="issue identifiers", description="Issue identifiers to accounts without one."
    )
    whom = issue.add_mutually_exclusive_group(required=True)
    whom.add_argument("--all", action="store_true", help="to every open account without one")
    whom.add_argument(
        "--first", action="store_true", help="the same, fast, while no identifier was ever issued"
    )
    issue.add_argument("--json", action="store_true", help="print the result as JSON")
    issue.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Issue to every open account that has none."""
    site = "manage" if options.first else "importer"  # only the owner may rebuild a table
    os.environ["DJANGO_SETTINGS_MODULE"] = f"zamiast.config.settings.{site}"
    import django

    django.setup()
    from zamiast.audit.services import OPERATOR
    from zamiast.cli.progress import Progress
    from zamiast.registry import bulk, first_issue

    issue = first_issue.issue_first if options.first else bulk.issue_all

    began = time.monotonic()
    with Progress("identifiers") as progress:
        issued = issue(by=OPERATOR, on_progress=progress)
    seconds = round(time.monotonic() - began, 2)
    if options.json:
        print(json.dumps({"issued": issued, "seconds": seconds}))
    else:
        print(f"{issued:,} identifiers were issued ({seconds:.1f} s).")
    return 0

"""``zamiast paper``: codes on paper for calls, handed out in person."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from zamiast.errors import BadInput

HELP = "Print codes on paper for calls, to hand out in person"

SEEN = ("id-card", "passport", "residence-card", "mobywatel")

TEACH = """\
examples:
  zamiast paper print --seen id-card --to sheet.pdf      asks for the account identifier
  echo '950 120 144 483' | zamiast paper print --seen passport --to sheet.pdf

For somebody without a phone or computer, who stands before you. Look at the document,
compare name and picture, hand the sheet over, delete the file. The sheet holds no name and
no identifier. An older sheet of this account stops working. The holder reads in the account
that a sheet was handed out; the log says which kind of document was seen.
Lost? Print another one: the lost one stops. Five a day for one account at most.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    printing = commands.add_parser(
        "print",
        help="print a new sheet for one account",
        description="Print a new sheet for the account whose identifier comes in as a line.",
    )
    printing.add_argument("--seen", required=True, choices=SEEN, help="which document you saw")
    printing.add_argument(
        "--to", required=True, type=Path, metavar="FILE", help="the PDF; a new file, yours only"
    )
    printing.add_argument("--json", action="store_true", help="one JSON value, for programs")
    printing.set_defaults(run=print_sheet)


def print_sheet(options: argparse.Namespace) -> int:
    """Make the sheet and write the PDF."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
    import django

    django.setup()
    from django.utils.translation import override

    from zamiast.portal import papers as paper
    from zamiast.verification import papers

    if sys.stdin.isatty():
        print("Account identifier: ", end="", flush=True)
    number = sys.stdin.readline()
    try:
        handle = os.open(options.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadInput("paper.file", f"{options.to}: {error.strerror}. Name a new file.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            pairs, language = papers.hand_out(number, seen=options.seen)
            with override(language):
                file.write(paper.sheet(pairs, language))
    except BaseException:
        options.to.unlink()
        raise
    if options.json:
        print(json.dumps({"file": str(options.to), "codes": len(pairs), "language": language}))
    else:
        print(f"{len(pairs)} codes, in {options.to}. Hand it over and delete the file.")
    return 0

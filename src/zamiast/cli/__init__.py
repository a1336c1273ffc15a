"""The command line ``zamiast``: a stable, documented public interface.

Each command lives in a module of its own, named in ``COMMANDS``, and is imported
only when it is called: ``zamiast identifier check`` starts without Django.

A command module has ``HELP`` (one line), ``configure(parser)`` which adds its
arguments and sets ``run`` as a default, and returns an exit code from ``run``:
0 done, 1 the answer is no or something failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from zamiast import __version__
from zamiast.errors import ZamiastError

COMMANDS = {
    "database": ("zamiast.cli.database", "Prepare, start, stop and migrate the database"),
    "serve": ("zamiast.cli.serve", "Serve one site, portal or desk, the api, or the vault"),
    "vault": (
        "zamiast.cli.vault",
        "National numbers: keys, operators, the one way to see one",
    ),
    "work": ("zamiast.cli.work", "Run the jobs: scheduled and queued work"),
    "demo": ("zamiast.cli.demo", "Try everything out with invented people"),
    "access": ("zamiast.cli.access", "Decide who may see whose account, and say why"),
    "referral": ("zamiast.cli.referral", "Explain why there is no COVID-19 referral yet"),
    "import": ("zamiast.cli.imports", "Import people, practitioners, organizations (FHIR R4)"),
    "identifiers": ("zamiast.cli.identifiers", "Issue identifiers to accounts that have none"),
    "knowledge": ("zamiast.cli.knowledge", "The public articles: check, search, print"),
    "mail": ("zamiast.cli.mail", "Mails without content: how they fare, and one to try the server"),
    "backup": ("zamiast.cli.backup", "Back up the database to one file"),
    "restore": ("zamiast.cli.backup", "Restore the database from a backup"),
    "identifier": ("zamiast.cli.identifier", "Generate, check, speak and hear account identifiers"),
    "pesel": ("zamiast.cli.pesel", "Find PESELs in texts, and cut them out"),
    "scripts": ("zamiast.cli.scripts", "Check the scripts of the helpline"),
    "paper": ("zamiast.cli.paper", "Print codes on paper for calls, to hand out in person"),
    "telephony": ("zamiast.cli.telephony", "Tokens for telephone exchanges"),
    "staff": ("zamiast.cli.staff", "Invite, list and deactivate the people of the desk"),
}

TEACH = """\
start here:
  zamiast demo run                     everything with invented people, on this machine
  zamiast identifier generate --count 3
  echo '950 120 144 438' | zamiast identifier check

Every command explains itself: zamiast COMMAND --help
exit codes: 0 done · 1 the answer is no, or it failed · 2 wrong usage
"""

DATABASE_AWAY = (
    "The database cannot be reached, or refuses the login. Does it run? `zamiast database start`"
    " starts the one that comes along; `zamiast database check` says which role cannot log in."
)


class Parser(argparse.ArgumentParser):
    """argparse, but a wrong argument with many digits is not repeated: it may be a PESEL."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and end with 2."""
        if len(re.findall(r"\d", message)) >= 10:
            message = "an argument does not fit here (it is not repeated: it has many digits)"
        super().error(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(arguments[0] if arguments else "")
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return 2
    try:
        return int(options.run(options) or 0)
    except ZamiastError as error:
        print(f"zamiast: {error.sentence}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output went away (``| head``): not our failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_database_away(error):
            raise
        print(f"zamiast: {DATABASE_AWAY}", file=sys.stderr)
        return 1


def _is_database_away(error: Exception) -> bool:
    """Whether no connection came about; its own message may name hosts and logins.

    Asks only modules that are loaded: a command without a database loads neither.
    """
    kinds = [
        module.OperationalError
        for name in ("django.db", "psycopg")
        if (module := sys.modules.get(name)) is not None
    ]
    if not isinstance(error, tuple(kinds)):
        return False
    # Without a connection there is no code; 08, 28, 3D, 57: lost, refused, no database, going down.
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in {"08", "28", "3D", "57"}


def _parser(chosen: str) -> argparse.ArgumentParser:
    """Build the parser, importing only the module of the chosen command."""
    parser = Parser(
        prog="zamiast",
        description="Zamiast: an account identifier instead of the national number.",
        epilog=TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"zamiast {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(
            name, help=text, description=text, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == chosen:
            importlib.import_module(module).configure(command)
    return parser

"""``zamiast database``: the server that comes along, roles, migrations."""

from __future__ import annotations

import argparse
import os
import sys

HELP = "Prepare, start, stop and migrate the database"

TEACH = """\
examples:
  zamiast database start          start the embedded server (nothing where DATABASE_URL is set)
  zamiast database prepare        make the database and its roles, with secrets of their own
  zamiast database prepare --sql  print the SQL for an administrator instead
  zamiast database migrate        bring the tables up to date, as the role owner
  zamiast database check          try to log in as every role
  zamiast database stop

settings (each also as NAME_FILE):
  DATABASE_URL                    any PostgreSQL 15 or newer; without it, the embedded server
  DATABASE_URL_DESK and the like  one for each role: owner, portal, desk, api, worker, importer,
                                  vault
  ZAMIAST_LIMIT_PER_CALL and the like
                                  limits of calls and thresholds of alarms, written by `migrate`:
                                  docs/reference/limits.md
  ZAMIAST_DATABASE_ADMIN_URL      who may create roles, for `prepare` on a server of your own
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    for name, run, text in (
        ("start", start, "start the embedded server"),
        ("stop", stop, "stop the embedded server"),
        ("prepare", prepare, "make the database and its roles"),
        ("migrate", migrate, "bring the tables up to date"),
        ("check", check, "try to log in as every role"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        if name == "prepare":
            command.add_argument("--sql", action="store_true", help="print the SQL, change nothing")


def start(_: argparse.Namespace) -> int:
    """Start the embedded server."""
    from zamiast.config.database import address, embedded

    if address.is_embedded():
        embedded.default().start()
        print(f"PostgreSQL runs; its socket is in {embedded.default().sockets}")
    else:
        print("DATABASE_URL names a server; there is nothing to start.")
    return 0


def stop(_: argparse.Namespace) -> int:
    """Stop the embedded server."""
    from zamiast.config.database import address, embedded

    if address.is_embedded():
        embedded.default().stop()
    return 0


def prepare(options: argparse.Namespace) -> int:
    """Make database and roles, or print the SQL that does."""
    from zamiast.config import env
    from zamiast.config.database import address, embedded
    from zamiast.config.database import prepare as preparing

    name = address.server().name
    if options.sql:
        print("-- Run as an administrator. Secrets are stored as SCRAM verifiers, not in clear.")
        for line in preparing.statements(name):
            if line.startswith("CREATE DATABASE"):
                print("-- Skip the next line when the database exists.")
            print(f"{line};")
        print(f'\\connect "{name}"')
        print("".join(f"{line};\n" for line in preparing.inside()), end="")
        return 0
    named = env.text("ZAMIAST_DATABASE_ADMIN_URL")
    if address.is_embedded():
        embedded.default().start()
        administrator = embedded.default().administrator()
    elif named:
        administrator = address.parse(named)
    else:
        print(
            "zamiast: DATABASE_URL names a server of your own, so an administrator must make the"
            " roles.\nGive ZAMIAST_DATABASE_ADMIN_URL, or hand over the SQL that"
            " `zamiast database prepare --sql` prints.",
            file=sys.stderr,
        )
        return 1
    preparing.prepare(administrator, name)
    return check(options)


def migrate(_: argparse.Namespace) -> int:
    """Run the migrations as the owner of the tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
    import django
    from django.core.management import call_command

    from zamiast.config.database import address
    from zamiast.config.database import prepare as preparing

    if missing := preparing.missing_roles():
        name = address.server().name
        lines = [line for role in missing for line in preparing.statements_for(role, name)]
        print(
            f"zamiast: These roles are missing: {', '.join(missing)}. Run `zamiast database"
            " prepare`, or have an administrator run this inside the database:\n"
            + "".join(f"{line};\n" for line in lines),
            file=sys.stderr,
        )
        return 1
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    from zamiast.verification import limits

    for code in limits.apply():
        print(f"Limit changed: {code} = {limits.wanted()[code]}")
    return 0


def check(_: argparse.Namespace) -> int:
    """Log in as every role; say exactly which cannot."""
    from zamiast.config.database import address
    from zamiast.config.database import prepare as preparing

    wrong = [problem for role in address.ROLES if (problem := preparing.check(role))]
    for problem in wrong:
        print(f"zamiast: {problem}", file=sys.stderr)
    if wrong:
        print("What an administrator runs: zamiast database prepare --sql", file=sys.stderr)
        return 1
    print("All roles can log in.")
    return 0

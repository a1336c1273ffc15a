"""``zamiast staff``: who works at the desk."""

from __future__ import annotations

import argparse
import json
import os

from zamiast.config import sites

HELP = "Invite, list and deactivate the people of the desk"

TEACH = """\
examples:
  zamiast staff invite K-417 --role consultant     prints a link that works once, for three days
  zamiast staff invite K-9 --role supervisor --language uk
  zamiast staff invite K-417 --again               somebody lost the password or the second factor
  zamiast staff list
  zamiast staff deactivate K-417                   out at once, everywhere

The link is shown once and stored nowhere: hand it over yourself, to that person only.
It leads to the desk at ZAMIAST_DESK_URL; when not set, to the desk of the demo that was
started last on the same ZAMIAST_HOME, else to http://localhost:8001.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    inviting = commands.add_parser("invite", help="give a one-time link for setting the password")
    inviting.add_argument("k_number", metavar="K-NUMBER", type=str.upper, help="such as K-417")
    inviting.add_argument("--role", choices=("consultant", "supervisor", "specialist", "dpo"))
    inviting.add_argument("--language", choices=("pl", "en", "uk"), default="pl")
    inviting.add_argument(
        "--again",
        action="store_true",
        help="take away password, second factors and sessions of somebody known, and invite anew",
    )
    inviting.set_defaults(run=invite)
    listing = commands.add_parser("list", help="who works at the desk, and how far they got")
    listing.set_defaults(run=list_staff)
    ending = commands.add_parser("deactivate", help="lock somebody out at once")
    ending.add_argument("k_number", metavar="K-NUMBER", type=str.upper, help="such as K-417")
    ending.set_defaults(run=deactivate)
    for command in (inviting, listing, ending):
        command.add_argument("--json", action="store_true", help="one JSON value, for programs")


def invite(options: argparse.Namespace) -> int:
    """Print a one-time link."""
    _django()
    from zamiast.errors import BadInput
    from zamiast.login import services

    if options.again:
        invited = services.invite_staff_again(options.k_number, role=options.role)
    elif options.role is None:
        services.check_k_number(options.k_number)
        raise BadInput("staff.role", "Say --role consultant, supervisor, specialist or dpo.")
    else:
        invited = services.invite_staff(
            options.k_number, role=options.role, language=options.language
        )
    link = f"{sites.desk()}/invitation/?code={invited.token}"
    if options.json:
        _print_json(
            {
                "k_number": invited.user.k_number,
                "role": invited.user.role,
                "link": link,
                "expires_at": invited.expires_at.isoformat(),
            }
        )
    else:
        print(f"{link}\n\nFor {invited.user.k_number} only. It works once, until", end=" ")
        print(f"{invited.expires_at:%Y-%m-%d %H:%M} UTC, and is stored nowhere.")
    return 0


def list_staff(options: argparse.Namespace) -> int:
    """Print everybody at the desk."""
    _django()
    from zamiast.login import selectors

    people = selectors.staff()
    if options.json:
        _print_json([vars(person) for person in people])
        return 0
    for person in people:
        print(f"{person.k_number:<10} {person.role:<11} {person.language}  {person.state}")
    if not people:
        print("Nobody yet. Begin with: zamiast staff invite K-1 --role supervisor")
    return 0


def deactivate(options: argparse.Namespace) -> int:
    """Lock somebody out."""
    _django()
    from zamiast.login import services

    ended = services.deactivate_staff(options.k_number)
    if options.json:
        _print_json({"k_number": options.k_number, "sessions_ended": ended})
    else:
        print(f"{options.k_number} is locked out; sessions ended: {ended}.")
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
    import django

    django.setup()

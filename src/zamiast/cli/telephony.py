"""``zamiast telephony``: tokens with which telephone exchanges tell of calls."""

from __future__ import annotations

import argparse
import json
import os

HELP = "Tokens for telephone exchanges"

TEACH = """\
examples:
  zamiast telephony token exchange-1     prints a token, once; it is stored nowhere
  zamiast telephony list                 which exchanges there are, and when they were last heard
  zamiast telephony revoke exchange-1    nothing of it is heard from now on

The exchange sends events to `zamiast serve api`: docs/reference/telephony.md
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    making = commands.add_parser("token", help="make a token for a new exchange")
    making.add_argument("name", metavar="NAME", help="such as exchange-1")
    making.set_defaults(run=token)
    listing = commands.add_parser("list", help="which exchanges there are")
    listing.set_defaults(run=list_exchanges)
    ending = commands.add_parser("revoke", help="end a token at once")
    ending.add_argument("name", metavar="NAME", help="such as exchange-1")
    ending.set_defaults(run=revoke)
    for command in (making, listing, ending):
        command.add_argument("--json", action="store_true", help="one JSON value, for programs")


def token(options: argparse.Namespace) -> int:
    """Print a new token."""
    _django()
    from zamiast.verification import exchange

    made = exchange.make_token(options.name)
    if options.json:
        print(json.dumps({"name": options.name, "token": made}))
    else:
        print(f"{made}\n\nFor {options.name} only, as `Authorization: Bearer …`. Stored nowhere.")
    return 0


def list_exchanges(options: argparse.Namespace) -> int:
    """Print every exchange."""
    _django()
    from zamiast.verification import exchange

    rows = exchange.exchanges()
    if options.json:
        print(json.dumps([vars(row) for row in rows], default=str))
        return 0
    for row in rows:
        heard = f"last heard {row.heard_at:%Y-%m-%d %H:%M} UTC" if row.heard_at else "never heard"
        print(f"{row.name:<20} {'revoked' if row.revoked_at else heard}")
    if not rows:
        print("None yet. Begin with: zamiast telephony token exchange-1")
    return 0


def revoke(options: argparse.Namespace) -> int:
    """End a token."""
    _django()
    from zamiast.verification import exchange

    exchange.revoke(options.name)
    print(json.dumps({"revoked": options.name}) if options.json else f"{options.name} is revoked.")
    return 0


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
    import django

    django.setup()

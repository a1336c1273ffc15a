"""``zamiast demo people``: invented people in families, and the named cast."""

from __future__ import annotations

import argparse
import os
import time

HELP = "Invent people: a plausible population in families, with accounts and identifiers"

TEACH = """\
examples:
  zamiast demo people --count 400 --seed 7
  zamiast demo people --cast                      the named people only, with their logins
  zamiast demo people --count 400 --cast --once   nothing when somebody is there already

The same seed gives the same people; identifiers are drawn anew every time.
All of them are written, or none. About a million people fit in a few minutes.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("--count", type=_whole, default=0, metavar="N", help="how many to invent")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="other seed, other people")
    parser.add_argument("--cast", action="store_true", help="also the named people with logins")
    parser.add_argument(
        "--once", action="store_true", help="invent nobody where people are there already"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Invent and write people."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.manage")
    import django

    django.setup()
    from zamiast.cli.progress import Progress
    from zamiast.demo import cast, desk_cases, people, stage

    stage.refuse_outside_demo()
    began = time.monotonic()
    skip = options.once and people.is_populated()
    if options.cast:
        cast.install()
        desk_cases.install()
        holders, staff = len(cast.everybody()), len(cast.STAFF)
        print(f"The cast is there: {holders} holders, {staff} of the staff.")
    if options.count and skip:
        print("People are there already; nobody was invented.")
    elif options.count:
        with Progress("people", options.count) as progress:
            done = people.populate(options.count, options.seed, on_progress=progress)
        seconds = time.monotonic() - began
        print(
            f"{done.people:,} people were invented, {done.dead:,} of them dead;"
            f" {done.identifiers:,} identifiers were issued ({seconds:.1f} s)."
        )
    return 0


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100_000_000:
        raise argparse.ArgumentTypeError("a number from 0 to 100,000,000")
    return number

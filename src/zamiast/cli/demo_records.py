"""``zamiast demo records``: invented health records for the demo's people, as a FHIR folder."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

HELP = "Invent health records: a folder of FHIR to import"

TEACH = """\
examples:
  zamiast demo records /tmp/records --count 400 --seed 7
  zamiast import fhir /tmp/records --source demo --without-numbers

The same seed gives the same records on the same day: they end today. The cast always has
some; three of them a story: anna a stranger's prescription, piotr a service that nobody
gave him, ewa a vaccination that was recorded wrongly.
"""
NOTHING = "Records are there already"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("folder", type=Path, help="where to write them")
    parser.add_argument("--count", type=int, default=0, metavar="N", help="for how many others")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="other seed, other lives")
    parser.add_argument("--once", action="store_true", help="nothing where records are there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Invent and write records."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.manage")
    import django

    django.setup()
    from zamiast.audit.doorway import today
    from zamiast.demo.health import folder

    if options.once and folder.is_there():
        print(f"{NOTHING}; nothing was written.")
        return 0
    people, resources = folder.write(
        options.folder, count=options.count, seed=options.seed, today=today()
    )
    print(f"{resources:,} resources of {people:,} people are in {options.folder}.")
    return 0

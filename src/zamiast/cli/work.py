"""``zamiast work``: the job worker, a process of its own under its own database role."""

from __future__ import annotations

import argparse
import os

HELP = "Run the jobs: scheduled and queued work"

TEACH = """\
examples:
  zamiast work            run until stopped (Ctrl-C finishes the job in hand)
  zamiast work --once     run what is due now, then end

Which job runs when: src/zamiast/config/schedule.py
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("--once", action="store_true", help="run what is due now, then end")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take jobs from the queue in PostgreSQL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.worker"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--one-shot" if options.once else "--wait")
    return 0

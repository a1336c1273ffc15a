"""``zamiast work``: the job worker, a process of its own under its own database role."""

from __future__ import annotations

import argparse
import datetime
import json
import os

HELP = "Run the jobs: scheduled and queued work"

TEACH = """\
examples:
  zamiast work            run until stopped (Ctrl-C finishes the job in hand)
  zamiast work --once     run what is due now, then end
  zamiast work status     when each job ran last and runs next, what failed
  zamiast work status --json | jq '.jobs[] | select(.is_failing)'

Which job runs when: src/zamiast/config/schedule.py
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("--once", action="store_true", help="run what is due now, then end")
    parser.add_argument("what", nargs="?", choices=["status"], help="show the jobs instead")
    parser.add_argument("--json", action="store_true", help="with status: for machines")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take jobs from the queue in PostgreSQL, or say how they are."""
    if options.what == "status":
        return status(as_json=options.json)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.worker"
    import django

    django.setup()
    from django.core.management import call_command

    from zamiast.config.schedule import note_schedule

    note_schedule()
    call_command("procrastinate", "worker", "--one-shot" if options.once else "--wait")
    return 0


def status(*, as_json: bool) -> int:
    """Print every job; 1 where a job's last run failed or no worker is there."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"
    import django

    django.setup()
    from zamiast.audit import overview

    jobs = overview.jobs()
    silent = overview.is_silent(jobs)
    if as_json:
        found = {"is_silent": silent, "jobs": [job.as_dict() for job in jobs]}
        print(json.dumps(found, default=str, indent=2))
    else:
        print(f"{'job':<28} {'last run':<17} {'next run':<17} failures waiting")
        for job in jobs:
            print(f"{job.name:<28} {_at(job.succeeded_at):<17} {_at(job.next_at):<17}"
                  f" {job.failures:>8} {job.waiting:>7}")  # fmt: skip
        if silent:
            print("No worker has been heard of for two hours.")
    return int(silent or any(job.is_failing for job in jobs))


def _at(moment: datetime.datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "never"

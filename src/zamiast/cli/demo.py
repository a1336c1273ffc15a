"""``zamiast demo``: everything with invented people, on this machine."""

from __future__ import annotations

import argparse
import os

from zamiast.cli import demo_people, demo_records

HELP = "Try everything out with invented people"

TEACH = """\
examples:
  zamiast demo run                 start it all; Ctrl-C stops it all
  zamiast demo run --port 9000     portal on 9000, desk on 9001
  zamiast demo code konsultant     the one-time code of the moment for a demo login
  zamiast demo people --count 1000 --seed 7

The demo keeps its data apart: ZAMIAST_HOME, else /var/lib/zamiast/demo for root and
the user's data directory for anybody else. `zamiast demo run --fresh` begins anew.
"""

NOT_RUNNING = (
    "No demo runs on {home}. Start it with: make run. Was it started with ZAMIAST_HOME? Then set"
    " that in this window, too."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)

    run_all = commands.add_parser("run", help="start database, portal, desk, api and jobs")
    run_all.add_argument("--port", type=int, default=8000, help="portal's port; the desk is next")
    run_all.add_argument("--fresh", action="store_true", help="forget its data, begin anew")
    run_all.set_defaults(run=_run)

    code = commands.add_parser("code", help="the one-time code of the moment for a demo login")
    code.add_argument("name", help="the login, for example: konsultant, anna")
    code.set_defaults(run=_code)

    people = commands.add_parser(
        "people", help=demo_people.HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    demo_people.configure(people)
    invent = people.get_default("run")

    def run_people(options: argparse.Namespace) -> int:
        _in_demo()
        return int(invent(options))

    people.set_defaults(run=run_people)

    records = commands.add_parser(
        "records", help=demo_records.HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    demo_records.configure(records)

    def run_records(options: argparse.Namespace) -> int:
        _in_demo()
        return demo_records.run(options)

    records.set_defaults(run=run_records)


def _in_demo() -> None:
    """Work on the demo's data, never on a real installation's."""
    from zamiast.config import env

    os.environ.setdefault("ZAMIAST_HOME", str(env.home() / "demo"))
    os.environ["ZAMIAST_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.manage")


def _run(options: argparse.Namespace) -> int:
    named = os.environ.get("ZAMIAST_HOME", "")
    _in_demo()
    from zamiast.cli import demo_run

    return demo_run.run(port=options.port, fresh=options.fresh, home=named)


def _code(options: argparse.Namespace) -> int:
    _in_demo()
    import django

    django.setup()
    from django.db import OperationalError

    from zamiast.config import env
    from zamiast.errors import Misconfigured, NotFound
    from zamiast.login.codes import current_code
    from zamiast.login.models import User

    try:
        user = User.objects.filter(username=options.name).first()
    except OperationalError:
        raise Misconfigured("demo.not_running", NOT_RUNNING.format(home=env.home())) from None
    if user is None:
        raise NotFound("demo.no_login", f"There is no demo login named {options.name}.")
    print(current_code(user))
    return 0

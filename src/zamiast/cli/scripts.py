"""``zamiast scripts``: check a folder of scripts of the helpline.

Exit codes: 0 no mistake; 1 mistakes, each with file, line and path; 2 there is no such folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

HELP = "Check the scripts of the helpline"
EXAMPLES = """\
examples:
  zamiast scripts check                 those that count: shipped, and over them ZAMIAST_SCRIPTS
  zamiast scripts check /etc/zamiast/scripts
  zamiast scripts check . --json

How a script is written: docs/how-to/scripts.md
exit codes: 0 no mistake · 1 mistakes · 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``check``."""
    parser.epilog = EXAMPLES
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="find every mistake, with file, line and path")
    check.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="a folder of scripts")
    check.add_argument("--json", action="store_true", help="for programs")
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Print the mistakes of a folder, and which scripts it holds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.manage")
    import django

    django.setup()
    from django.conf import settings

    from zamiast.helpline.scripts import library

    folder = options.folder or (Path(settings.SCRIPTS) if settings.SCRIPTS else library.SHIPPED)
    if not folder.is_dir():
        print("zamiast: there is no such folder", file=sys.stderr)
        return 2
    own = library.read_folder(folder)
    base = library.Library() if folder == library.SHIPPED else library.shipped()
    problems = library.merged(base, own).problems
    if options.json:
        rows = [
            {"script": code, "version": one.script.version, "digest": one.digest}
            for code, one in own.scripts.items()
        ]
        found = {"scripts": rows, "problems": [asdict(problem) for problem in problems]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 1 if problems else 0
    for problem in problems:
        print(problem)
    count = len(own.scripts)
    said = f"{count} script{'' if count == 1 else 's'} without a mistake"
    print(f"{said}, {len(problems)} mistake{'' if len(problems) == 1 else 's'}: {folder}")
    return 1 if problems else 0

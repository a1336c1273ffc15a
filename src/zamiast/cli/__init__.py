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
import sys
from collections.abc import Sequence

from zamiast import __version__
from zamiast.errors import ZamiastError

COMMANDS = {
    "database": ("zamiast.cli.database", "Prepare, start, stop and migrate the database"),
    "serve": ("zamiast.cli.serve", "Serve one site: portal or desk"),
    "work": ("zamiast.cli.work", "Run the jobs: scheduled and queued work"),
    "demo": ("zamiast.cli.demo", "Try everything out with invented people"),
    "identifier": ("zamiast.cli.identifier", "Generate, check, speak and hear account identifiers"),
}

TEACH = """\
start here:
  zamiast demo run                     everything with invented people, on this machine
  zamiast identifier generate --count 3
  echo '955 120 144 206' | zamiast identifier check

Every command explains itself: zamiast COMMAND --help
exit codes: 0 done · 1 the answer is no, or it failed · 2 wrong usage
"""


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


def _parser(chosen: str) -> argparse.ArgumentParser:
    """Build the parser, importing only the module of the chosen command."""
    parser = argparse.ArgumentParser(
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

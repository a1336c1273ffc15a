"""The generated pages of docs/reference: written anew, or checked in CI.

python tools/reference.py          write them
python tools/reference.py --check  fail when one is out of date
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path

os.environ["COLUMNS"] = "100"
os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.manage"

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"
NOTE = "<!-- made by tools/reference.py; do not edit -->\n"


def command_line() -> str:
    """Every command with its own help."""
    from zamiast import cli

    parts = [NOTE, "# The command line\n"]
    for words in ([], *([name] for name in sorted(cli.COMMANDS))):
        parts.append(f"\n## `{' '.join(['zamiast', *words])}`\n\n```text\n{_help(words)}```\n")
        for inner in _subcommands(words):
            text = _help([*words, inner])
            parts.append(f"\n### `zamiast {words[0]} {inner}`\n\n```text\n{text}```\n")
    return "".join(parts)


def _help(words: list[str]) -> str:
    from zamiast import cli

    output = io.StringIO()
    with redirect_stdout(output), suppress(SystemExit):
        cli.main([*words, "--help"])
    return output.getvalue()


def _subcommands(words: list[str]) -> list[str]:
    import argparse
    import importlib

    from zamiast import cli

    if not words:
        return []
    parser = cli.Parser()
    importlib.import_module(cli.COMMANDS[words[0]][0]).configure(parser)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices)
    return []


def moves() -> str:
    """The states of a case and the moves between them, as a table and a diagram."""
    import django

    django.setup()
    from zamiast.helpline.moves import MOVES

    rows = "".join(
        f"| {move.name} | {', '.join(move.sources)} | {move.target or 'stays'} | {move.who} |\n"
        for move in MOVES.values()
    )
    arrows = "".join(
        f"    {source} --> {move.target or source}: {move.name} ({move.who})\n"
        for move in MOVES.values()
        for source in move.sources
    )
    return (
        f"{NOTE}# The states of a case\n\n| move | from | to | who |\n|---|---|---|---|\n{rows}\n"
        f"```mermaid\nstateDiagram-v2\n    [*] --> open\n{arrows}```\n"
    )


def confirmation_moves() -> str:
    """The states of a confirmation and the moves between them."""
    from zamiast.verification.moves import MOVES, STARTS

    rows = "".join(
        f"| {move.name} | {', '.join(move.sources)} | {move.target} | {move.who} |\n"
        for move in MOVES.values()
    )
    starts = "".join(f"    [*] --> {state}: {how}\n" for state, how in STARTS.items())
    arrows = "".join(
        f"    {source} --> {move.target}: {move.name} ({move.who})\n"
        for move in MOVES.values()
        for source in move.sources
    )
    return (
        f"{NOTE}# The states of a confirmation\n\nOne row is one number that was read out. What the"
        " desk sees until the number's five minutes are over is `waiting` for all but `confirmed`;"
        " afterwards it is `not confirmed`.\n\n"
        f"| move | from | to | who |\n|---|---|---|---|\n{rows}\n"
        f"```mermaid\nstateDiagram-v2\n{starts}{arrows}```\n"
    )


def limits() -> str:
    """The limits of calls and the thresholds of alarms, with their settings."""
    from zamiast.verification.limits import LIMITS

    rows = "".join(f"| `{one.setting}` | {one.default} | {one.what} |\n" for one in LIMITS)
    return (
        f"{NOTE}# Limits of calls, thresholds of alarms\n\nThe database counts and refuses; the"
        " sites cannot change a limit. Set what you want otherwise, then run"
        " `zamiast database migrate`. An alarm reaches supervisors and the data protection"
        " officer, each on a page of their own. Three numbers a call, five minutes for a number"
        " and fifteen for what is confirmed are fixed.\n\n"
        "| setting | without it | what is counted |\n|---|--:|---|\n"
        f"{rows}"
    )


def disclosure() -> str:
    """What the desk may show and do, at which level, in which matter."""
    from zamiast.verification import disclosure as table

    def row(one: table.Row) -> str:
        level = "never" if one.level == table.NEVER else str(one.level)
        matters = "all" if one.matters == table.ALWAYS else ", ".join(one.matters)
        return f"| {one.kind} | `{one.code}` | {one.what} | {level} | {matters} |\n"

    return (
        f"{NOTE}# What the desk may show and do\n\nLevel 0: nothing given. Level 1: an active"
        " identifier. Level 2: the holder confirmed this call in this matter; a field is opened"
        " only if it was listed to them, and each is an event that they see. Level 3: level 2 and a"
        " passkey. What stands in no row is not shown and not done.\n\n"
        "| kind | code | what | from level | in matters |\n|---|---|---|---|---|\n"
        + "".join(row(one) for one in table.TABLE)
    )


def roles() -> str:
    """What each role may do in the database, from the file that the guard test holds it against."""
    lines = (ROOT / "tests" / "guards" / "database_matrix.txt").read_text().splitlines()
    rows = "".join(
        "| {} | {} | {} |\n".format(table, *rest.split(" ", 1))
        for table, rest in (line.split(": ", 1) for line in lines)
    )
    return (
        f"{NOTE}# Who may do what in the database\n\nRead from the catalogue by a test and "
        "reviewed by people. The owner holds the tables and runs migrations only.\n\n"
        f"| table or function | role | may |\n|---|---|---|\n{rows}"
    )


def retention() -> str:
    """How long each kind of data is kept, from the file that the jobs read."""
    from zamiast.audit import retention as kept

    rows = "".join(
        f"| {one.name} | {one.until} | {f'`{one.job}`' if one.job else ''} | {one.why} |\n"
        for one in kept.whole("en")
    )
    return (
        f"{NOTE}# How long data are kept\n\nA job deletes what has one; `zamiast work status` says"
        " when it ran. A deleted case leaves one event, `case.deleted`, which its holder sees.\n\n"
        f"| data | kept for | deleted by | why |\n|---|---|---|---|\n{rows}"
    )


GENERATED = {
    "retention.md": retention,
    "command-line.md": command_line,
    "case-moves.md": moves,
    "confirmation-moves.md": confirmation_moves,
    "disclosure.md": disclosure,
    "limits.md": limits,
    "database-roles.md": roles,
}
OTHERS = ("print_access_reference.py",)


def main() -> int:
    """Write or check."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, make in GENERATED.items():
        path, text = PAGES / name, make()
        if check and (not path.exists() or path.read_text("utf-8") != text):
            stale.append(name)
        elif not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    for name in OTHERS:
        command = [sys.executable, str(ROOT / "tools" / name), *(["--check"] if check else [])]
        if subprocess.run(command, check=False).returncode:
            stale.append(name)
    if stale:
        print("Out of date:", ", ".join(stale), "- run: python tools/reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

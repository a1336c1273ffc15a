"""Every command that a page of the docs or a help text shows can be called like that."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from zamiast import cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
IN_A_LINE = re.compile(r"`(?:\.venv/bin/)?zamiast ([^`]+)`")
IN_A_BLOCK = re.compile(r"^(?:.*(?:\||&&) )?\s*(?:\.venv/bin/)?zamiast (.+)$")
WHERE_IT_ENDS = re.compile(r"\s{2,}|\s+#|\s*[|<>;]|\s*&&|\s·\s")
NO_CALL = re.compile(r"^COMMAND\b|…|\.\.\.|\[")  # a shape, not a call
FINE = ("there is no such file", "the following arguments are required")  # an example, a name


def shown(page: Path) -> Iterator[str]:
    """What a page says to type after ``zamiast``."""
    in_block = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            in_block = not in_block
        elif in_block:
            found = IN_A_BLOCK.match(line)
            if found and "usage:" not in line:
                yield WHERE_IT_ENDS.split(found[1])[0]
        elif not line.startswith("#"):
            yield from IN_A_LINE.findall(line)


def test_there_are_such_commands():
    assert sum(1 for page in PAGES for _ in shown(page)) > 100


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_command_shown_can_be_called(page, capsys):
    wrong = []
    for command in shown(page):
        words = shlex.split(command)
        if NO_CALL.search(command):
            continue
        try:
            cli._parser(words[0]).parse_args(words)
        except SystemExit as end:
            said = capsys.readouterr().err
            if end.code and not any(one in said for one in FINE):
                wrong.append((command, said.strip().splitlines()[-1]))
    assert wrong == []

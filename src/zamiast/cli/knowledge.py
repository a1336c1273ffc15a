"""``zamiast knowledge``: the public articles, for whoever writes them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from zamiast.errors import NotFound

HELP = "The public articles: check that no language fell behind, search, print"

TEACH = """\
examples:
  zamiast knowledge check                     languages, links, sources; 1 when something is wrong
  zamiast knowledge sign NAME                 what I translated fits the Polish text as it is now
  zamiast knowledge search --language en lost card
  zamiast knowledge print fraud --language uk > fraud.pdf

The articles are Markdown under src/zamiast/knowledge/articles. Polish is the original.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)
    for name, text, act in (
        ("check", "languages side by side, links, sources; 1 when something is wrong", _check),
        ("sign", "say that what you translated fits the Polish text as it is now", _sign),
        ("search", "what a visitor finds by these words", _search),
        ("print", "an article as PDF, on standard output", _print),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=_in_portal(act))
        if name == "sign":
            command.add_argument("names", nargs="*", metavar="NAME", help="its folder; else all")
        if name == "search":
            command.add_argument("words", nargs="+", metavar="WORD")
        if name == "print":
            command.add_argument("article", metavar="NAME", help="its folder")
        if name in {"search", "print"}:
            command.add_argument("--language", choices=("pl", "en", "uk"), default="pl")


def _in_portal(act: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The articles stand on the portal: do it by its settings."""

    def run(options: argparse.Namespace) -> int:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.portal")
        return act(options)

    return run


def _check(_options: argparse.Namespace) -> int:
    from zamiast.knowledge import checking

    found = checking.problems()
    for problem in found:
        print(problem)
    return 1 if found else 0


def _sign(options: argparse.Namespace) -> int:
    from zamiast.knowledge import writing

    for slug in [_known(name) for name in options.names] or writing.slugs():
        for language in writing.LANGUAGES:
            if language != writing.ORIGINAL and writing.sign(slug, language):
                print(f"{slug}: {language} signed")
    return 0


def _search(options: argparse.Namespace) -> int:
    from zamiast.knowledge import searching

    hits = searching.find(" ".join(options.words), options.language)
    for hit in hits:
        print(f"{hit.article.slug}: {hit.line}")
    return 0 if hits else 1


def _print(options: argparse.Namespace) -> int:
    from zamiast.knowledge import paper

    sys.stdout.buffer.write(paper.of(_known(options.article), options.language))
    return 0


def _known(name: str) -> str:
    """The name of an article. Raises NotFound, with the names that there are."""
    from zamiast.knowledge import writing

    slugs = writing.slugs()
    if name not in slugs:
        raise NotFound("knowledge.none", f"No article is named so. There are: {', '.join(slugs)}")
    return name

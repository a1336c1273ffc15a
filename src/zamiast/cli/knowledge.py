"""``zamiast knowledge``: the public articles, for whoever writes them."""

from __future__ import annotations

import argparse
import sys

HELP = "The public articles: check that no language fell behind, search, print"

TEACH = """\
examples:
  zamiast knowledge check                     languages, links, sources; 1 when something is wrong
  zamiast knowledge sign                      what I translated fits the Polish text as it is now
  zamiast knowledge search --language en lost card
  zamiast knowledge print fraud --language uk > fraud.pdf

The articles are Markdown under src/zamiast/knowledge/articles. Polish is the original.
"""

COMMANDS = ("check", "sign", "search", "print")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("do", choices=COMMANDS)
    parser.add_argument("words", nargs="*", help="what to search; the article to print or sign")
    parser.add_argument("--language", choices=("pl", "en", "uk"), default="pl")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do one of the four."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamiast.config.settings.portal")
    return {"check": _check, "sign": _sign, "search": _search, "print": _print}[options.do](options)


def _check(_options: argparse.Namespace) -> int:
    from zamiast.knowledge import checking

    found = checking.problems()
    for problem in found:
        print(problem)
    return 1 if found else 0


def _sign(options: argparse.Namespace) -> int:
    from zamiast.knowledge import writing

    for slug in options.words or writing.slugs():
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

    sys.stdout.buffer.write(paper.of(options.words[0] if options.words else "", options.language))
    return 0

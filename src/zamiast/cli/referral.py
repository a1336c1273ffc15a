"""``zamiast referral``: explain from a file of facts why there is no COVID-19 referral yet.

The file is JSON: ``facts`` and, if wanted, the day (``at``) and a ``note``. Its schema, with
an example for each reason, is in docs/reference/referral.md. Exit codes: 0 explained; 2 the
input cannot be used, with a sentence that names the field. It never makes a referral.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, date, datetime

from zamiast.cli.access import add_input, answering, print_json, read_file
from zamiast.pure.access.reading import plain
from zamiast.pure.eligibility import Facts, explain
from zamiast.pure.eligibility.words import Audience, View, texts, worded, written

HELP = "Explain from a file of facts why there is no COVID-19 referral yet"
EXAMPLES = """\
examples:
  zamiast referral explain facts.json --at 2021-12-14 --lang pl
  zamiast referral explain - --json < facts.json

exit codes: 0 explained · 2 the input cannot be used
"""


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """What FILE holds: facts about one person; perhaps the day and a note."""

    facts: Facts
    at: date | None = None
    note: str = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``explain``."""
    parser.epilog = EXAMPLES
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    verb = verbs.add_parser("explain", help="every reason, the days, and who can act")
    add_input(verb)
    verb.add_argument("--for", dest="audience", choices=list(Audience), default="patient")
    verb.add_argument("--level", type=int, choices=range(4), default=0)
    verb.set_defaults(run=answering(run_explain))


def run_explain(options: argparse.Namespace) -> int:
    """Print the explanation on one day."""
    document = read_file(ReferralFile, options.file)
    explanation = explain(document.facts, options.at or document.at or datetime.now(UTC))
    audience = Audience(options.audience)
    view = worded(explanation, options.lang, audience=audience, level=options.level)
    if options.json:
        print_json({"day": explanation.day, **plain(view)})
    else:
        print_view(view, options.lang)
    return 0


def print_view(view: View, language: str) -> None:
    """Print a worded explanation for people."""
    words = texts(language)
    print(words["heading"])
    for line in view.reasons:
        print(f"\n{line.text}")
        if line.who:
            print(f"  → {line.who}")
    days = (("reached", view.reached_on), ("batch", view.next_batch))
    for key, day in days:
        if day:
            print(f"\n{words[key].replace('{date}', written(day, language)).replace('..', '.')}")
    if view.source:
        mark = "" if view.law else f" ({words['setting']})"
        print(f"\n{words['rule']}: {view.rule}, {view.source}{mark}")
    print(f"\n{words['never']}")

"""``zamiast access``: decide who may see whose account from a file of facts, and say why.

The file is JSON: ``facts``, a ``question``, and, if wanted, the day (``at``) and a ``note``.
Its schema, with an example for each reason, is in docs/reference/access.md. Exit codes: 0 the
question was answered, either way; 2 the input cannot be used, with a sentence that names the
field.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from zamiast.errors import BadInput
from zamiast.pure.access import Facts, Moment, Question, decide, timeline, warsaw_day
from zamiast.pure.access.calendar import WARSAW, add_months
from zamiast.pure.access.reading import plain, read
from zamiast.pure.access.view import Audience, View, worded
from zamiast.pure.access.words import LANGUAGES, words

HELP = "Decide who may see whose account from a file of facts, and say why"
EXAMPLES = """\
examples:
  zamiast access explain facts.json --at 2026-11-23 --lang pl
  zamiast access explain facts.json --for consultant --level 2
  zamiast access timeline facts.json --from 2026-11-23 --years 5

exit codes: 0 answered, either way · 2 the input cannot be used
"""
YEARS = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AccessFile:
    """What FILE holds: facts about one account and one question; perhaps the day and a note."""

    facts: Facts
    question: Question
    at: date | None = None
    note: str = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``explain`` and ``timeline``."""
    parser.epilog = EXAMPLES
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    explain = verbs.add_parser("explain", help="the answer on one day, with every reason")
    add_input(explain)
    explain.add_argument("--for", dest="audience", choices=list(Audience), default="patient")
    explain.add_argument("--level", type=int, choices=range(4), default=0)
    explain.set_defaults(run=answering(run_explain))
    line = verbs.add_parser("timeline", help="from which day the answer is what")
    add_input(line, day="--from")
    line.add_argument(
        "--years",
        type=int,
        choices=range(1, YEARS + 1),
        default=5,
        metavar="N",
        help="how far ahead; 5",
    )
    line.set_defaults(run=answering(run_timeline))


def add_input(parser: argparse.ArgumentParser, day: str = "--at") -> None:
    """Add the arguments that every verb over a file of facts takes."""
    parser.add_argument("file", metavar="FILE", help="JSON, or - for standard input")
    parser.add_argument(day, dest="at", type=moment, help="a day or a moment with its zone; now")
    parser.add_argument("--lang", choices=LANGUAGES, default="pl", help="language of the words")
    parser.add_argument("--json", action="store_true", help="for programs")


def moment(text: str) -> Moment:
    """Read a day, or a moment; one without a zone is Warsaw time."""
    try:
        if len(text) == len("2026-11-23"):
            return date.fromisoformat(text)
        read_moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be such as 2026-11-23 or 2026-11-23T08:00") from None
    return read_moment if read_moment.tzinfo else read_moment.replace(tzinfo=WARSAW)


def answering(
    run: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """Turn input that cannot be used into exit code 2 and its sentence."""

    def guarded(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except BadInput as error:
            print(f"zamiast: {error.sentence}", file=sys.stderr)
            return 2

    return guarded


def read_file(kind: type[T], name: str) -> T:
    """Read FILE as this dataclass; BadInput when it is missing, not JSON or not of this shape."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInput("input.file", "there is no such FILE") from None
    except (OSError, UnicodeDecodeError):
        raise BadInput("input.file", "FILE cannot be read as text in UTF-8") from None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number too long
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput("input.json", f"FILE is not JSON{where}") from None
    return read(kind, data)


def run_explain(options: argparse.Namespace) -> int:
    """Print the answer on one day."""
    document = read_file(AccessFile, options.file)
    at = options.at or document.at or datetime.now(UTC)
    decision = decide(document.facts, document.question, at)
    audience = Audience(options.audience)
    view = worded(decision, options.lang, audience=audience, level=options.level)
    if options.json:
        print_json({"day": decision.day, **plain(view)})
    else:
        print_view(view, options.lang)
    return 0


def run_timeline(options: argparse.Namespace) -> int:
    """Print from which day the answer is what, in the patient's words."""
    document = read_file(AccessFile, options.file)
    start = warsaw_day(options.at or document.at or datetime.now(UTC))
    end = add_months(start, 12 * options.years)
    spans = timeline(document.facts, document.question, start, end)
    views = [(span, worded(span.decision, options.lang)) for span in spans]
    if options.json:
        rows = [{"since": s.since, "until": s.until, **plain(view)} for s, view in views]
        print_json({"timeline": rows})
        return 0
    for span, view in views:
        print(f"{words(options.lang).day(span.since)}: {view.answer}")
        for line in view.reasons:
            print(f"  {line.text}")
    return 0


def print_view(view: View, language: str) -> None:
    """Print a worded decision for people."""
    texts = words(language)
    print(view.answer)
    for line in view.reasons:
        print(f"\n{line.text}")
        if line.source:
            mark = "" if line.law else f" ({texts.texts['setting']})"
            print(f"  {texts.texts['source']}: {line.source}{mark}")
    if view.remedies:
        print()
    for advice in view.remedies:
        print(f"→ {advice.text}")
    if view.changes:
        print(f"\n{view.changes}")
    if view.facts:
        print(f"\n{texts.of('facts', 'heading')}: {'; '.join(view.facts)}")


def print_json(data: dict[str, object]) -> None:
    """Print one document for programs."""
    print(json.dumps(plain(data), ensure_ascii=False, indent=2))

"""``zamiast identifier``: generate, check, speak and hear account identifiers.

Needs no database and no Django. Lines come and go as UTF-8 whatever the terminal's
settings are; what is not UTF-8 is replaced, a line longer than any identifier is
answered without being kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from zamiast.pure import identifier
from zamiast.pure.numerals import LANGUAGES

HELP = "Generate, check, speak and hear account identifiers"

LONGEST_LINE = 4096
"""Bytes. A longer line is no identifier; it is read past, not into memory."""
MOST = 100_000_000  # more than a country of accounts
"""Identifiers in one run: which were given is remembered, to remove repeats."""
_BATCH = 4096

EXAMPLES = """\
examples:
  zamiast identifier generate --count 3
  echo '950 120 144 438' | zamiast identifier check
  zamiast identifier speak 950120144483 --lang en
  echo 'dziewięć pięć zero, sto dwadzieścia, 144, 483' | zamiast identifier hear --lang pl
"""

CHECK_EXAMPLES = """\
One JSON line for each line read:
  input             what was read; null when it looks like a PESEL, or is longer than 4096 bytes
  valid             true or false
  identifier        the twelve digits, or null
  looks_like_pesel  true when it holds eleven digits that are a well-formed PESEL
  diagnosis         what may have happened, best guess first: the slip and the groups
                    (1 to 4) to ask for again. Never look a guess up: ask again.

example:
  echo '950 120 144 438' | zamiast identifier check
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verbs of ``zamiast identifier``."""
    parser.epilog = EXAMPLES
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _configure_generate(_verb(verbs, "generate", "Draw new random identifiers, one a line"))
    check = _verb(verbs, "check", "Tell of each line what it is, and what may have happened")
    check.epilog = CHECK_EXAMPLES
    _configure_check(check)
    _configure_speak(_verb(verbs, "speak", "Print how an identifier is read aloud"))
    _configure_hear(
        _verb(verbs, "hear", "Turn each utterance into twelve digits, or an empty line")
    )


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """Add one verb and return its parser."""
    return verbs.add_parser(
        name,
        help=text,
        description=f"{text}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _configure_generate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=_count, default=1, help="how many (1)")
    parser.epilog = "All differ from one another; that they are new is for the database to say."
    parser.set_defaults(run=run_generate)


def _configure_check(parser: argparse.ArgumentParser) -> None:
    _add_texts(parser)
    parser.add_argument(
        "--candidates",
        action="store_true",
        help="add to each guess the identifier behind it: for tests, never for a caller",
    )
    parser.set_defaults(run=run_check)


def _configure_speak(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("identifier", nargs="+", metavar="IDENT", help="in any accepted writing")
    _add_language(parser)
    parser.add_argument("--radio", action="store_true", help="Polish: jedynka and piątka for 1, 5")
    parser.epilog = "example:\n  zamiast identifier speak 950 120 144 483 --lang pl --radio"
    parser.set_defaults(run=run_speak)


def _configure_hear(parser: argparse.ArgumentParser) -> None:
    _add_texts(parser)
    _add_language(parser)
    parser.epilog = (
        "What was heard is not checked: pipe it into `zamiast identifier check`.\n\n"
        "example:\n"
        "  echo 'nine fifty, one twenty, 144, 483' | zamiast identifier hear --lang en"
    )
    parser.set_defaults(run=run_hear)


def _add_texts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "texts", nargs="*", metavar="TEXT", help="read these instead of standard input"
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default="pl", help="language (pl)")


def _count(text: str) -> int:
    """Read ``--count``; the message never repeats what was typed."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= MOST):
        raise argparse.ArgumentTypeError(f"a whole number from 0 to {MOST} is needed")
    return int(text)


def run_generate(options: argparse.Namespace) -> int:
    """Print random identifiers."""
    fresh = identifier.generate_many(options.count)
    while batch := list(islice(fresh, _BATCH)):
        _write("\n".join(batch))
    return _done()


def run_check(options: argparse.Namespace) -> int:
    """Print one JSON line for each line read."""
    for text in options.texts or _lines():
        _write(json.dumps(report(text, candidates=options.candidates), ensure_ascii=False))
    return _done()


def run_speak(options: argparse.Namespace) -> int:
    """Print one identifier as it is said; IdentifierError when it is none."""
    text = " ".join(options.identifier)
    _write(identifier.speak(text, options.lang, radio=options.radio))
    return _done()


def run_hear(options: argparse.Namespace) -> int:
    """Print the twelve digits of each utterance, or an empty line."""
    for text in options.texts or _lines():
        heard = identifier.hear(text, options.lang) if text is not None else None
        _write(heard or "")
    return _done()


def report(text: str | None, *, candidates: bool = False) -> dict[str, object]:
    """Return what ``check`` says of one line; None stands for a line that was too long.

    >>> report("950 120 144 438")["diagnosis"]
    [{'slip': 'exchange', 'groups': [4]}]
    >>> report("44051401458")["input"] is None
    True
    """
    known = text or ""
    valid = identifier.is_valid(known)
    pesel = not valid and identifier.looks_like_pesel(known)
    return {
        "input": text if valid or identifier.is_repeatable(known) else None,
        "valid": valid,
        "identifier": identifier.compact(known) if valid else None,
        "looks_like_pesel": pesel,
        "diagnosis": [] if pesel else _diagnosis(known, candidates),
    }


def _diagnosis(text: str, candidates: bool) -> list[dict[str, object]]:
    """Return the explanations as JSON wants them."""
    entries: list[dict[str, object]] = []
    for slip in identifier.diagnose(text):
        entries.append({"slip": slip.kind.value, "groups": list(slip.groups)})
        if candidates:
            entries[-1]["identifier"] = slip.identifier
    return entries


def _lines() -> Iterator[str | None]:
    """Yield the lines of standard input; None for each that is too long."""
    stream = sys.stdin.buffer
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            _read_past(iter(lambda: stream.readline(LONGEST_LINE), b""))
            yield None
        else:
            yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")


def _read_past(pieces: Iterable[bytes]) -> None:
    """Read the rest of a line, piece by piece, and forget it."""
    for piece in pieces:
        if piece.endswith(b"\n"):
            return


def _write(line: str) -> None:
    """Write one line as UTF-8; at once when somebody sits there and waits for it."""
    stream = sys.stdout.buffer
    stream.write(line.encode("utf-8", "replace") + b"\n")
    if sys.stdin.isatty() or sys.stdout.isatty():
        stream.flush()


def _done() -> int:
    """Write out what is still held back, where a broken pipe can be answered; return 0."""
    sys.stdout.flush()
    return 0

"""What the rules say, as a consultant says it on the telephone.

The words of the account say "you" to a reader; in Polish that is too familiar for a call.
English and Ukrainian, whose "you" is polite, keep those words.

>>> reason("pl", "NOT_PUBLISHED_YET", date(2026, 12, 14), "")
'Zgłoszenie dziecka jest jeszcze w drodze. Na koncie pojawi się najpóźniej 14 grudnia 2026 r.'
>>> reason("en", "NOT_PUBLISHED_YET", date(2026, 12, 14), "It is under way.")
'It is under way.'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zamiast.pure.access.words import words

_FOLDER = Path(__file__).parent / "words"


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The spoken texts of a language; few where those of the account can be said."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def reason(language: str, code: str | None, day: date | None, written: str) -> str:
    """A reason to say, in place of the one that is written in the account."""
    text = texts(language).get("reasons", {}).get(code)
    return words(language).fill(text, day) if text else written


def known(language: str, code: str | None, day: date | None, written: str) -> str:
    """A reason that the register gave: it says what is recorded, not what the caller said."""
    text = texts(language).get("known", {}).get(code)
    return words(language).fill(text, day) if text else reason(language, code, day, written)


def more(language: str) -> str:
    """How every answer of the register ends that is a refusal, whatever stands behind it."""
    return str(texts(language)["known"]["more"])


def remedy(language: str, code: str, written: str) -> str:
    """What to do, to say aloud."""
    return str(texts(language).get("remedies", {}).get(code, written))


def answer(language: str, is_allowed: bool, written: str) -> str:
    """Yes or no, to say aloud."""
    key = "allowed" if is_allowed else "refused"
    return str(texts(language).get("answers", {}).get(key, written))


def who(language: str, written: str) -> str:
    """Who acts, for the consultant's eye: "you" would be the consultant."""
    is_caller = written == words(language).of("who", "asker")
    return str(texts(language)["who"]["asker"]) if is_caller else written

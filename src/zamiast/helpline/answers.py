"""Ready answers to the holder: data with a version and places to fill in, in three languages.

The shipped file is ``data/answers.yaml``; an operator's own (``ZAMIAST_ANSWERS``) adds to it
and replaces what has the same code. A letter keeps which version it began with.

>>> fill(get("received"), "en", case="104 217", consultant="K-417", deadline="1 December")[:35]
'Thank you for writing. Your case ha'
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import yaml
from django.conf import settings

from zamiast.errors import BadInput, Misconfigured

_SHIPPED = Path(__file__).parent / "data" / "answers.yaml"
PLACES = ("case", "consultant", "deadline")


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ready answer: its version rises with every change."""

    code: str
    version: int
    name: dict[str, str]
    text: dict[str, str]
    matters: tuple[str, ...] = ()  # none: fits all

    @property
    def mark(self) -> str:
        """What a letter keeps of it."""
        return f"{self.code}:{self.version}"


def read(path: Path) -> dict[str, Answer]:
    """The answers of a file. Raises Misconfigured, which says what is wrong."""
    try:
        found = msgspec.convert(yaml.safe_load(path.read_text("utf-8")), list[Answer])
        for one in found:
            if set(one.text) != {"pl", "en", "uk"} or "pl" not in one.name:
                raise ValueError(f"{one.code}: the text is needed in pl, en and uk")
            for text in one.text.values():
                text.format(**dict.fromkeys(PLACES, ""))
    except (OSError, ValueError, KeyError, IndexError, yaml.YAMLError) as error:
        raise Misconfigured("helpline.answers", f"{path}: {error}") from error
    return {one.code: one for one in found}


@cache
def book() -> dict[str, Answer]:
    """The answers that count here, by code."""
    own = settings.ANSWERS_FILE
    return {**read(_SHIPPED), **(read(Path(own)) if own else {})}


def get(code: str) -> Answer:
    """One answer. Raises BadInput for an unknown code."""
    try:
        return book()[code]
    except KeyError as error:
        raise BadInput("helpline.no_answer") from error


def fitting(matter: str, reader: str) -> list[tuple[str, str]]:
    """Code and name of the answers that fit a matter."""
    return [
        (code, one.name.get(reader) or one.name["pl"])
        for code, one in book().items()
        if not one.matters or matter in one.matters
    ]


def fill(answer: Answer, language: str, **places: str) -> str:
    """The text in the holder's language with its places filled in."""
    return (answer.text.get(language) or answer.text["pl"]).format(**places)

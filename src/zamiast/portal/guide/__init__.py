"""The public text about the identifier: written once for each language, shown as page and PDF.

>>> text("en").title
'Where is my identifier, and why not PESEL?'
>>> [block.kind for block in text("en").sections[0].blocks]
['paragraphs', 'steps', 'paragraphs']
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

KINDS = ("paragraphs", "steps", "list")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Block:
    """Paragraphs, numbered steps or a list."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Guide:
    """The whole text in one language."""

    title: str
    lead: str
    rule: str
    rule_more: str
    sections: tuple[Section, ...]


def text(language: str, *, on_paper: bool = False) -> Guide:
    """The text in one language, Polish where there is none, with the helpline's number in it.

    ``on_paper`` names the portal's address, where the page says "this website".
    """
    path = _FOLDER / f"{language}.yaml"
    source = path if path.exists() else _FOLDER / "pl.yaml"
    raw = yaml.safe_load(source.read_text(encoding="utf-8"))
    here = raw["here_on_paper" if on_paper else "here"]
    return Guide(
        **{key: _filled(raw[key], here) for key in ("title", "lead", "rule", "rule_more")},
        sections=tuple(_section(section, here) for section in raw["sections"]),
    )


def address() -> str:
    """The portal's address as people type it.

    >>> address()
    'http://localhost:8000'
    """
    return str(settings.PORTAL_URL).removeprefix("https://")


def _section(raw: dict[str, Any], here: str) -> Section:
    blocks = [next(iter(block.items())) for block in raw["blocks"]]
    return Section(
        _filled(raw["heading"], here),
        tuple(Block(kind, tuple(_filled(line, here) for line in lines)) for kind, lines in blocks),
    )


def _filled(line: str, here: str) -> str:
    unbroken = settings.HELPLINE_NUMBER.replace(" ", "\N{NO-BREAK SPACE}")
    filled = line.replace("{here}", here).replace("{portal}", address())
    return filled.replace("{number}", unbroken)

"""One article as it is written: Markdown with a front matter of YAML.

The Polish text is the original and carries what holds for all languages: order, audience,
sources, what to read next, which matters of the helpline it belongs to. A translation says
from which original it was made; when the original changes, the check says so.

>>> text = parse("---\\ntitle: Tytuł\\nsummary: Krótko.\\n---\\nTreść.\\n", "pl")
>>> text.title, text.body, len(text.mark)
('Tytuł', 'Treść.', 12)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from zamiast.errors import Misconfigured

ORIGINAL = "pl"
LANGUAGES = ("pl", "en", "uk")
FOLDER = Path(__file__).parent / "articles"
_FENCE = "---\n"
_OF_TRANSLATION = {"title", "summary", "keywords", "translated_from"}
_OF_ORIGINAL = {
    "title", "summary", "keywords", "order", "audience", "read_also", "matters", "sources",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: a document, its address, the day on which it was read."""

    name: str
    read_on: date
    address: str = ""


@dataclass(frozen=True)
class Text:
    """An article in one language, as it stands in its file."""

    language: str
    title: str
    summary: str
    body: str
    keywords: str = ""
    translated_from: str = ""
    order: int = 0
    audience: tuple[str, ...] = ()
    read_also: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    sources: tuple[Source, ...] = field(default=())

    @property
    def mark(self) -> str:
        """What a translation of this very text is made from; another text has another mark."""
        whole = "\n".join((self.title, self.summary, self.body))
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


def slugs() -> list[str]:
    """The names of all articles, as they stand in addresses."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def path_of(slug: str, language: str) -> Path:
    """The file of an article in one language."""
    return FOLDER / slug / f"{language}.md"


def read(slug: str, language: str) -> Text:
    """The article in one language. Raises Misconfigured where the file is missing or wrong."""
    path = path_of(slug, language)
    try:
        return parse(path.read_text(encoding="utf-8"), language)
    except FileNotFoundError as error:
        raise Misconfigured("knowledge.missing", f"{path} is missing.") from error
    except (ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        raise Misconfigured("knowledge.unreadable", f"{path}: {error}") from error


def parse(raw: str, language: str) -> Text:
    """Read one file. Raises ValueError for a front matter that is not as it has to be."""
    if not raw.startswith(_FENCE) or _FENCE not in raw[len(_FENCE) :]:
        raise ValueError("no front matter")
    front, body = raw[len(_FENCE) :].split(_FENCE, 1)
    head: dict[str, Any] = yaml.safe_load(front)
    unknown = set(head) - (_OF_ORIGINAL if language == ORIGINAL else _OF_TRANSLATION)
    if unknown:
        raise ValueError(f"not expected in the front matter: {', '.join(sorted(unknown))}")
    sources = tuple(Source(**source) for source in head.pop("sources", ()))
    head |= {key: tuple(head.get(key, ())) for key in ("audience", "read_also", "matters")}
    return Text(language, body=body.strip(), sources=sources, **head)


def sign(slug: str, language: str) -> bool:
    """Note in a translation that it was made from the original as it is now.

    Return whether anything changed. For whoever has just brought the two together.
    """
    path, mark = path_of(slug, language), read(slug, ORIGINAL).mark
    if read(slug, language).translated_from == mark:
        return False
    front, body = path.read_text(encoding="utf-8")[len(_FENCE) :].split(_FENCE, 1)
    kept = [line for line in front.splitlines() if not line.startswith("translated_from:")]
    front = "\n".join([*kept, f'translated_from: "{mark}"'])
    path.write_text(f"{_FENCE}{front}\n{_FENCE}{body}", encoding="utf-8")
    return True

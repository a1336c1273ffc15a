"""All articles, read once for each language and kept.

>>> article("fraud", "en").language, "fraud" in [one.slug for one in every("uk")]
('en', True)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from zamiast.errors import NotFound
from zamiast.knowledge import blocks, writing
from zamiast.knowledge.blocks import Block
from zamiast.knowledge.writing import LANGUAGES, ORIGINAL, Source


@dataclass(frozen=True)
class Article:
    """An article in one language, ready to be shown."""

    slug: str
    language: str
    title: str
    summary: str
    keywords: str
    blocks: tuple[Block, ...]
    order: int
    audience: tuple[str, ...]
    also: tuple[str, ...]
    matters: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def address(self) -> str:
        """Where it stands on the portal."""
        return f"/help/{self.slug}/"


def every(language: str) -> list[Article]:
    """All articles in a language (Polish where there is none), in the order to read them."""
    return list(_shelf(language if language in LANGUAGES else ORIGINAL).values())


def article(slug: str, language: str) -> Article:
    """One article. Raises NotFound."""
    try:
        return _shelf(language if language in LANGUAGES else ORIGINAL)[slug]
    except KeyError as error:
        raise NotFound("web.not_found") from error


def read_also(of: Article) -> list[Article]:
    """What to read next."""
    return [article(slug, of.language) for slug in of.also]


def for_matter(matter: str, language: str) -> list[Article]:
    """The articles that belong to a matter of the helpline."""
    return [one for one in every(language) if matter in one.matters]


def number() -> str:
    """The helpline's number, which no line break tears apart."""
    return str(settings.HELPLINE_NUMBER).replace(" ", "\N{NO-BREAK SPACE}")


def address() -> str:
    """The portal's address as people type it.

    >>> address()
    'http://localhost:8000'
    """
    return str(settings.PORTAL_URL).removeprefix("https://")


@cache
def _shelf(language: str) -> dict[str, Article]:
    found = [_article(slug, language) for slug in writing.slugs()]
    return {one.slug: one for one in sorted(found, key=lambda one: (one.order, one.slug))}


def _article(slug: str, language: str) -> Article:
    text, original = writing.read(slug, language), writing.read(slug, ORIGINAL)
    return Article(
        slug, language, text.title, _filled(text.summary), text.keywords,
        blocks.read(_filled(text.body)), original.order, original.audience, original.read_also,
        original.matters, original.sources,
    )  # fmt: skip


def _filled(text: str) -> str:
    return text.replace("{number}", number()).replace("{portal}", address())

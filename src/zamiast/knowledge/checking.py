"""What is wrong with the articles: a language that fell behind, a link to nowhere.

>>> problems()
[]
"""

from __future__ import annotations

from collections.abc import Iterator

from zamiast.errors import Misconfigured
from zamiast.knowledge import blocks, writing
from zamiast.knowledge.blocks import Block
from zamiast.knowledge.writing import LANGUAGES, ORIGINAL, Text

AUDIENCES = {"patient", "parent", "guardian", "staff", "everybody"}
LONGEST_SUMMARY = 200


def problems() -> list[str]:
    """Every problem of every article, in words for whoever writes them."""
    known = set(writing.slugs())
    return [f"{slug}: {problem}" for slug in sorted(known) for problem in _of_article(slug, known)]


def _of_article(slug: str, known: set[str]) -> Iterator[str]:
    try:
        texts = {language: writing.read(slug, language) for language in LANGUAGES}
        bodies = {language: blocks.read(text.body) for language, text in texts.items()}
    except (Misconfigured, ValueError) as error:
        yield str(getattr(error, "sentence", error))
        return
    yield from _of_original(texts[ORIGINAL], known)
    for language, text in texts.items():
        if len(text.summary) > LONGEST_SUMMARY:
            yield f"{language}: the summary has more than {LONGEST_SUMMARY} characters"
        yield from (f"{language}: {wrong}" for wrong in _wrong_links(bodies[language], known))
        if language != ORIGINAL:
            yield from _behind(language, text, texts[ORIGINAL])
            if _shape(bodies[language]) != _shape(bodies[ORIGINAL]):
                yield f"{language}: not the same headings, paragraphs and steps as in {ORIGINAL}"
            if set(blocks.links(bodies[language])) != set(blocks.links(bodies[ORIGINAL])):
                yield f"{language}: not the same links as in {ORIGINAL}"


def _of_original(text: Text, known: set[str]) -> Iterator[str]:
    if not text.sources:
        yield "names no source"
    if not text.audience or set(text.audience) - AUDIENCES:
        yield "the audience is none of: " + ", ".join(sorted(AUDIENCES))
    if not text.read_also:
        yield "names nothing to read also"
    yield from (f"read also: there is no article {slug}" for slug in set(text.read_also) - known)


def _behind(language: str, text: Text, original: Text) -> Iterator[str]:
    if text.translated_from != original.mark:
        yield (
            f"{language} fell behind: {ORIGINAL} changed. Bring it up to date, "
            "then: zamiast knowledge sign"
        )


def _wrong_links(body: tuple[Block, ...], known: set[str]) -> Iterator[str]:
    for href in blocks.links(body):
        if href.startswith("/help/") and href != "/help/":
            if href.removeprefix("/help/").strip("/").split("#")[0] not in known:
                yield f"a link to no article: {href}"
        elif not href.startswith(("/", "https://", "tel:", "mailto:")):
            yield f"a link that is neither of this site nor secure: {href}"


def _shape(body: tuple[Block, ...]) -> tuple[object, ...]:
    return tuple((block.kind, _shape(block.parts)) for block in body)

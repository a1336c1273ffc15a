"""An article on paper: tagged PDF (PDF/UA-1), made by Typst from data, never from markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from zamiast.knowledge import shelf
from zamiast.knowledge.blocks import Block

_FOLDER = Path(__file__).parent
_WORDS = {
    "pl": {"sources": "Skąd to wiemy", "read": "czytano", "more": "Więcej", "call": "Infolinia"},
    "en": {"sources": "Where this comes from", "read": "read on", "more": "More",
           "call": "Helpline"},
    "uk": {"sources": "Звідки ми це знаємо", "read": "прочитано", "more": "Докладніше",
           "call": "Гаряча лінія"},
}  # fmt: skip


@cache
def of(slug: str, language: str) -> bytes:
    """One article as PDF. Raises NotFound."""
    article = shelf.article(slug, language)
    data = {
        "language": article.language,
        "title": article.title,
        "summary": article.summary,
        "blocks": [_block(block) for block in article.blocks],
        "sources": [f"{source.name}, {_WORDS[article.language]['read']} {source.read_on:%d.%m.%Y}"
                    for source in article.sources],
        "words": _WORDS[article.language],
        "number": shelf.number(),
        "here": f"{settings.PORTAL_URL}{article.address}",
        "here_short": f"{shelf.address()}{article.address}",
    }  # fmt: skip
    made = typst.compile(
        str(_FOLDER / "article.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return bytes(made)


def _block(block: Block) -> dict[str, Any]:
    runs = [{**asdict(run), "href": _on_paper(run.href)} for run in block.runs]
    return {"kind": block.kind, "runs": runs, "parts": [_block(part) for part in block.parts]}


def _on_paper(href: str) -> str:
    """A link of this site with the site's address: paper is read elsewhere."""
    return f"{settings.PORTAL_URL}{href}" if href.startswith("/") else href

"""Search in the articles: a small index in memory, one for each language, made when first asked.

>>> [hit.article.slug for hit in find("lost card with my identifier", "en")][:1]
['identifier']
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

from zamiast.knowledge import shelf, stems
from zamiast.knowledge.blocks import flat
from zamiast.knowledge.shelf import Article
from zamiast.knowledge.writing import LANGUAGES, ORIGINAL

LONGEST = 200  # of what somebody asks for
MOST = 8
_WEIGHTS = {"title": 6.0, "keywords": 5.0, "summary": 3.0, "heading": 3.0, "body": 1.0}


@dataclass(frozen=True)
class Hit:
    """An article that was found, and the line that fits best."""

    article: Article
    line: str


@dataclass(frozen=True)
class _Entry:
    article: Article
    weights: dict[str, float]
    lines: tuple[tuple[str, frozenset[str]], ...]


def find(asked: str, language: str) -> list[Hit]:
    """The articles that fit best, the best first; nothing for words that stand nowhere."""
    language = language if language in LANGUAGES else ORIGINAL
    sought = list(dict.fromkeys(stems.words(asked[:LONGEST], language)))
    index = _index(language)
    scores: Counter[int] = Counter()
    covered: Counter[int] = Counter()
    for word in sought:
        weights = [_weight(word, entry) for entry in index]
        rarity = math.log(1 + len(index) / (1 + sum(1 for weight in weights if weight)))
        for place, weight in enumerate(weights):
            if weight:
                scores[place] += weight * rarity  # type: ignore[assignment]
                covered[place] += 1
    best = sorted(scores, key=lambda place: (-covered[place], -scores[place], place))
    least = math.ceil(len(sought) / 2)  # half of the words have to be there
    return [_hit(index[place], sought) for place in best if covered[place] >= least][:MOST]


def _weight(word: str, entry: _Entry) -> float:
    return max((weight for known, weight in entry.weights.items() if stems.alike(word, known)),
               default=0.0)  # fmt: skip


def _hit(entry: _Entry, sought: list[str]) -> Hit:
    def fits(line: tuple[str, frozenset[str]]) -> int:
        return sum(any(stems.alike(word, known) for known in line[1]) for word in sought)

    best = max(entry.lines, key=fits)
    return Hit(entry.article, best[0] if fits(best) else entry.article.summary)


@cache
def _index(language: str) -> list[_Entry]:
    return [_entry(article) for article in shelf.every(language)]


def _entry(article: Article) -> _Entry:
    parts = [("title", article.title), ("keywords", article.keywords), ("summary", article.summary)]
    lines = list(flat(article.blocks))
    parts += [("heading" if b.kind == "heading" else "body", b.text) for b in lines]
    weights: dict[str, float] = {}
    for part, text in parts:
        for word, often in Counter(stems.words(text, article.language)).items():
            weight = _WEIGHTS[part] * (1 + math.log(often))
            weights[word] = weights.get(word, 0.0) + weight
    shown = tuple((b.text, frozenset(stems.words(b.text, article.language)))
                  for b in lines if b.kind != "heading")  # fmt: skip
    return _Entry(article, weights, shown)

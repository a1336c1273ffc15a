"""Words that stand in data files have all three languages, and nothing else.

In YAML a comma ends a value that is not quoted: ``{pl: So long, as it lasts}`` loses its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

SOURCE = Path(__file__).parents[2] / "src"
FILES = sorted(SOURCE.rglob("*.yaml"))
LANGUAGES = {"pl", "en", "uk"}


def worded(data: Any) -> Iterator[dict[Any, Any]]:
    """Every mapping that holds words, however deep."""
    if isinstance(data, dict):
        if "pl" in data:
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from worded(one)


def test_there_are_such_files():
    assert len(FILES) > 20


@pytest.mark.parametrize("file", FILES, ids=lambda one: str(one.relative_to(SOURCE)))
def test_words_have_three_languages_and_lose_nothing(file):
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    odd = [words for words in worded(data) if set(words) != LANGUAGES]
    assert odd == []

"""Words that stand in data files have all three languages, and nothing else.

In YAML a comma ends a value that is not quoted: ``{pl: So long, as it lasts}`` loses its end.
What a sentence calls a page by is what stands on that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

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


CATALOGUES = sorted(SOURCE.rglob("locale/*/LC_MESSAGES/django.po"))
QUOTED = re.compile(r"“([^”%]{3,40})”")
STEM = 3  # letters that stay in any case: „Rozmowy”, „Rozmowach”; «Ваші», «Ваших»


def translated(language: str) -> dict[str, set[str]]:
    """Every English text of all apps with what it reads in a language."""
    found: dict[str, set[str]] = {}
    for path in CATALOGUES:
        if path.parts[-3] == language:
            for one in read_po(path.open("rb")):
                if isinstance(one.id, str) and isinstance(one.string, str):
                    found.setdefault(one.id, set()).add(one.string)
    return found


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_a_page_or_button_is_called_what_stands_on_it(language):
    """“Open “Calls” in your account” has to name that page by the word in the navigation."""
    texts = translated(language)
    checked, wrong = 0, []
    for english, strings in texts.items():
        for name in QUOTED.findall(english):
            for string in strings if name in texts else ():
                quoted = re.findall(r"[„«“]([^”»]+)[”»]", string)
                stems = {one[:STEM].lower() for one in texts[name]}
                checked += 1
                if not any(one[:STEM].lower() in stems for one in quoted):
                    wrong.append((name, string))
    assert checked > 20
    assert wrong == []

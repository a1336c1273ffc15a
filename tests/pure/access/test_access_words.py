"""Decisions in words: three languages, two audiences, four levels, one example for each code."""

import json
import tomllib
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from zamiast.cli.access import AccessFile
from zamiast.pure.access import Code, Remedy, decide
from zamiast.pure.access.reading import plain, read
from zamiast.pure.access.rule import Does
from zamiast.pure.access.rules import ALL_RULES
from zamiast.pure.access.view import Audience, worded
from zamiast.pure.access.words import LANGUAGES, words

VECTORS = Path(__file__).parents[2] / "vectors" / "access"
EXAMPLES = {
    path.stem: read(AccessFile, json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(VECTORS.glob("*.json"))
}
examples = pytest.mark.parametrize("code", EXAMPLES)
languages = pytest.mark.parametrize("language", LANGUAGES)


def decision(code):
    example = EXAMPLES[code]
    return decide(example.facts, example.question, example.at)


def test_there_is_an_example_for_each_code_and_no_other():
    assert sorted(EXAMPLES) == sorted(Code)


@examples
def test_the_example_reaches_its_code(code):
    assert code in decision(code).codes


@examples
@languages
def test_the_example_is_worded_for_the_patient(code, language):
    view = worded(decision(code), language)
    texts = [view.answer, *(line.text for line in view.reasons), *(a.text for a in view.remedies)]
    for text in texts:
        assert text.strip()
        assert not set("{}[]…") & set(text)
        assert ".." not in text
        assert text[-1] in ".!?”»"
    if not view.allowed:
        assert view.remedies or view.changes_on


@examples
@languages
@pytest.mark.parametrize("level", range(4))
def test_the_example_is_worded_for_the_consultant(code, language, level):
    view = worded(decision(code), language, audience=Audience.CONSULTANT, level=level)
    assert view.reasons
    for line in view.reasons:
        assert line.text.strip()
        assert not set("{}[]…") & set(line.text)


@languages
def test_below_level_2_a_consultant_reads_the_same_whatever_the_decision(language):
    views = {
        worded(decision(code), language, audience=Audience.CONSULTANT, level=level)
        for code in EXAMPLES
        for level in (0, 1)
    }
    assert len(views) == 1


@examples
@languages
def test_at_level_2_no_reason_that_needs_level_3_is_told(code, language):
    view = worded(decision(code), language, audience=Audience.CONSULTANT, level=2)
    hidden = {rule.code.value for rule in ALL_RULES if rule.level > 2}
    assert not hidden & {line.code for line in view.reasons}
    if not view.allowed:
        assert view.reasons[-1].code is None
        assert view.reasons[-1].text == words(language).of("locked", "below_3")


def test_at_level_2_nothing_tells_that_another_parent_insures():
    """Whether or not there is another guardian, the desk reads the same."""
    alone = EXAMPLES["DID_NOT_REGISTER"]
    other = EXAMPLES["OTHER_PARENT_INSURES"]
    views = {
        worded(
            decide(example.facts, replace(example.question, actor=actor), example.at),
            "pl",
            audience=Audience.CONSULTANT,
            level=2,
        )
        for example, actor in ((alone, "mother"), (other, "father"))
    }
    assert len(views) == 1


def test_at_level_2_no_day_tells_a_birthday():
    view = worded(decision("INSURES_CHILD"), "en", audience=Audience.CONSULTANT, level=2)
    assert view.changes_on is None
    assert [line.day for line in view.reasons] == [None]


@languages
def test_no_such_account_and_not_allowed_read_alike(language):
    for audience, level in ((Audience.PATIENT, 3), (Audience.CONSULTANT, 2)):
        sealed = worded(decision("PROTECTED_ADDRESS"), language, audience=audience, level=level)
        silent = worded(decision("NOTHING_OPEN_HERE"), language, audience=audience, level=level)
        assert sealed == silent


def test_a_specialist_at_level_3_is_told_of_a_protected_address():
    view = worded(decision("PROTECTED_ADDRESS"), "en", audience=Audience.CONSULTANT, level=3)
    assert view.reasons[0].code == "PROTECTED_ADDRESS"


@examples
def test_a_view_names_nobody(code):
    example = EXAMPLES[code]
    refs = {person.ref for person in example.facts.others} | {example.question.account}
    for audience in Audience:
        view = plain(worded(decision(code), "pl", audience=audience))
        assert not refs & set(json.dumps(view, ensure_ascii=False).split('"'))


def test_a_view_tells_no_date_of_another_persons_facts():
    assert "1 June 2015" in " ".join(worded(decision("OTHER_PARENT_INSURES"), "en").facts)
    assert "2024" not in " ".join(worded(decision("OTHER_PARENT_INSURES"), "en").facts)


@languages
def test_a_language_has_all_texts_and_no_other(language):
    texts = words(language).texts
    assert sorted(texts["reasons"]) == sorted(Code)
    assert sorted(texts["remedies"]) == sorted(Remedy)
    for rule in ALL_RULES:
        entry = texts["reasons"][rule.code]
        # What opens is said to every consultant in the same words.
        expected = {"patient"} if rule.does is Does.OPENS else {"patient", "consultant"}
        assert set(entry) == expected


def test_languages_speak_of_the_same_things():
    shapes = {shape(words(language).texts) for language in LANGUAGES}
    assert len(shapes) == 1


def shape(table):
    """Return all keys of a table, nested ones included."""
    return tuple(
        (key, shape(value)) if isinstance(value, dict) else key
        for key, value in sorted(table.items())
    )


@languages
def test_a_date_appears_in_the_same_places_in_every_language(language):
    english = words("en").texts["reasons"]
    for code, entry in words(language).texts["reasons"].items():
        for audience, text in entry.items():
            assert ("{date}" in text) == ("{date}" in english[code][audience]), (code, audience)


def test_texts_are_read_from_a_text_not_from_a_place():
    folder = resources.files("zamiast.pure.access") / "words"
    text = (folder / "pl.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == words("pl").texts


def test_a_language_without_texts_is_refused():
    with pytest.raises(ValueError, match="language"):
        words("xx")

"""The thirteen matters are complete in three languages, short, and promise nothing we lack."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import zamiast.portal
from zamiast.errors import BadInput
from zamiast.helpline import exits, matters, steps

LANGUAGES = ("pl", "en", "uk")
# What this version cannot do: confirm a call, connect a device, call back, hand out codes.
PROMISES = re.compile(
    r"oddzwoni|call you back|перетелефону|kod(y|ów) papier|paper code|паперов", re.I
)
QUOTED = re.compile(r"[„“«](.+?)[”»]")
SPOKEN = {"ask", "say"}


def entries():
    return [*steps.load("matters.yaml").values(), *steps.load("exits.yaml").values()]


def test_there_are_thirteen_in_the_order_of_the_design():
    assert len(matters.CODES) == 13
    assert (matters.CODES[0], matters.CODES[7], matters.CODES[12]) == (
        "no_identifier", "child_account", "was_it_you")  # fmt: skip


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["code"])
def test_every_text_exists_in_every_language(entry):
    texts = [entry["name"], *(next(iter(step.values())) for step in entry["steps"])]
    texts += [entry["competent"]] if "competent" in entry else []
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert all(value.strip() == value and value for value in text.values())
        assert not any(PROMISES.search(value) for value in text.values())


@pytest.mark.parametrize("code", matters.CODES)
def test_a_script_is_short_and_says_what_never_to_ask(code):
    script = matters.script(code, "uk", reader="pl")
    assert 2 <= len(script) <= 5
    assert script[-1].kind == "never"
    assert {step.kind for step in script} <= {"ask", "say", "do", "never"}
    assert all(step.language == ("uk" if step.is_aloud else "pl") for step in script)


def test_an_unknown_matter_is_refused_and_an_unknown_language_is_read_in_polish():
    with pytest.raises(BadInput):
        matters.name("nothing", "pl")
    assert matters.name("wrong_data", "de") == "Moje dane są błędne"
    assert matters.script("wrong_data", "de")[0].language == "pl"


def test_the_exits_name_112_in_each_language():
    for language in LANGUAGES:
        danger = exits.all_exits(language, "pl")[0]
        assert "112" in danger.script[0].text
        assert danger.script[0].language == language


def words_of_the_portal(language):
    """Every text of the portal in one language; its translations, or the English they are from."""
    folder = Path(zamiast.portal.__file__).parent / "locale"
    path = folder / ("pl" if language == "en" else language) / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        messages = list(read_po(file))
    return {message.id if language == "en" else message.string for message in messages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_script_quotes_stands_so_in_the_portal(language):
    spoken = [
        text[language]
        for entry in entries()
        for step in entry["steps"]
        for kind, text in step.items()
        if kind in SPOKEN
    ]
    quoted = {name for text in spoken for name in QUOTED.findall(text)}
    assert quoted
    assert quoted <= words_of_the_portal(language)


def test_what_is_said_aloud_has_no_slash():
    questions = [q for m in steps.load("guided.yaml").values() for q in m["questions"]]
    spoken = [
        text
        for entry in entries()
        for step in entry["steps"]
        for kind, text in step.items()
        if kind in SPOKEN
    ]
    spoken += [question["ask"] for question in questions]
    assert not any("/" in value for text in spoken for value in text.values())

"""The shipped scripts are complete in three languages, short, and always end."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

import zamiast.portal
from zamiast.errors import BadInput
from zamiast.helpline import matters
from zamiast.helpline.desk import script_view, sheet
from zamiast.helpline.scripts import checking, library, walking
from zamiast.helpline.scripts.checks import ASKED

LANGUAGES = ("pl", "en", "uk")
SCRIPTS = list(library.shipped().scripts.values())
# What nobody does for a patient on the strength of a call.
PROMISES = re.compile(
    r"oddzwoni|call you back|передзвон|kod(y|ów) papier|paper code|паперов. код", re.I
)
QUOTED = re.compile(r"[„“«](.+?)[”»]")


def spoken(script):
    """Every text of a script that is read aloud."""
    for place, text, use in checking._texts(script):
        if use != "shown":
            yield place, text


def test_the_shipped_folder_has_no_mistake():
    assert library.read_folder(library.SHIPPED).problems == ()
    assert library.shipped().problems == ()


def test_thirteen_matters_in_the_order_of_the_design_and_those_of_staff():
    assert len(matters.CODES) == 13
    assert (matters.CODES[0], matters.CODES[7], matters.CODES[12]) == (
        "no_identifier", "child_account", "was_it_you")  # fmt: skip
    assert [one.script.number for one in SCRIPTS] == list(range(19))


def test_everybody_who_is_competent_has_a_name():
    ends = [step.end for one in SCRIPTS for step in one.script.steps.values() if step.end]
    assert {code for end in ends for code in end.who} <= set(library.shipped().who)
    assert all(end.who for end in ends)


@pytest.mark.parametrize("one", SCRIPTS, ids=lambda one: one.script.script)
def test_a_patient_is_promised_nothing_and_sentences_are_short(one):
    for place, text in spoken(one.script):
        for language in LANGUAGES:
            said = text.of(language)
            if one.script.kind == "patient":
                assert not PROMISES.search(said), place
            longest = max(len(sentence.split()) for sentence in re.split(r"[.?!:;]", said))
            assert longest <= 32, (place, language, longest)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_script_quotes_stands_so_in_the_portal(language):
    folder = Path(zamiast.portal.__file__).parent / "locale"
    path = folder / ("pl" if language == "en" else language) / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        known = {one.id if language == "en" else one.string for one in read_po(file)}
    quoted = {
        name for one in SCRIPTS for _, text in spoken(one.script)
        for name in QUOTED.findall(text.of(language))
    }  # fmt: skip
    assert quoted
    assert quoted <= known


def test_the_exits_name_112_and_the_crisis_line_in_each_language():
    for language in LANGUAGES:
        danger, crisis, _, pesel = sheet.exits(language, "pl")
        assert "112" in danger.lines[0].text
        assert "116\u00a0123" in crisis.lines[0].text
        assert pesel.lines[0].language == language


def test_an_unknown_matter_is_refused():
    with pytest.raises(BadInput):
        matters.name("nothing", "pl")
    assert matters.shown("nothing", "pl") == "nothing"
    assert matters.name("wrong_data", "de") == "Moje dane są błędne"


@settings(max_examples=400, deadline=None)
@given(data=st.data(), one=st.sampled_from(SCRIPTS), known=st.booleans())
def test_whatever_is_answered_the_script_ends_and_tells_something(data, one, known):
    context = script_view.context_of(one.script.script, is_identified=known)
    context = context.__class__(one.script.script, known, case_outcome=lambda _: "same")
    answers = {}
    for _ in range(30):
        way = walking.walk(one.script, answers, script_view.outcomes_in(context))
        if way.is_over:
            break
        answers[way.code] = data.draw(st.sampled_from(possible(way.step)))
    assert way.is_over, answers
    for language in LANGUAGES:
        shown = script_view.view(one.script, answers, context, caller=language, reader="pl")
        assert shown.outcome
        assert shown.lines or shown.results
        assert all(one.reasons and one.headline for one in shown.results)


def possible(step):
    """Some answers to a step."""
    if step.options:
        return list(step.options)
    return {"date": ["2021-06-17", "2026-11-20", "-"], "case": ["100001", "-"]}.get(
        step.kind if step.ask else "", ["-"]
    )


def test_the_questions_that_feed_the_rules_are_asked():
    for code, asked in ASKED.items():
        script = library.shipped().scripts[code].script
        left_out = set(asked) - set(script.steps)
        assert left_out <= {"day"}, code

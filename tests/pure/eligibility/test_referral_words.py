"""Explanations in words and on the command line, one example for each code."""

import json
from pathlib import Path

import pytest

from zamiast.cli import main
from zamiast.cli.referral import ReferralFile
from zamiast.pure.access.reading import read
from zamiast.pure.eligibility import Code, explain
from zamiast.pure.eligibility.codes import ACTORS, Actor
from zamiast.pure.eligibility.words import LANGUAGES, Audience, texts, worded

VECTORS = Path(__file__).parents[2] / "vectors" / "referral"
EXAMPLES = {
    path.stem: read(ReferralFile, json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(VECTORS.glob("*.json"))
}
examples = pytest.mark.parametrize("code", EXAMPLES)
languages = pytest.mark.parametrize("language", LANGUAGES)


def explanation(code):
    return explain(EXAMPLES[code].facts, EXAMPLES[code].at)


def test_there_is_an_example_for_each_code_and_no_other():
    assert sorted(EXAMPLES) == sorted(Code)


@examples
def test_the_example_reaches_its_code(code):
    assert code in explanation(code).codes


@examples
@languages
@pytest.mark.parametrize("audience", Audience)
def test_the_example_is_worded(code, language, audience):
    view = worded(explanation(code), language, audience=audience, level=2)
    for line in view.reasons:
        assert line.text.strip()
        assert line.who
        assert not set("{}[]…") & set(line.text)
        assert ".." not in line.text
        assert line.text[-1] in ".!?”»)"


@languages
def test_below_level_2_a_consultant_reads_the_same_whatever_is_known(language):
    views = {
        worded(explanation(code), language, audience=Audience.CONSULTANT, level=level)
        for code in EXAMPLES
        for level in (0, 1)
    }
    assert len(views) == 1


@languages
def test_a_language_has_all_texts_and_no_other(language):
    assert sorted(texts(language)["reasons"]) == sorted(Code)
    assert sorted(texts(language)["who"]) == sorted(Actor)
    assert set(texts(language)) == set(texts("en"))
    for code, entry in texts(language)["reasons"].items():
        assert set(entry) == {"patient", "consultant"}
        for hole in ("{date}", "{facility}"):
            same = texts("en")["reasons"][code]["patient"]
            assert (hole in entry["patient"]) == (hole in same), (code, hole)


def test_every_code_says_who_can_act():
    assert set(ACTORS) == set(Code)


def test_a_language_without_texts_is_refused():
    with pytest.raises(ValueError, match="language"):
        texts("xx")


def run(capsys, *arguments):
    code = main(["referral", "explain", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_explains_in_polish_by_default(capsys):
    code, out, _ = run(capsys, VECTORS / "WAITING_FOR_NEXT_BATCH.json", "--at", "2021-12-15")
    assert code == 0
    assert "20 grudnia 2021 r." in out
    assert "Nigdy nie wystawia skierowania." in out


def test_explains_for_programs(capsys):
    code, out, _ = run(capsys, VECTORS / "WAITING_FOR_NEXT_BATCH.json", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["next_batch"] == "2021-12-20"
    assert answer["reasons"][0]["code"] == "WAITING_FOR_NEXT_BATCH"
    assert answer["law"] is True


def test_bad_input_names_the_field(capsys, tmp_path):
    file = tmp_path / "facts.json"
    file.write_text('{"facts": {"doses": [{"day": "yesterday"}]}}', encoding="utf-8")
    code, out, err = run(capsys, file)
    assert (code, out) == (2, "")
    assert "facts.doses[0].day must be a date such as" in err
    assert "yesterday" not in err

"""The command ``zamiast identifier``, run as people run it."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zamiast.cli.identifier import LONGEST_LINE, report
from zamiast.pure.identifier import hear, is_valid

VALID = "950120144483"


def run(*arguments, stdin=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "zamiast", "identifier", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )


def checked(stdin, *options):
    answer = run("check", *options, stdin=stdin)
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.decode().splitlines()]


def test_generate():
    lines = run("generate", "--count", "5000").stdout.decode().splitlines()
    assert len(set(lines)) == 5000
    assert all(map(is_valid, lines))
    assert len(run("generate").stdout.split()) == 1
    assert run("generate", "--count", "0").stdout == b""


def test_a_whole_country_is_not_too_many():
    """The first issue of a country draws them all from one process."""
    command = [sys.executable, "-m", "zamiast", "identifier", "generate", "--count", "38000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as drawing:
        assert is_valid(drawing.stdout.readline().decode().strip())
        drawing.stdout.close()  # the rest is not wanted, and not drawn


@pytest.mark.parametrize("count", ["-1", "x", "99999999999", "1.5", "44051401458"])
def test_generate_refuses_a_wrong_count_without_repeating_it(count):
    answer = run("generate", "--count", count)
    assert answer.returncode == 2
    assert count.encode() not in answer.stderr or count in {"x", "-1"}


def test_check_answers_each_line():
    answers = checked("950 120 144 483\n950 120 144 438\n\n44051401458\n٩٥٠120144483\r\nlast")
    assert [answer["input"] for answer in answers] == [
        "950 120 144 483",
        "950 120 144 438",
        "",
        None,
        "٩٥٠120144483",
        "last",
    ]
    assert [answer["identifier"] for answer in answers] == [VALID, None, None, None, VALID, None]
    assert [answer["valid"] for answer in answers] == [True, False, False, False, True, False]
    assert [answer["looks_like_pesel"] for answer in answers] == [False] * 3 + [True] + [False] * 2
    assert answers[1]["diagnosis"] == [{"slip": "exchange", "groups": [4]}]
    assert all(
        list(answer) == ["input", "valid", "identifier", "looks_like_pesel", "diagnosis"]
        for answer in answers
    )


def test_check_shows_candidates_only_when_asked():
    assert checked("950120144438\n", "--candidates")[0]["diagnosis"] == [
        {"slip": "exchange", "groups": [4], "identifier": VALID}
    ]


def test_check_writes_letters_as_they_are_whatever_the_terminal():
    answer = run("check", stdin="żółw\n", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert '"żółw"'.encode() in answer.stdout


def test_check_survives_bad_bytes_and_huge_lines():
    answers = checked(
        b"\xff\xfe950\n" + b"9" * 3_000_000 + b"\n950120144483\n\x00\n" + b"8" * 100_000
    )
    assert [answer["valid"] for answer in answers] == [False, False, True, False, False]
    assert [answer["input"] for answer in answers] == ["\ufffd\ufffd950", None, VALID, "\0", None]


def test_a_line_of_just_the_longest_length_is_read():
    full = b" " * (LONGEST_LINE - 12) + VALID.encode()
    assert [answer["valid"] for answer in checked(full + b"\n" + b" " + full + b"\n")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "44051401458",
        "440514-01458",
        "PESEL 44051401458",
        "４４051401458",
        "44051401458 to ja",
        "(44051401458)",
    ],
)
def test_a_pesel_is_never_repeated(text):
    (answer,) = checked(text)
    assert (answer["input"], answer["looks_like_pesel"], answer["diagnosis"]) == (None, True, [])
    for verb in ("speak", "hear", "check"):
        answer = run(verb, text)
        assert b"01458" not in answer.stdout + answer.stderr


@given(st.text())
@settings(max_examples=300)
def test_any_text_gets_a_report(text):
    answer = report(text)
    assert json.loads(json.dumps(answer)) == answer
    assert answer["valid"] == (answer["identifier"] is not None)


def test_speak_and_hear_are_each_other_reversed():
    for language in ("pl", "en", "uk"):
        said = run("speak", "950 120 144 483", "--lang", language).stdout
        assert run("hear", "--lang", language, stdin=said).stdout.decode() == f"{VALID}\n"
    assert "jedynka" in run("speak", VALID, "--radio").stdout.decode()
    assert run("speak", "950", "120", "144", "483").returncode == 0


def test_hear_gives_an_empty_line_for_what_was_not_understood():
    said = "dziewięć pięć zero\n950 120 144 483\n\n" + "9" * 9999 + "\n"
    assert run("hear", "--lang", "pl", stdin=said).stdout.decode().split("\n") == [
        "",
        VALID,
        "",
        "",
        "",
    ]
    assert hear("dziewięć pięć zero") is None


def test_speak_says_what_is_wrong():
    answer = run("speak", "950120144484")
    assert answer.returncode == 1
    assert answer.stdout == b""
    assert b"check digits" in answer.stderr
    assert b"950120144484" not in answer.stderr


@pytest.mark.parametrize("verb", ["generate", "check", "speak", "hear"])
def test_help_teaches(verb):
    answer = run(verb, "--help")
    assert answer.returncode == 0
    assert b"usage" in answer.stdout


def test_it_starts_without_the_framework():
    probe = (
        "import sys; from zamiast.cli import main; main(['identifier', 'generate']);"
        " assert not {'django', 'psycopg'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True)


def test_a_reader_that_goes_away_is_no_accident():
    command = f"{sys.executable} -m zamiast identifier generate --count 200000 | head -n 1"
    answer = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert answer.stderr == b""

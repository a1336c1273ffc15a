"""The guard on the examples of guard.md and on the worst cases met while measuring."""

import datetime
import json
from pathlib import Path

import pytest

from zamiast.pure.numerals.pesel import check_digit
from zamiast.pure.pesel import PESEL, PESEL_SUSPECT, Span, scan

TODAY = datetime.date(2026, 6, 1)
VECTORS = Path(__file__).parents[2] / "vectors"


def rows(name):
    return [json.loads(line) for line in (VECTORS / name).read_text().splitlines()]


@pytest.mark.parametrize("row", rows("pesel-examples.jsonl"), ids=lambda row: row["note"])
def test_the_examples_of_the_task(row):
    assert [list(span) for span in scan(row["text"], TODAY)] == row["spans"]


@pytest.mark.parametrize("row", rows("pesel-worst.jsonl"), ids=lambda row: row["why"])
def test_what_once_went_wrong(row):
    assert [list(span) for span in scan(row["text"], TODAY)] == row["spans"]


@pytest.mark.parametrize("row", json.loads((VECTORS / "pesel-plain.json").read_text())["texts"])
def test_the_plain_writings_shared_with_the_browser(row):
    assert [[start, end] for start, end, _ in scan(row["text"], TODAY)] == row["spans"]


def test_a_birth_after_today_is_none():
    tomorrow_born = "2626020001" + str(check_digit("2626020001"))
    assert scan(tomorrow_born, datetime.date(2026, 6, 2)) == [Span(0, 11, PESEL)]
    assert scan(tomorrow_born, datetime.date(2026, 6, 1)) == []
    assert scan("PESEL " + tomorrow_born, TODAY) == [Span(6, 17, PESEL_SUSPECT)]


def test_a_birth_before_1900_is_none():
    assert scan("99923112340", TODAY) == []


ANNOUNCED = (
    *("PESEL: {}", "peselu {}", "{} to pesel", "PESEL dziecka {}", "nr PESEL żony {}"),
    *("{} (PESEL)", "<pesel>{}</pesel>", '"pesel": "{}"', "D: PESEL?\nK: {}", "песель {}"),
    *("PESEL={}", "PESEL{}"),
)


@pytest.mark.parametrize("text", ANNOUNCED)
def test_announced_but_wrong_is_suspect(text):
    found = scan(text.format("68031745122"), TODAY)
    start = text.index("{}")
    assert found == [Span(start, start + 11, PESEL_SUSPECT)]


@pytest.mark.parametrize("number", ["6803174512", "680317451211"])
def test_a_digit_lost_or_doubled_counts_just_after_the_word_only(number):
    assert [s.kind for s in scan(f"PESEL żony {number}", TODAY)] == [PESEL_SUSPECT]
    assert scan(f"PESEL nieznany, zgłoszenie {number}", TODAY) == []
    assert scan(f"zamówienie {number}", TODAY) == []

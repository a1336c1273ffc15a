"""Writings, validity and its errors, drawing. PESELs here are made up."""

import random
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identifier_making import identifiers, random_pesel

from zamiast.errors import BadInput
from zamiast.pure import identifier
from zamiast.pure.identifier import IdentifierError, code, drawing
from zamiast.pure.numerals.pesel import is_well_formed

VALID = "950120144483"
CONTAINS_PESEL = "440514034984"

written = st.lists(
    st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2013", " - "]), min_size=13, max_size=13
)


@given(identifiers, written)
def test_any_writing_is_accepted_and_becomes_compact(digits, between):
    text = "".join(gap + digit for gap, digit in zip(between, digits + " ", strict=True))
    assert identifier.compact(text) == digits
    assert identifier.validate(text) == digits
    assert identifier.is_valid(text)
    assert identifier.format(text) == f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"


@given(st.text())
def test_validity_and_validation_agree_on_anything(text):
    try:
        assert identifier.is_valid(identifier.validate(text))
        assert identifier.is_valid(text)
    except IdentifierError:
        assert not identifier.is_valid(text)


@given(st.text())
def test_compacting_and_formatting_are_stable(text):
    assert identifier.compact(identifier.compact(text)) == identifier.compact(text)
    assert identifier.compact(identifier.format(text)) == identifier.compact(text)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "format"),
        ("95012014448x", "format"),
        ("950,120,144,483", "format"),
        ("95012014448", "length"),
        ("9501201444833", "length"),
        ("050120144483", "first_digit"),
        ("950120144484", "check"),
        ("44051401458", "looks_like_pesel"),
        ("440514-01458", "looks_like_pesel"),
        ("PESEL: 44 05 14 01458", "looks_like_pesel"),
        (CONTAINS_PESEL, "contains_pesel"),
    ],
)
def test_each_fault_has_its_code_and_repeats_nothing(text, error):
    with pytest.raises(IdentifierError) as caught:
        identifier.validate(text)
    assert caught.value.code == f"identifier.{error}"
    assert isinstance(caught.value, BadInput)
    assert set(re.findall("[0-9]+", caught.value.sentence)) <= {"12", "0"}
    assert not any(character.isdigit() for character in str(caught.value))


def test_every_code_word_holding_a_pesel_is_refused():
    chance, refused = random.Random(1), 0
    while refused < 300:
        number = random_pesel(chance)
        data = number[:9]
        check = code.check_digits(data)
        if check and code.contains_pesel(data + check):
            refused += 1
            assert not identifier.is_valid(data + check)
            assert code.complete(data) is None


@given(st.integers(0, 999_999_999))
def test_complete_makes_valid_ones_and_leaves_out_no_other(data):
    text = f"{data:09}"
    made, check = code.complete(text), code.check_digits(text)
    assert (made is not None) == bool(check and identifier.is_valid(text + check))


@given(identifiers)
def test_no_identifier_holds_a_pesel(digits):
    assert not is_well_formed(digits[:11])
    assert not is_well_formed(digits[1:])
    assert not identifier.looks_like_pesel(" ".join(digits))


def test_generate_draws_from_the_secure_source(monkeypatch):
    asked = []
    monkeypatch.setattr(
        drawing.secrets, "randbelow", lambda below: asked.append(below) or 850_120_144
    )
    assert identifier.generate() == VALID
    assert asked == [900_000_000]


def test_generate_draws_again_what_is_not_used(monkeypatch):
    draws = iter([850_120_146, 340_514_034, 850_120_144])
    monkeypatch.setattr(drawing.secrets, "randbelow", lambda below: next(draws))
    assert identifier.generate() == VALID


def test_generate_many_gives_as_many_as_asked_all_valid_all_different():
    drawn = list(identifier.generate_many(50_000))
    assert len(drawn) == len(set(drawn)) == 50_000
    assert all(map(identifier.is_valid, drawn))
    assert list(identifier.generate_many(0)) == []


@pytest.mark.parametrize("many", [0, 10], ids=["by a map of bits", "by a set"])
def test_generate_many_removes_repeats(monkeypatch, many):
    one, two = int(VALID[:9]), 950_120_140
    batches = iter([[one, one], [one, two]])
    monkeypatch.setattr(drawing, "_random_numbers", lambda: next(batches))
    monkeypatch.setattr(drawing, "_MANY", many)
    assert list(identifier.generate_many(2)) == [VALID, "950120140942"]


def test_drawn_identifiers_are_spread_evenly():
    """Chi-squared over the first two digits: 89 degrees of freedom, p = 0.00001 is 163."""
    counts = [0] * 90
    drawn = 90_000
    for digits in identifier.generate_many(drawn):
        counts[int(digits[:2]) - 10] += 1
    expected = [0] * 90
    for start in range(90):
        kept = sum(
            code.complete(f"{start + 10}{rest:07}") is not None for rest in range(0, 10**7, 9973)
        )
        expected[start] = kept
    scale = drawn / sum(expected)
    # The expectation itself is sampled (1,003 numbers a cell): its scatter is allowed for.
    chi = sum(
        (c - e * scale) ** 2 / (e * scale * (1 + scale))
        for c, e in zip(counts, expected, strict=True)
    )
    assert chi < 163


def test_importing_brings_no_framework_and_no_network():
    heavy = "{'django', 'socket', 'ssl', 'http', 'asyncio'} & set(sys.modules)"
    script = f"import sys, zamiast.pure.identifier; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

"""Folding of spelling, digits of other scripts."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zamiast.pure.numerals import ascii_digits, digit_value, fold


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("ＰＥＳＥＬ", "pesel"),
        ("Їжак, йод, ґава", "їжак, йод, ґава"),
        ("п'я\u0301ть", "пять"),
        ("z\u0301", "z"),
        ("und Łódź i Київ", "und lodz i київ"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_a_latin_word_beside_a_cyrillic_one_stays_latin():
    assert fold("piec п'ять") == "piec пять"


def test_every_decimal_digit_of_unicode_is_read():
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        value = unicodedata.decimal(character, None)
        expected = character if value is None else str(value)
        assert ascii_digits(character) == expected


def test_superscripts_are_digits_only_in_the_wide_sense():
    assert ascii_digits("x²") == "x²"
    assert digit_value("²") == 2

"""The number words of the three languages."""

import re

import pytest

from zamiast.pure.numerals import LANGUAGES, Kind, fold, lexicon, spoken_digits
from zamiast.pure.numerals.words import Word, table

ONE_OF_EACH = {
    Kind.DIGIT: range(10),
    Kind.TEEN: range(10, 20),
    Kind.TEN: range(20, 100, 10),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_every_value_has_a_word(language, kind):
    values = {word.value for word in lexicon(language).values() if word.kind is kind}
    assert values == set(ONE_OF_EACH[kind])


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_hundreds_are_single_words(language):
    values = {word.value for word in lexicon(language).values() if word.kind is Kind.HUNDRED}
    assert values == set(range(100, 1000, 100))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_folded_and_single(language):
    for text in lexicon(language):
        assert text == fold(text)
        assert re.fullmatch(r"\w+", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_to_say_are_the_digits_to_hear(language):
    heard = [lexicon(language)[fold(text)] for text in spoken_digits(language)]
    assert heard == [Word(value, Kind.DIGIT) for value in range(10)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("pl", "dziewietnascie", 19),
        ("pl", "SZEŚĆDZIESIĄT", 60),
        ("pl", "szescset", 600),
        ("pl", "piątka", 5),
        ("en", "Oh", 0),
        ("en", "forty", 40),
        ("uk", "п’ятнадцять", 15),
        ("uk", "пятсот", 500),
        ("uk", "дев´яносто", 90),
        ("uk", "шicть", 6),  # the second and third letter are Latin
    ],
)
def test_spelling_does_not_matter(language, text, value):
    assert lexicon(language)[fold(text)].value == value


def test_more_tables_can_be_joined():
    more = {**lexicon("pl"), **table(Kind.DIGIT, {"pińć": 5})}
    assert more[fold("PIŃĆ")] == Word(5, Kind.DIGIT)

"""Saying an identifier, and understanding one that was said."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identifier_making import identifiers, random_identifier

from zamiast.pure.identifier import IdentifierError, hear, is_repeatable, is_valid, speak
from zamiast.pure.numerals import LANGUAGES, Kind, fold, lexicon, spoken_digits

SAID = "950120144483"
FILLERS = {
    "pl": ["yyy", "już mówię", "to", "przepraszam", "dalej", "proszę pani", "eee"],
    "en": ["er", "and then", "it is", "sec", "please", "um"],
    "uk": ["еее", "зараз скажу", "це", "далі", "будь ласка"],
}


def number_in_words(number, language):
    """Return a number of 1 to 999 in words."""
    words = {(word.kind, word.value): text for text, word in reversed(lexicon(language).items())}
    hundreds, rest = divmod(number, 100)
    said = []
    if hundreds and language == "en":
        said = [words[Kind.DIGIT, hundreds], "hundred"] + (["and"] if rest else [])
    elif hundreds:
        said = [words[Kind.HUNDRED, 100 * hundreds]]
    if 10 <= rest < 20:
        said.append(words[Kind.TEEN, rest])
    elif rest:
        tens, digit = divmod(rest, 10)
        said += [words[Kind.TEN, 10 * tens]] if tens else []
        said += [words[Kind.DIGIT, digit]] if digit else []
    return " ".join(said)


def piece_in_words(digits, language):
    """Return one to three digits as people say them: zeros in front one by one."""
    zeros = len(digits) - len(digits.lstrip("0"))
    said = [spoken_digits(language)[0]] * zeros
    if digits.lstrip("0"):
        said.append(number_in_words(int(digits), language))
    return " ".join(said)


def pieces(digits, sizes):
    """Cut digits into pieces of the given sizes, as far as they reach."""
    while digits:
        size = next(sizes)
        yield digits[:size]
        digits = digits[size:]


@given(identifiers, st.sampled_from(LANGUAGES), st.booleans())
def test_what_is_spoken_is_heard(digits, language, radio):
    assert hear(speak(digits, language, radio=radio), language) == digits


@given(identifiers, st.sampled_from(LANGUAGES))
def test_without_diacritics_and_commas(digits, language):
    assert hear(fold(speak(digits, language)).replace(",", ""), language) == digits


@given(identifiers, st.sampled_from(LANGUAGES), st.randoms(use_true_random=False))
def test_whole_numbers_with_pauses_are_heard(digits, language, chance):
    sizes = iter(lambda: chance.randint(1, 3), None)
    said = [piece_in_words(piece, language) for piece in pieces(digits, sizes)]
    assert hear(", ".join(said), language) == digits


@given(identifiers, st.sampled_from(LANGUAGES), st.randoms(use_true_random=False))
def test_fillers_and_digits_between_are_heard(digits, language, chance):
    sizes = iter(lambda: chance.randint(1, 3), None)
    said = []
    for piece in pieces(digits, sizes):
        said.append(chance.choice([piece, piece_in_words(piece, language)]))
        said.append(chance.choice(FILLERS[language]))
    assert hear(" ".join(said), language) == digits


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_numbers_without_pauses_are_nearly_always_heard_and_hardly_ever_wrongly(language):
    chance = random.Random(language)
    right = wrong = 0
    for _ in range(2000):
        digits = random_identifier(chance)
        sizes = iter(lambda: chance.choice([1, 2, 3, 3]), None)
        said = " ".join(piece_in_words(piece, language) for piece in pieces(digits, sizes))
        heard = hear(said, language)
        right += heard == digits
        wrong += heard not in (None, digits)
    assert right >= 1980
    assert wrong <= 10


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "dziewięćset pięćdziesiąt sto dwadzieścia sto czterdzieści cztery 483"),
        ("pl", "DZIEWIEC PIEC ZERO - JEDEN DWA ZERO - JEDEN CZTERY CZTERY - CZTERY OSIEM TRZY"),
        ("pl", "dziewięć piątka zero, jedynka dwa zero, jedynka cztery cztery, 483"),
        ("pl", "dziewięćdziesiąt pięć, zero, dwanaście, zero, 144, czterysta, osiemdziesiąt, trzy"),
        ("pl", "nie wiem, chyba 950 120 144 483"),
        ("pl", "９５０ 120.144-483"),
        ("pl", "nr950120144483."),
        ("pl", "dziewięć pięć zero jeden dwa zero jeden dwa razy cztery cztery osiem trzy"),
        ("en", "nine-five-oh, one-two-oh, one-four-four, four-eight-three"),
        ("en", "nine fifty one twenty one forty four four eighty three"),
        ("en", "nine five O, one two nought, one double four, and four hundred and eighty-three"),
        ("en", "950, a hundred and twenty, a hundred and forty-four, 483"),
        ("uk", "дев'ятсот п’ятдесят, сто двадцять, сто сорок чотири, чотириста вісімдесят три"),
        ("uk", "девять пять нуль, один два нуль, один чотири чотири, чотири вiсiм три"),
        ("uk", "٩٥٠ ١٢٠ сто сорок чотири 483"),
    ],
)
def test_ways_to_say_it(language, text):
    assert hear(text, language) == SAID


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", ""),
        ("pl", "dzień dobry"),
        ("pl", "950 120 144 48"),
        ("pl", "950 120 144 4833"),
        ("pl", "950 120 14, nie, 144 483"),
        ("pl", "950 120 144 powtarzam 144"),
        ("pl", "950 tysięcy 120 144 483"),
        ("pl", "nine five zero one two zero one four four four eight three"),
        ("pl", "dziewięć razy, 950 120 144 48"),
        ("en", "950 120 14 no 4 483"),
        ("en", "double, 950 120 144 483"),
        ("en", "double twenty 120 144 4837"),
        ("uk", "950 120 ні 144 483"),
        ("uk", "950 тисяч 120 144 483"),
    ],
)
def test_rather_nothing_than_wrong_digits(language, text):
    assert hear(text, language) is None


def test_what_is_heard_need_not_be_valid():
    assert hear("950 120 144 484") == "950120144484"
    assert not is_valid("950120144484")


def test_a_pause_decides_between_readings():
    assert hear("dwadzieścia trzy, 11111 11111") == "231111111111"
    assert hear("dwadzieścia, trzy, 1111 11111") == "203111111111"


def test_readings_that_nothing_decides_between_are_not_heard():
    assert hear("dwadzieścia trzy, trzydzieści jeden, 1111111") is None


@given(st.text(), st.sampled_from(LANGUAGES))
def test_anything_can_be_listened_to(text, language):
    heard = hear(text, language)
    assert heard is None or (len(heard) == 12 and heard.isdigit())


@pytest.mark.parametrize(
    "piece", ["sto dwadzieścia trzy ", "dwadzieścia ", "razy ", "a ", "1 ", "' "]
)
def test_long_talk_takes_no_long_time(piece):
    began = time.process_time()
    assert hear(piece * 20_000) is None
    assert hear(piece * 12) is None or piece == "1 "
    assert time.process_time() - began < 3


def test_speaking_a_wrong_one_is_refused():
    with pytest.raises(IdentifierError):
        speak("950120144484")
    with pytest.raises(KeyError):
        speak(SAID, "xx")


def test_speaking_has_a_pause_after_each_group():
    for language in LANGUAGES:
        assert [len(group.split()) for group in speak(SAID, language).split(",")] == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        ("950 120 144 48", True),
        ("440514 01458", False),
        ("tel. 44.05.14 014 58 dom", False),
        ("PESEL 4405140145", False),
        ("песель 440514014589", False),
        ("PESEL nie podano", True),
        ("czterdzieści cztery zero pięć czternaście zero czternaście pięćdziesiąt osiem", False),
        ("44051401458 8", False),
    ],
)
def test_a_pesel_is_not_repeated(text, repeatable):
    assert is_repeatable(text) is repeatable

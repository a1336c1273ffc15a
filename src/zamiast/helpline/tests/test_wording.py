"""What the desk says about a number as it was heard: which group, why, and never a digit."""

import re
from itertools import combinations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zamiast.helpline.desk import wording
from zamiast.pure import identifier
from zamiast.pure.numerals.pesel import is_well_formed

NUMBER = "950120144483"


@pytest.mark.parametrize(
    ("typed", "text", "why"),
    [
        ("950 120 144 438", "Ask for the fourth group once more.", "Two digits there seem exch"),
        ("950 129 144 483", "Ask for the second group once more.", "One digit there seems mish"),
        ("950 12 144 483", "Ask for the second group once more.", "A digit seems to be missing"),
        ("120 950 144 483", "Ask in which order the groups come.",
         "Group the first and group the second seem exchanged."),
        ("951 320 144 483", "More than one digit differs.", ""),
        ("9501", "An identifier has 12 digits.", ""),
        ("tak", "Digits only", ""),
    ],
)  # fmt: skip
def test_what_was_misheard_is_named(typed, text, why):
    with translation.override("en"):
        heard = wording.heard(typed)
    assert heard.kind == "bad"
    assert heard.text.startswith(text)
    assert heard.why.startswith(why)


def test_a_well_formed_number_needs_no_words():
    assert wording.heard(" 950-120 144.483 ") is None


def test_a_pesel_is_refused_in_any_writing():
    pesel = next(str(n) for n in range(44051400000, 44051499999) if is_well_formed(str(n)))
    for typed in (pesel, f"{pesel[:6]} {pesel[6:]}", f"pesel {pesel}", f"{pesel} {NUMBER}"):
        assert wording.heard(typed).kind == "pesel"


def test_every_pair_of_groups_and_every_slip_has_its_sentence():
    said = wording.words()
    groups = ["1", "2", "3", "4", *(f"{a},{b}" for a, b in combinations(range(1, 5), 2))]
    assert list(said["ask"]) == groups
    assert list(said["swapped"]) == groups[4:]
    kinds = {kind.value for kind in identifier.SlipKind} - {"swapped_groups"}
    assert set(said["why"]) == kinds


@given(st.integers(0, 11), st.integers(0, 9), st.integers(0, 11), st.integers(0, 9))
def test_no_sentence_holds_a_digit_that_was_typed(place, digit, other, another):
    digits = list(NUMBER)
    digits[place], digits[other] = str(digit), str(another)
    with translation.override("en"):
        heard = wording.heard("".join(digits))
    if heard:
        assert set(re.findall(r"\d+", heard.text + heard.why)) <= {"12"}


def test_who_did_something_is_named_in_words() -> None:
    with translation.override("pl"):
        named = [wording.who(name) for name in ("holder", "form", "job", "K-417")]
    assert named == ["posiadacz konta", "formularz publiczny", "system", "K-417"]

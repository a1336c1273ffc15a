"""Slips on real identifiers: each is caught, and among the explanations is the true one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identifier_making import ALL, SAME_LENGTH, groups_of, identifiers, random_pesel, random_slip

from zamiast.pure.identifier import SlipKind, compact, diagnose, format, is_valid

ORDER = list(SlipKind)


@pytest.mark.parametrize("name", SAME_LENGTH)
@given(identifier=identifiers)
def test_every_slip_at_every_place_is_caught(name, identifier):
    for wrong, _ in SAME_LENGTH[name](identifier):
        assert not is_valid(wrong)


@pytest.mark.parametrize("name", ALL)
@given(identifier=identifiers, chance=st.randoms(use_true_random=False))
def test_the_true_slip_is_among_the_explanations(name, identifier, chance):
    made = list(ALL[name](identifier))
    for wrong, places in chance.sample(made, min(8, len(made))):
        slips = {slip.identifier: slip for slip in diagnose(wrong) if slip.kind == name}
        if not slips and len(wrong) == 11:
            continue  # By chance a well-formed PESEL: looked at no further.
        assert set(slips[identifier].groups) >= groups_of(places)


@given(identifiers, st.sets(st.integers(0, 11), min_size=1, max_size=3), st.data())
def test_up_to_three_wrong_digits_are_caught(identifier, places, data):
    wrong = list(identifier)
    for place in places:
        wrong[place] = data.draw(st.sampled_from("0123456789".replace(wrong[place], "")))
    assert not is_valid("".join(wrong))


@given(st.text("0123456789", max_size=30).filter(lambda digits: len(digits) != 12))
def test_another_length_is_never_valid(digits):
    assert not is_valid(digits)


@given(st.text("0123456789", min_size=10, max_size=14))
def test_explanations_are_valid_different_ordered_and_have_groups(digits):
    slips = diagnose(digits)
    assert all(is_valid(slip.identifier) and slip.identifier != digits for slip in slips)
    assert [slip.kind for slip in slips] == sorted((s.kind for s in slips), key=ORDER.index)
    assert len({(slip.kind, slip.identifier) for slip in slips}) == len(slips)
    assert all(slip.groups and set(slip.groups) <= {1, 2, 3, 4} for slip in slips)
    assert all(list(slip.groups) == sorted(set(slip.groups)) for slip in slips)


@given(identifiers)
def test_a_valid_identifier_needs_no_explanation(identifier):
    assert diagnose(identifier) == []


@given(st.text())
def test_anything_can_be_asked_about(text):
    assert isinstance(diagnose(text), list)


def test_the_writing_does_not_matter():
    chance = random.Random(4)
    for name in ALL:
        _, wrong, _ = random_slip(name, chance)
        assert diagnose(format(wrong)) == diagnose(compact(wrong))


def test_a_pesel_is_not_explained():
    chance = random.Random(5)
    for _ in range(500):
        assert diagnose(random_pesel(chance)) == []


def test_the_explaining_identifier_stays_out_of_repr():
    _, wrong, _ = random_slip("exchange", random.Random(6))
    (slip,) = diagnose(wrong)
    assert slip.identifier not in repr(slip)


def test_a_doubled_digit_at_the_edge_may_belong_to_either_group():
    (slip,) = diagnose("9500 120 144 483")
    assert (slip.kind, slip.groups) == (SlipKind.EXTRA_DIGIT, (1, 2))

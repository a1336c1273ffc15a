"""What the code must catch, proved over syndromes: no sample, no luck.

A slip adds an error to a code word; it goes unnoticed exactly when the error's syndrome,
a sum of columns of the parity-check matrix, is zero in the field of eleven elements.
"""

from itertools import combinations, product

import pytest

from zamiast.pure.identifier.code import COLUMNS, FIELD, WEIGHTS

PLACES = range(12)
DIFFERENCES = [difference for difference in range(-9, 10) if difference]


def combined(*terms):
    """Return the syndrome of an error given as (size, place) pairs."""
    return tuple(
        sum(size * COLUMNS[place][row] for size, place in terms) % FIELD for row in range(3)
    )


def determinant(one, two, three):
    """Return the determinant of three columns, in the field."""
    return (
        one[0] * (two[1] * three[2] - two[2] * three[1])
        - one[1] * (two[0] * three[2] - two[2] * three[0])
        + one[2] * (two[0] * three[1] - two[1] * three[0])
    ) % FIELD


def neighbours(distance):
    return [(place, place + distance) for place in range(12 - distance)]


def test_the_weights_are_those_of_the_reference():
    assert WEIGHTS == (
        (5, 1, 9, 5, 7, 1, 5, 3, 7),
        (4, 7, 3, 10, 9, 5, 5, 8, 1),
        (2, 5, 4, 9, 9, 1, 6, 9, 3),
    )
    assert COLUMNS[9:] == ((10, 0, 0), (0, 10, 0), (0, 0, 10))


def test_one_two_or_three_wrong_digits_are_caught():
    """Any three columns are independent: the distance is 4."""
    for three in combinations(COLUMNS, 3):
        assert determinant(*three) != 0


def test_the_distance_is_not_more_than_four():
    """Four columns of three rows always depend on one another: nobody may promise more."""
    (one, two, three, four) = COLUMNS[:4]
    coefficients = (
        determinant(two, three, four),
        -determinant(one, three, four),
        determinant(one, two, four),
        -determinant(one, two, three),
    )
    assert combined(*zip(coefficients, range(4), strict=True)) == (0, 0, 0)


@pytest.mark.parametrize("distance", [1, 2], ids=["exchange", "jump_exchange"])
def test_exchanges_are_caught(distance):
    for (one, two), difference in product(neighbours(distance), DIFFERENCES):
        assert combined((difference, one), (-difference, two)) != (0, 0, 0)


@pytest.mark.parametrize("distance", [1, 2], ids=["twin", "jump_twin"])
def test_twins_are_caught(distance):
    for (one, two), difference in product(neighbours(distance), DIFFERENCES):
        assert combined((difference, one), (difference, two)) != (0, 0, 0)


def test_teen_ty_is_caught_in_both_directions():
    for (one, two), digit in product(neighbours(1), range(2, 10)):
        teen_for_ty = combined((1 - digit, one), (digit, two))
        ty_for_teen = combined((digit - 1, one), (-digit, two))
        assert (0, 0, 0) not in (teen_for_ty, ty_for_teen)


def test_swapped_groups_are_caught():
    """The differences of the three digits meet three independent columns."""
    for first, second in combinations(range(4), 2):
        columns = [combined((1, 3 * first + at), (-1, 3 * second + at)) for at in range(3)]
        assert determinant(*columns) != 0


def test_every_single_wrong_digit_has_a_syndrome_of_its_own():
    syndromes = {combined((size, place)) for place in PLACES for size in range(1, FIELD)}
    assert len(syndromes) == len(PLACES) * (FIELD - 1)


def slip_syndromes():
    """Return the syndromes of each slip by its place: the larger part of telling slips apart."""
    pairs = {"exchange": (1, -1), "jump_exchange": (2, -1), "twin": (1, 1), "jump_twin": (2, 1)}
    return {
        (name, one): {combined((size, one), (sign * size, two)) for size in DIFFERENCES}
        for name, (distance, sign) in pairs.items()
        for one, two in neighbours(distance)
    }


def test_exchanges_and_twins_have_syndromes_of_their_own():
    """They share none with one another at any other place, nor with a single wrong digit."""
    by_slip = slip_syndromes()
    wrong_digits = {combined((size, place)) for place in PLACES for size in range(1, FIELD)}
    for syndromes in by_slip.values():
        assert not syndromes & wrong_digits
    for one, two in combinations(by_slip.values(), 2):
        assert not one & two

"""How often the right explanation is the only one: the figures of the reference, measured again.

The seeds are fixed, so a run gives the same answer each time. A figure is refused when
the measured share lies more than four standard deviations below it: that happens
to a true figure once in 30,000 choices of the seed.
"""

import math
import random

import pytest
from identifier_making import put, random_identifier, random_slip

from zamiast.pure.identifier import SlipKind, diagnose

TRIALS = 6000
DEVIATIONS = 4

WITHOUT_GROUPS = {
    "wrong_digit": 0.999,
    "exchange": 0.999,
    "jump_exchange": 0.999,
    "twin": 0.999,
    "jump_twin": 0.999,
    "teen_ty": 0.994,
}
WITH_GROUPS = {"wrong_digit": 0.997, "exchange": 0.996, "teen_ty": 0.986}


def tolerance(share, trials):
    """Return how far a measured share may lie from the true one, rounding included."""
    return DEVIATIONS * math.sqrt(share * (1 - share) / trials) + 0.0005


def shares_unique(name):
    """Return the share of slips explained uniquely: without swapped groups, and with them."""
    chance = random.Random(name)
    without = with_them = 0
    for _ in range(TRIALS):
        identifier, wrong, _ = random_slip(name, chance)
        slips = diagnose(wrong)
        assert identifier in {slip.identifier for slip in slips}
        with_them += len(slips) == 1
        without += sum(slip.kind is not SlipKind.SWAPPED_GROUPS for slip in slips) == 1
    return without / TRIALS, with_them / TRIALS


@pytest.mark.parametrize("name", WITHOUT_GROUPS)
def test_the_right_explanation_is_nearly_always_the_only_one(name):
    without, with_them = shares_unique(name)
    claimed = WITHOUT_GROUPS[name]
    assert without >= claimed - tolerance(claimed, TRIALS)
    if name in WITH_GROUPS:
        claimed = WITH_GROUPS[name]
        assert abs(with_them - claimed) <= tolerance(claimed, TRIALS)


def test_two_wrong_digits_are_seldom_explained_wrongly():
    chance = random.Random(2)
    explained = 0
    for _ in range(TRIALS):
        identifier = random_identifier(chance)
        places = chance.sample(range(12), 2)
        wrong = put(
            identifier,
            {place: chance.choice("0123456789".replace(identifier[place], "")) for place in places},
        )
        explained += any(
            slip.kind is not SlipKind.SWAPPED_GROUPS and slip.identifier != identifier
            for slip in diagnose(wrong)
        )
    assert abs(explained / TRIALS - 0.026) <= tolerance(0.026, TRIALS)

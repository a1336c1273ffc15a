"""Numbers of professionals and facilities against vectors, and against the arithmetic."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zamiast.pure import professionals
from zamiast.pure.professionals import Kind, judge

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "professionals.json").read_text())


@pytest.mark.parametrize("verdict", ["good", "bad"])
@pytest.mark.parametrize("kind", list(Kind))
def test_vectors(kind, verdict):
    for number in VECTORS[verdict][kind]:
        found = judge(kind, number)
        assert found.is_good is (verdict == "good"), number
        assert bool(found.why) is (verdict == "bad")


def test_where_no_rule_is_known_nothing_is_said_to_be_checked():
    checked = {kind for kind in Kind if judge(kind, VECTORS["good"][kind][0]).is_checked}
    assert checked == {Kind.DOCTOR, Kind.PHARMACIST, Kind.REGON, Kind.NIP}


@given(st.integers(0, 999_999))
def test_nine_of_eleven_bodies_have_a_doctors_number_and_one_only(body):
    good = [k for k in range(10) if judge(Kind.DOCTOR, f"{k}{body:06}").is_good]
    total = sum(at * int(digit) for at, digit in enumerate(f"{body:06}", 1)) % 11
    assert good == ([total] if 1 <= total <= 9 else [])


@given(st.integers(1, 9_999_999), st.integers(0, 6), st.integers(1, 9))
def test_a_misheard_digit_of_a_doctors_number_is_noticed(number, place, by):
    digits = f"{number:07}"
    other = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert not (judge(Kind.DOCTOR, digits).is_good and judge(Kind.DOCTOR, other).is_good)


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_a_verdict(text):
    for kind in Kind:
        found = judge(kind, text)
        assert len(found.number) <= professionals.LONGEST
        assert found.is_good is not bool(found.why)

"""The arithmetic of a PESEL. All numbers are made up here, from a date and a serial."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zamiast.pure.numerals.pesel import birth_date, check_digit, is_well_formed

OFFSETS = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}

dates = st.dates(datetime.date(1800, 1, 1), datetime.date(2299, 12, 31))
serials = st.integers(0, 9999)


def made_up(date: datetime.date, serial: int) -> str:
    """Return the well-formed number of that date and serial."""
    month = date.month + OFFSETS[date.year // 100]
    ten = f"{date.year % 100:02}{month:02}{date.day:02}{serial:04}"
    return ten + str(check_digit(ten))


@given(dates, serials)
def test_what_is_made_from_a_date_gives_the_date_back(date, serial):
    number = made_up(date, serial)
    assert is_well_formed(number)
    assert birth_date(number) == date


@given(dates, serials, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(date, serial, place, shift):
    number = made_up(date, serial)
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_well_formed(number[:place] + wrong + number[place + 1 :])


def test_every_day_of_five_centuries_and_no_other_is_a_date():
    valid = sum(
        birth_date(f"{year:02}{month:02}{day:02}") is not None
        for year in range(100)
        for month in range(100)
        for day in range(100)
    )
    assert valid == (datetime.date(2300, 1, 1) - datetime.date(1800, 1, 1)).days


@pytest.mark.parametrize(
    "text", ["", "4405140145", "440514014580", "4405140145x", "44051401458 ", "４４051401458"]
)
def test_only_eleven_ascii_digits_are_well_formed(text):
    assert not is_well_formed(text)


@pytest.mark.parametrize("date", ["000000", "001301", "003301", "000230", "010229", "x10101"])
def test_no_such_day(date):
    assert birth_date(date) is None

"""Answers leave at whole multiples of their time, whatever was behind them."""

import time

import pytest

from zamiast.verification.deadline import held


def took(seconds, work=0.0):
    began = time.monotonic()
    with held(seconds):
        time.sleep(work)
    return time.monotonic() - began


def test_quick_and_slow_work_take_the_same_time():
    assert took(0.1) >= 0.1
    assert took(0.1, 0.06) >= 0.1


def test_work_that_took_longer_leaves_at_the_next_multiple():
    assert took(0.1, 0.11) >= 0.2


def test_an_error_is_held_too():
    began = time.monotonic()
    with pytest.raises(ValueError, match="wrong"), held(0.1):
        raise ValueError("wrong")
    assert time.monotonic() - began >= 0.1


def test_no_time_holds_nothing():
    assert took(0) < 0.1

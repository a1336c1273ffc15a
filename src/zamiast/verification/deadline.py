"""Answers that take the same time whatever is behind them.

    with held(0.4):
        outcome = look_and_write()      # some milliseconds, more or fewer

An answer leaves at a whole multiple of its time: at 0.4 s; where the machine was so busy that
the work took longer, at 0.8 s. So whoever measures it learns nothing of the difference. A test
and a benchmark try to tell two classes apart.

The thread sleeps meanwhile. That is cheap where the time is short: 300 screens that ask every
two seconds and are held for 20 ms keep three threads, not 300.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held(seconds: float) -> Iterator[None]:
    """Leave the body at the next whole multiple of ``seconds``, an error in it included."""
    began = time.monotonic()
    try:
        yield
    finally:
        if seconds > 0:
            time.sleep(seconds - (time.monotonic() - began) % seconds)

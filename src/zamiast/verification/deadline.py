"""Answers that take the same time whatever is behind them.

    with held(0.4):
        outcome = look_and_write()      # some milliseconds, more or fewer

Who measures the answer learns nothing of the difference, as long as the work is done before
the deadline. A test and a benchmark try to tell two classes apart.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held(seconds: float) -> Iterator[None]:
    """Leave the body not before ``seconds`` have passed, an error in it included."""
    until = time.monotonic() + seconds
    try:
        yield
    finally:
        time.sleep(max(0.0, until - time.monotonic()))

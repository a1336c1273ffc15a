"""A line of progress on standard error, only when something takes longer than two seconds.

On a terminal the line is written over; elsewhere (a log, a pipe) it comes every ten
seconds, each time as a line of its own.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType


class Progress:
    """``with Progress("people", 1000) as progress: progress(done)``."""

    PATIENCE = 2.0
    OFTEN, SELDOM = 0.2, 10.0

    def __init__(self, what: str, total: float = 0) -> None:
        self.what, self.total = what, total
        self.began = time.monotonic()
        self.next = self.began + self.PATIENCE
        self.alive = sys.stderr.isatty()
        self.shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End the line, so that what comes next stands below it."""
        if self.shown and self.alive:
            print(file=sys.stderr)

    def __call__(self, done: float, share: float | None = None) -> None:
        """Tell how much is done, and which share of the whole that is."""
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + (self.OFTEN if self.alive else self.SELDOM)
        if share is None and self.total:
            share = done / self.total
        line = _line(self.what, done, share, now - self.began)
        end = "" if self.alive else "\n"
        print(("\r\x1b[K" if self.alive else "") + line, end=end, file=sys.stderr, flush=True)
        self.shown = True


def _line(what: str, done: float, share: float | None, seconds: float) -> str:
    """One line of progress.

    >>> _line("people", 250_000, 0.25, 10)
    '  250,000 people · 25 % · 25,000/s · 30 s left'
    """
    parts = [f"{done:,.0f} {what}"]
    if share is not None:
        parts.append(f"{min(share, 1):.0%}".replace("%", " %"))
    parts.append(f"{done / seconds:,.0f}/s")
    if share and share < 1:
        parts.append(f"{seconds * (1 - share) / share:,.0f} s left")
    return "  " + " · ".join(parts)

"""The states of a case and the moves between them: one table, printed in the reference.

>>> target("close", State.OPEN)
State.CLOSED
>>> target("close", State.CLOSED) is None
True
>>> target("pass_on", State.WAITING)
State.WAITING
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Where a case stands."""

    OPEN = "open"
    WAITING = "waiting"  # for somebody else: the clock of the deadline stands still
    CLOSED = "closed"
    DISOWNED = "disowned"
    MERGED = "merged"  # it goes on in another case


class Reason(models.TextChoices):
    """For whom or what a case waits."""

    HOLDER = "holder"
    FACILITY = "facility"
    NFZ = "nfz"
    CEZ = "cez"
    EMPLOYER = "employer"
    COURT = "court"
    SPECIALIST = "specialist"
    SUPPLIER = "supplier"


@dataclass(frozen=True)
class Move:
    """One move: from which states to which (none: it stays where it is), and who makes it."""

    name: str
    sources: tuple[State, ...]
    target: State | None
    who: str
    what: str  # the code of its event in the log


WORKING = (State.OPEN, State.WAITING)
_ENDED = (State.CLOSED,)

MOVES = {
    move.name: move
    for move in (
        Move("take", WORKING, None, "consultant", "case.taken"),
        Move("assign", WORKING, None, "supervisor", "case.assigned"),
        Move("hand_over", WORKING, None, "consultant", "case.handed_over"),
        Move("pass_on", WORKING, None, "consultant", "case.passed_on"),
        # A case that waits keeps the time that it had left; the job wakes it on its day.
        Move("pause", (State.OPEN,), State.WAITING, "consultant", "case.paused"),
        Move("resume", (State.WAITING,), State.OPEN, "consultant, job", "case.resumed"),
        Move("split", WORKING, None, "consultant", "case.split"),
        Move("merge", WORKING, State.MERGED, "consultant", "case.merged"),
        Move("close", WORKING, State.CLOSED, "consultant", "case.closed"),
        Move("reopen", _ENDED, State.OPEN, "consultant", "case.reopened"),
        # What the holder writes wakes a case that waits, and opens a closed one again.
        Move("write", WORKING + _ENDED, State.OPEN, "holder", "message.received"),
        # "That was not me": the holder says that the call was not theirs.
        Move("disown", WORKING + _ENDED, State.DISOWNED, "holder", "case.disowned"),
    )
}


def target(name: str, state: str) -> State | None:
    """The state that a move leads to, or None where it is not allowed from here."""
    move = MOVES[name]
    return (move.target or State(state)) if state in move.sources else None


def allowed(state: str) -> frozenset[str]:
    """The names of the moves that are possible from a state."""
    return frozenset(name for name, move in MOVES.items() if state in move.sources)

"""The states of a case and the moves between them: one table, printed in the reference.

>>> target("close", State.OPEN)
State.CLOSED
>>> target("close", State.CLOSED) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"
    DISOWNED = "disowned"


@dataclass(frozen=True)
class Move:
    """One move: from which states to which, and who makes it."""

    name: str
    sources: tuple[State, ...]
    target: State
    who: str


MOVES = {
    move.name: move
    for move in (
        Move("close", (State.OPEN,), State.CLOSED, "consultant"),
        Move("reopen", (State.CLOSED,), State.OPEN, "consultant"),
        # "That was not me": the holder says that the call was not theirs.
        Move("disown", (State.OPEN, State.CLOSED), State.DISOWNED, "holder"),
    )
}


def target(name: str, state: str) -> State | None:
    """The state that a move leads to, or None where it is not allowed from here."""
    move = MOVES[name]
    return move.target if state in move.sources else None

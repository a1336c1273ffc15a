"""The states of a confirmation and the moves between them: one table, printed in the reference.

The database holds the same table (``sql/confirm.sql``) and refuses every other move.

>>> target("confirm", State.WAITING)
State.CONFIRMED
>>> target("confirm", State.DECLINED) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Where a confirmation stands."""

    WAITING = "waiting"  # the holder is asked; a number was issued
    IN_VAIN = "in_vain"  # nobody could be asked; the desk is not told
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    MISTYPED = "mistyped"  # one try for each number
    EXPIRED = "expired"
    REPLACED = "replaced"  # by another number, or the consultant stopped waiting
    ENDED = "ended"  # the call ended before an answer
    OVER = "over"  # what was confirmed ended, with the call or by time
    REVOKED = "revoked"  # the holder said: that was not me


@dataclass(frozen=True)
class Move:
    """One move: from which states to which, and who makes it."""

    name: str
    sources: tuple[State, ...]
    target: State
    who: str


STARTS = {
    State.WAITING: "ask (consultant)",
    State.IN_VAIN: "ask (consultant)",
    State.CONFIRMED: "begin in the account (holder)",
}
MOVES = {
    move.name: move
    for move in (
        Move("confirm", (State.WAITING,), State.CONFIRMED, "holder"),
        Move("decline", (State.WAITING,), State.DECLINED, "holder"),
        Move("mistype", (State.WAITING,), State.MISTYPED, "holder"),
        Move("expire", (State.WAITING, State.IN_VAIN), State.EXPIRED, "time"),
        Move("replace", (State.WAITING, State.IN_VAIN), State.REPLACED, "consultant"),
        Move("hang_up", (State.WAITING, State.IN_VAIN), State.ENDED, "end of the call"),
        Move("finish", (State.CONFIRMED,), State.OVER, "end of the call, time, another matter"),
        Move("disown", (State.WAITING, State.CONFIRMED, State.OVER), State.REVOKED, "holder"),
    )
}


def target(name: str, state: str) -> State | None:
    """The state that a move leads to, or None where it is not allowed from here."""
    move = MOVES[name]
    return move.target if state in move.sources else None


def pairs() -> list[tuple[str, str]]:
    """Every allowed change of state, as the database keeps them."""
    return [(str(source), str(move.target)) for move in MOVES.values() for source in move.sources]

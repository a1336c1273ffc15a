"""How the actor of an event is named at an account: “You” is only who holds it.

>>> own = Actor("holder", "login-5")
>>> seen_at(7, own, 7).name, seen_at(8, own, 7).name
('login-5', 'other-7')
"""

from __future__ import annotations

from dataclasses import replace

from zamiast.audit.services import Actor
from zamiast.login.models import User

SOMEBODY = Actor("holder", "other")
"""Another holder, whom the event does not name."""


def seen_at(account: int | None, by: Actor, actor: int | None) -> Actor:
    """The actor as written in an event at an account; ``actor`` is the account of who acts."""
    if by.kind != "holder" or actor is None or actor == account:
        return by
    return replace(by, name=f"other-{actor}")


def staff(user: User) -> Actor:
    """A member of staff as the actor of an event: known to holders by K-number."""
    return Actor("staff", user.k_number or "")

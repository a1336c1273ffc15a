"""Who may enter an address: the words with which a view declares it.

>>> from zamiast.login import doors
>>> @doors.public
... def about(request): ...
>>> doors.declared(about)
'public'

``zamiast.web.access`` reads the declarations and lets in or refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"  # anybody
LOGIN = "login"  # the way in, before anybody is known
SETUP = "setup"  # somebody known by password, setting up the first second factor, and the next ones
PERSON = "person"  # a holder at the portal, a member of staff at the desk, with a second factor
HOLDER = "holder"  # a holder with a second factor, at the portal
CONSULTANT = "consultant"  # staff with a second factor who take calls (supervisors do too)
CASEWORKER = "caseworker"  # consultants, supervisors and specialists, who work on cases
SUPERVISOR = "supervisor"  # supervisors with a second factor
SPECIALIST = "specialist"  # specialists, who decide cases with documents, with a second factor
MACHINE = "machine"  # another system with a token, which the view checks; at the api only
DPO = "dpo"  # the data protection officer with a second factor

ALL = (PUBLIC, LOGIN, SETUP, PERSON, HOLDER, CONSULTANT, CASEWORKER, SUPERVISOR, SPECIALIST,
       MACHINE, DPO)  # fmt: skip


def declare(who: str) -> Callable[[View], View]:
    """Mark a view with who may enter."""
    if who not in ALL:
        raise ValueError(f"there is no door named {who}")

    def mark(view: View) -> View:
        view.who_may_enter = who  # type: ignore[attr-defined]
        return view

    return mark


public = declare(PUBLIC)
way_in = declare(LOGIN)
setup = declare(SETUP)
person = declare(PERSON)
holder = declare(HOLDER)
consultant = declare(CONSULTANT)
caseworker = declare(CASEWORKER)
supervisor = declare(SUPERVISOR)
specialist = declare(SPECIALIST)
machine = declare(MACHINE)
dpo = declare(DPO)


def declared(view: Any) -> str | None:
    """What a view declares, or None."""
    return getattr(view, "who_may_enter", None)

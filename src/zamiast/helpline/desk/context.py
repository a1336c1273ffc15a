"""What every page of the desk shows: how many callbacks are promised, what waits to be watched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zamiast.helpline import callbacks, oversight
from zamiast.login.models import Role


@dataclass(frozen=True)
class Watched:
    """Freezes that nobody reviewed in time, and alarms not seen yet: 0 for consultants."""

    overdue: int = 0
    alarms: int = 0


def promised(request: HttpRequest) -> dict[str, Any]:
    """Counted once, when the navigation asks: at the portal nothing does."""
    return {
        "promised": SimpleLazyObject(callbacks.count),
        "watched": SimpleLazyObject(partial(_watched, request)),
    }


def _watched(request: HttpRequest) -> Watched:
    role = getattr(request.user, "role", None)
    if role not in (Role.SUPERVISOR, Role.DPO):
        return Watched()
    return Watched(*oversight.waiting(role))

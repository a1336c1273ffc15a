"""What everybody of the demo shares: what a part is, where it comes from, and where it may play."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.apps import apps

from zamiast.errors import Misconfigured

SOURCE = "demo:cast"


@dataclass(frozen=True)
class Part:
    """One person of the cast; ``login`` when this person can log in to the portal."""

    key: str
    family_name: str
    given_names: str
    birth_date: datetime.date
    gender: str
    address: tuple[str, str, str]
    about: str
    login: str = ""
    language: str = "pl"
    suspended: bool = False
    died_on: datetime.date | None = None


def refuse_outside_demo() -> None:
    """Raise Misconfigured where the demo is not installed."""
    if not apps.is_installed("zamiast.demo"):
        raise Misconfigured(
            "demo.off",
            "Invented people belong in a demo only, and this installation is none."
            " For a demo of its own: ZAMIAST_DEMO=1 and a ZAMIAST_HOME without real people.",
        )

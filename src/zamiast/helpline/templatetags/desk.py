"""Template filters and marks of the desk: ``{% load desk %}``."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from zamiast.guardianship.models import ChangeKind
from zamiast.helpline import matters, oversight
from zamiast.helpline.desk import presenters, wording, wording_access, wording_work
from zamiast.login.models import Role, User
from zamiast.verification import selectors as calls

register = template.Library()


register.filter(presenters.grouped)


@register.filter
def split_codes(codes: str) -> list[str]:
    """Codes written with commas.

    >>> split_codes("pl,en")
    ['pl', 'en']
    """
    return codes.split(",")


@register.filter
def matter_name(code: str) -> str:
    """The name of a matter in the reader's language."""
    return matters.shown(code, get_language() or "pl")


@register.filter
def state_name(state: str) -> str:
    """The name of a case's state."""
    return wording.case_state(state)


@register.filter
def move_name(name: str) -> str:
    """The name of a move."""
    return wording_work.move(name)


@register.filter
def minutes(seconds: int) -> str:
    """Seconds as minutes and seconds.

    >>> minutes(287), minutes(59)
    ('4:47', '0:59')
    """
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def language_name(code: str) -> str:
    """A language as its speakers call it.

    >>> language_name("uk")
    'українська'
    """
    return {"pl": "polski", "en": "English", "uk": "українська"}.get(code, code)


@register.filter
def change_name(kind: str) -> str:
    """The name of a kind of change of access."""
    return str(wording_access.KINDS[ChangeKind(kind)])


@register.simple_tag
def overdue_freezes(user: User) -> int:
    """How many freezes wait too long for a review; 0 for whom it does not concern."""
    return oversight.overdue_count() if user.role in (Role.SUPERVISOR, Role.DPO) else 0


@register.simple_tag
def alarms_unseen(user: User) -> int:
    """How many alarms wait for somebody in this role; 0 for whom it does not concern."""
    watching = user.role in (Role.SUPERVISOR, Role.DPO)
    return calls.alarms_unseen(user.role or "") if watching else 0

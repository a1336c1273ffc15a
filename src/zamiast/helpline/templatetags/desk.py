"""Template filters and marks of the desk: ``{% load desk %}``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zamiast.guardianship.models import ChangeKind
from zamiast.helpline import matters
from zamiast.helpline.desk import (
    case_table,
    presenters,
    sheet,
    wording,
    wording_access,
    wording_work,
)

register = template.Library()


register.filter(presenters.grouped)
register.simple_tag(case_table.table, name="case_table")
register.simple_tag(sheet.matters_shown, name="matter_buttons")


@register.simple_tag
def fixed(template: str) -> SafeString:
    """A part of a page that is the same for everybody; rendered once in each language."""
    return _fixed(template, get_language() or "pl")


@lru_cache(64)
def _fixed(template: str, reader: str) -> SafeString:  # noqa: ARG001 - a key of the cache
    return render_to_string(template)


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str | None = None) -> SafeString:
    """The options of a list to choose from.

    >>> options([("a", "A & B"), ("c", "C")], "c")
    '<option value="a">A &amp; B</option><option value="c" selected>C</option>'
    """
    return mark_safe(  # noqa: S308 - both values are escaped
        "".join(
            f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>'
            f"{escape(name)}</option>"
            for code, name in choices
        )
    )


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

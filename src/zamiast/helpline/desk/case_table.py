"""Cases in a table: printed here and not by a template, which took most of the page's time.

Fifty rows of seven cells are what consultants wait for most. Where the page is narrow (desk.css)
each row is a card, so every cell says its own head.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape  # Django's own is three times as slow: it looks for lazy texts

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from zamiast.helpline.desk.presenters import Line


@dataclass(frozen=True)
class _Words:
    """The words of the table in one language, escaped."""

    number: str
    matter: str
    state: str
    due: str
    whose: str
    caller: str
    opened: str
    identified: str
    unknown: str
    unconfirmed: str
    overdue: str
    letter: str


def table(rows: Iterable[Line], caption_id: str) -> SafeString:
    """The table, named by the element of this id."""
    words = _words(get_language() or "pl")
    heads = (words.number, words.matter, words.state, words.due, words.whose, words.caller,
             words.opened)  # fmt: skip
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "\n".join(_row(row, words) for row in rows)
    return mark_safe(  # noqa: S308 - every value is escaped in _row
        f'<table class="table" aria-labelledby="{escape(caption_id)}">\n<thead><tr>{head}</tr>'
        f"</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _row(row: Line, words: _Words) -> str:
    letter = f' <span class="badge warning">{words.letter}</span>' if row.is_unread else ""
    late = f' <span class="badge danger">{words.overdue}</span>' if row.is_overdue else ""
    due = f'<span class="numeric">{escape(row.due_at)}</span>{late}' if row.due_at else ""
    kind, name = ("nowrap", row.owner) if row.owner else ("soft", row.queue)
    whose = f'<span class="{kind}">{escape(name)}</span>'
    caller = words.identified if row.is_identified else words.unknown
    if not row.is_confirmed:
        caller += f", {words.unconfirmed}"
    return (
        f'<tr><td data-label="{words.number}">'
        f'<a class="numeric" href="{escape(row.address)}">{row.number}</a></td>'
        f'<td data-label="{words.matter}">{escape(row.matter)}</td>'
        f'<td data-label="{words.state}">{escape(row.state)}{letter}</td>'
        f'<td data-label="{words.due}">{due}</td>'
        f'<td data-label="{words.whose}">{whose}</td>'
        f'<td data-label="{words.caller}">{caller}</td>'
        f'<td data-label="{words.opened}"><span class="numeric">{escape(row.opened_at)}</span>'
        f' <span class="nowrap">{escape(row.opened_by)}</span></td></tr>'
    )


@lru_cache(8)
def _words(reader: str) -> _Words:  # noqa: ARG001 - a key of the cache
    found = (
        pgettext("desk", "Number"), pgettext("desk", "Matter"), pgettext("desk", "State"),
        pgettext("desk", "Deadline"), pgettext("desk", "Whose"), pgettext("desk", "Caller"),
        pgettext("desk", "Opened"), pgettext("desk", "identified"), gettext("no identifier"),
        pgettext("desk", "unconfirmed"), gettext("overdue"), gettext("new letter"),
    )  # fmt: skip
    return _Words(*map(escape, found))

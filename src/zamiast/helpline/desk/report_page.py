"""What the supervisor's charts and figures say, in words; and the same as rows for a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from django.utils.translation import gettext as _

from zamiast.helpline import matters, reports
from zamiast.helpline.desk import charts as drawing
from zamiast.helpline.reports import Consultant, Hour, Now, Span, Trend
from zamiast.web.spreadsheet import cell

PERIODS = (14, 30, 90, 365)
LONG_WAIT = 120  # seconds after which a caller who waits is an alarm
_MOST_BARS = 20


@dataclass(frozen=True)
class Figure:
    """One number of the board; an alarming one stands out."""

    code: str
    name: str
    value: int
    is_alarm: bool = False


@dataclass(frozen=True)
class Block:
    """A chart with the heads and rows of its table; ``code`` names its file."""

    code: str
    drawing: drawing.Chart
    heads: list[str]
    rows: list[tuple[str, Sequence[int | str]]]
    series: int  # how many of the columns are drawn

    @property
    def table(self) -> list[tuple[str, list[tuple[str, int | str]]]]:
        """Each row with the head of every cell, for narrow screens."""
        return [(label, list(zip(self.heads[1:], values, strict=True)))
                for label, values in self.rows]  # fmt: skip


def figures(now: Now) -> list[Figure]:
    """The board; of callers on the line only where a telephone exchange tells of them."""
    return [
        *_line(now),
        Figure("in_call", _("In a call"), now.in_call),
        Figure("promised", _("Callbacks promised for today"), now.promised),
        Figure("late", _("Of these late"), now.late, is_alarm=now.late > 0),
        Figure("overdue", _("Overdue cases"), now.overdue, is_alarm=now.overdue > 0),
        Figure("nobody", _("Nobody has them yet"), now.nobody),
        Figure("unread", _("New letters"), now.unread),
        Figure("open", _("Open cases"), now.open),
        Figure("waiting", _("Cases that wait"), now.waiting),
    ]


def _line(now: Now) -> list[Figure]:
    if now.callers is None:
        return []
    longest = now.longest or 0
    return [
        Figure("callers", _("Callers waiting"), now.callers, is_alarm=longest > LONG_WAIT),
        Figure("longest", _("Longest wait, seconds"), longest, is_alarm=longest > LONG_WAIT),
    ]


def blocks(
    hours: list[Hour], spans: list[Span], consultants: list[Consultant], days: int
) -> list[Block]:
    """The charts with their tables."""
    when = _("Week from") if reports.is_by_week(days) else _("Day")
    by_hour = [(f"{row.hour:02}", (row.calls, row.opened)) for row in hours]
    load = [(_short(row), (row.calls, row.opened, row.closed)) for row in spans]
    kept = [(_short(row), (row.closed, row.in_time)) for row in spans]
    worst = [(row.k_number, (row.not_active + row.limited, row.declined)) for row in consultants]
    title = _("Load by week") if reports.is_by_week(days) else _("Load by day")
    return [
        Block("hours", drawing.bars(_("Load by hour of the day"), by_hour),
              [_("Hour"), _("Calls"), _("Cases opened")], list(by_hour), 2),
        Block("days", drawing.bars(title, load),
              [when, _("Calls"), _("Cases opened"), _("Cases closed")], list(load), 3),
        Block("deadlines", drawing.bars(_("Deadlines kept"), kept),
              [when, _("Cases closed"), _("Of these in time"), _("Share")],
              [(name, (*counts, _share(*counts))) for name, counts in kept], 2),
        Block("consultants", drawing.bars(
                  _("Numbers not active, and declined confirmations"), worst[:_MOST_BARS]),
              [_("Consultant"), _("Numbers not active"), _("Confirmations declined"), _("Calls"),
               _("Refused, limit reached"), _("Confirmations asked for")],
              [(row.k_number, (row.not_active + row.limited, row.declined, row.calls, row.limited,
                               row.asked)) for row in consultants], 2),
    ]  # fmt: skip


def trends(found: list[Trend], reader: str) -> list[dict[str, Any]]:
    """Matters over time: a small chart in each row, all on one scale."""
    top = max((count for row in found for count in row.spans), default=0) or 1
    return [
        {
            "name": matters.shown(row.matter, reader), "opened": row.opened,
            "before": row.before, "spark": drawing.spark(row.spans, top), "spans": row.spans,
        }
        for row in found
    ]  # fmt: skip


def file(what: str, days: int, reader: str) -> list[list[str | int]] | None:
    """The rows of a file with their head; None for what there is not."""
    if what == "hours":
        return _file(["hour", "calls", "opened"], [astuple(row) for row in reports.by_hour(days)])
    if what in ("days", "deadlines"):
        head = ["week_from" if reports.is_by_week(days) else "day", "calls", "opened", "closed",
                "closed_in_time"]  # fmt: skip
        return _file(head, [(row.day.isoformat(), *astuple(row)[1:])
                            for row in reports.by_span(days)])  # fmt: skip
    if what == "matters":
        head = ["code", "matter", "opened", "before", *(f"{day}" for day in reports.spans(days))]
        return _file(head, [
            (row.matter, matters.shown(row.matter, reader), row.opened, row.before, *row.spans)
            for row in reports.by_matter(days)
        ])  # fmt: skip
    if what == "consultants":
        head = ["consultant", "calls", "not_active", "limit_reached", "asked", "declined"]
        return _file(head, [astuple(row) for row in reports.by_consultant(days)])
    return None


def _file(head: list[str], rows: Sequence[Sequence[Any]]) -> list[list[str | int]]:
    return [[cell(value) for value in row] for row in (head, *rows)]


def _short(row: Span) -> str:
    return row.day.strftime("%d.%m.")


def _share(whole: int, part: int) -> str:
    return f"{100 * part // whole} %" if whole else "–"

"""What the pages about calls show, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from zamiast.helpline import asked, matters
from zamiast.portal.presenters import language
from zamiast.verification import answering, wording


@dataclass(frozen=True)
class ShownPrompt:
    """A question of the helpline."""

    id: UUID
    began_at: datetime.datetime
    last_two: str
    k_number: str
    matter: str
    fields: list[str]
    minutes: int
    is_on_paper: bool


@dataclass(frozen=True)
class ShownReceipt:
    """What became of one question."""

    call: UUID
    began_at: datetime.datetime
    ended_at: datetime.datetime | None
    k_number: str
    matter: str
    asked: list[str]
    opened: list[str]
    state: str
    stands_out: bool
    is_about_other: bool
    is_disowned: bool
    case_number: int | None
    way: str


def prompt(row: answering.Prompt | None) -> ShownPrompt | None:
    """A question, in the language of the page."""
    if row is None:
        return None
    return ShownPrompt(
        row.id, row.began_at, row.last_two or "", row.k_number,
        matters.name(row.matter, language()), wording.names(row.fields), -(-row.seconds // 60),
        row.means == "paper",
    )  # fmt: skip


@dataclass(frozen=True)
class Open:
    """What somebody of the helpline may see just now, until when at most."""

    k_number: str
    fields: list[str]
    until: datetime.datetime


def opened(rows: list[answering.OpenNow]) -> list[Open]:
    """What is open, in the language of the page."""
    return [Open(row.k_number, wording.names(row.fields), row.until) for row in rows]


@dataclass(frozen=True)
class ShownCallback:
    """A callback that is still to be made."""

    id: int
    case_number: int
    matter: str
    from_at: datetime.datetime
    until_at: datetime.datetime
    ending: str
    is_own: bool
    is_missed: bool


def callback(row: asked.Asked) -> ShownCallback:
    """A promised callback, in the language of the page."""
    return ShownCallback(
        row.id, row.case_number, matters.name(row.matter, language()), row.from_at, row.until_at,
        row.ending, row.is_own, row.is_missed,
    )  # fmt: skip


def receipt(row: answering.Receipt) -> ShownReceipt:
    """A receipt, in the language of the page."""
    states = {
        "waiting": _("You are being asked now"),
        "in_vain": _("You were not asked"),
        "confirmed": _("You confirmed; open now"),
        "declined": _("You said: I am not calling"),
        "mistyped": _("The number was not right"),
        "expired": _("Not answered in time"),
        "replaced": _("Replaced by a new question"),
        "ended": _("The call ended before an answer"),
        "over": _("You confirmed; closed again"),
        "revoked": _("You said: that was not me"),
    }
    ways = {"paper": _("By a code on paper"), "intent": _("The call began in your account")}
    return ShownReceipt(
        row.call, row.began_at, row.ended_at, row.k_number, matters.name(row.matter, language()),
        wording.names(row.asked), wording.names(row.opened), states[row.state],
        row.state in ("declined", "mistyped", "revoked"), row.is_about_other, row.is_disowned,
        row.case_number if not row.is_about_other else None, ways.get(row.means, ""),
    )  # fmt: skip

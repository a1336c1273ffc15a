"""What the pages show, ready to be printed: templates ask nothing and decide little."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zamiast.audit.models import Look
from zamiast.errors import BadInput
from zamiast.helpline import matters, moves
from zamiast.helpline.models import Case
from zamiast.portal import wording
from zamiast.pure import identifier as code
from zamiast.registry.models import Identifier, State


@dataclass(frozen=True)
class ShownIdentifier:
    """An identifier on its page: for eyes in groups, for ears in words, for cameras as QR."""

    digits: str
    groups: tuple[str, ...]
    spoken: str
    language: str
    is_active: bool
    suspended_at: datetime.datetime | None
    issued_at: datetime.datetime

    @property
    def grouped(self) -> str:
        """The digits in groups, as one text."""
        return " ".join(self.groups)

    @property
    def qr(self) -> SafeString:
        """A QR code of the plain digits, as SVG without styles."""
        return mark_safe(qr_svg(self.digits))  # noqa: S308 - drawn from twelve digits


@dataclass(frozen=True)
class ShownLook:
    """One line of “Who looked”."""

    at: datetime.datetime
    who: str
    what: wording.Text
    why: wording.Text
    matter: str
    case_number: int | None
    stands_out: bool


@dataclass(frozen=True)
class ShownCase:
    """A case as its holder sees it."""

    number: int
    matter: str
    state: str
    state_look: str
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    opened_by: str
    is_confirmed: bool
    is_disowned: bool
    can_disown: bool


def language() -> str:
    """The language of the page, as the pure libraries know it."""
    return (get_language() or "pl")[:2]


def identifier(current: Identifier) -> ShownIdentifier:
    """An identifier, to be shown in the language of the page."""
    digits = str(current.number)
    return ShownIdentifier(
        digits=digits,
        groups=tuple(code.format(digits).split()),
        spoken=code.speak(digits, language()),
        language=language(),
        is_active=current.state == State.ACTIVE,
        suspended_at=current.suspended_at,
        issued_at=current.issued_at,
    )


def qr_svg(digits: str) -> str:
    """A QR code of the digits: an SVG element without size and style."""
    return str(segno.make_qr(digits, error="m").svg_inline(omitsize=True, border=2))


def look(row: Look) -> ShownLook:
    """One look, in words."""
    words = wording.of_look(row.what, row.outcome)
    return ShownLook(
        at=row.at,
        who=wording.of_actor(row.actor_kind, row.actor),
        what=words.what,
        why=words.why,
        matter=_matter(row.matter),
        case_number=row.case_number,
        stands_out=words.stands_out,
    )


def case(row: Case) -> ShownCase:
    """One case, in words."""
    looks = {"open": "", "closed": "success", "disowned": "warning"}
    return ShownCase(
        number=row.number,
        matter=_matter(row.matter),
        state=wording.of_case_state(row.state),
        state_look=looks.get(row.state, ""),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        opened_by=row.opened_by_name,
        is_confirmed=row.is_confirmed,
        is_disowned=row.state == moves.State.DISOWNED,
        can_disown=moves.target("disown", row.state) is not None,
    )


def _matter(matter: str | None) -> str:
    if not matter:
        return ""
    try:
        return matters.name(matter, language())
    except BadInput:
        return ""  # a matter that a later version retired: better no name than a code

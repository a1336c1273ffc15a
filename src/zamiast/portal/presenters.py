"""What the pages show, ready to be printed: templates ask nothing and decide little."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import segno
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zamiast.audit.models import Look
from zamiast.errors import BadInput
from zamiast.helpline import matters, moves
from zamiast.helpline.models import Case
from zamiast.helpline.public import FORM
from zamiast.helpline.services import FROM_ACCOUNT
from zamiast.portal import wording
from zamiast.pure import identifier as code
from zamiast.registry.models import Identifier, State

# Who did these at an account has access to it: its holder may know by name who it was. Who
# offered or took back something elsewhere is not named.
NAMED = frozenset({
    "access.opened", "access.used", "access.given_up", "guardian.accepted", "guardian.offered",
    "guardian.withdrawn", "authorisation.accepted", "identifier.suspended",
    "identifier.resumed", "identifier.replaced", "case.disowned",
})  # fmt: skip


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

    event: int
    at: datetime.datetime
    is_machine: bool
    on_behalf_of: str
    level: int
    level_words: str
    fields: tuple[str, ...]
    who: str
    what: wording.Text
    why: wording.Text
    matter: str
    case_number: int | None
    stands_out: bool


_WITH_ANSWERS = ("after_divorce", "child_account", "ward_account")


@dataclass(frozen=True)
class ShownCase:
    """A case as its holder sees it."""

    number: int
    matter: str
    state: str
    state_code: str
    state_look: str
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    opened_by: str
    is_from_account: bool
    has_answers: bool  # about a child or ward: a specialist reads them, and documents
    is_from_form: bool
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


def inline(svg: str) -> SafeString:
    """A drawing of ours, to stand in a page as it is."""
    return mark_safe(svg)  # noqa: S308 - made by segno out of digits


def number(value: object, places: int = 0) -> str:
    """A number as it is written in the language of the page; what is none, as it came."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if not places and float(value).is_integer():
        return str(int(value))
    return str(formats.number_format(value, places or None))


def others_in(rows: list[Look]) -> set[int]:
    """The accounts of other holders who did something in these lines."""
    return {int(row.actor.removeprefix("other-")) for row in rows
            if row.actor_kind == "holder" and row.actor.startswith("other-")
            and row.what in NAMED}  # fmt: skip


def look(
    row: Look, names: Mapping[int, str] = MappingProxyType({}), own: int | None = None
) -> ShownLook:
    """One look, in words; another holder by name where ``names`` has it.

    ``own`` is the account of a guardian who reads: “You” in the ward's list.
    """
    other = row.actor.removeprefix("other-")
    known = names.get(int(other), "") if other.isdecimal() and row.what in NAMED else ""
    reader = own is not None and other == str(own)
    words = wording.of_look(row.what, row.outcome)
    is_own = own is None and row.actor_kind == "holder" and not row.actor.startswith("other")
    return ShownLook(
        event=row.event_id,
        at=row.at,
        is_machine=row.actor_kind == "machine",
        on_behalf_of=wording.on_behalf(row.actor_kind, row.on_behalf_of),
        level=row.level,
        level_words=wording.of_level(row.level),
        fields=wording.of_fields(row.fields),
        who=wording.of_actor("holder", "")
        if reader
        else wording.of_actor(row.actor_kind, row.actor, known, row.what),
        what=words.what,
        why=wording.OWN if is_own and row.what.startswith("access.") else words.why,
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
        state_code=row.state,
        state_look=looks.get(row.state, ""),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        opened_by=row.opened_by_name,
        is_from_account=row.opened_by_name == FROM_ACCOUNT,
        has_answers=row.opened_by_name == FROM_ACCOUNT and row.matter in _WITH_ANSWERS,
        is_from_form=row.opened_by_name == FORM,
        is_confirmed=row.is_confirmed,
        is_disowned=row.state == moves.State.DISOWNED,
        can_disown=row.opened_by_name != FROM_ACCOUNT
        and moves.target("disown", row.state) is not None,
    )


def _matter(matter: str | None) -> str:
    if not matter:
        return ""
    try:
        return matters.name(matter, language())
    except BadInput:
        return ""  # a matter that a later version retired: better no name than a code

"""Letters in the account: a new matter or an open one, and what is shown of a case."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from zamiast.audit import doorway
from zamiast.errors import Conflict
from zamiast.helpline import letters, locks, services
from zamiast.helpline.models import Case, Message
from zamiast.helpline.moves import MOVES, WORKING
from zamiast.login.models import User
from zamiast.portal.acting import Whose
from zamiast.portal.presenters import language

_NOTE = "Wiadomość napisana na koncie. Treść jest w listach tej sprawy."


@dataclass(frozen=True)
class Sent:
    """Where a letter went: into which case, new or open before, or sent already."""

    number: int
    cut: int
    was_open: bool = False
    was_sent: bool = False


@dataclass(frozen=True)
class ShownLetter:
    """One letter as the holder reads it."""

    is_own: bool
    author: str
    text: str
    at: datetime.datetime
    is_new: bool


def write(whose: Whose, login: User, matter: str, text: str) -> Sent:
    """Open a case with a letter, or add it to the open one in this matter.

    Raises BadInput for an unusable text, TooMany after five new cases or twenty letters a day.
    """
    account = whose.account.pk
    with transaction.atomic():
        locks.one_at_a_time(locks.FROM_ACCOUNT, account)
        number = _open(account, matter)
        if number is not None and _is_repeated(number, account, text):
            return Sent(number, 0, was_open=True, was_sent=True)
        was_open = number is not None
        if number is None:
            number = _begin(whose, login, matter)
        cut = letters.write_from_account(number, account, text, by=whose.by)
    return Sent(number, cut, was_open=was_open)


def write_in(whose: Whose, number: int, text: str) -> Sent:
    """Add a letter to an own case. Raises as ``letters.write_from_account``."""
    account = whose.account.pk
    with transaction.atomic():
        locks.one_at_a_time(locks.FROM_ACCOUNT, account)
        if _is_repeated(number, account, text):
            return Sent(number, 0, was_open=True, was_sent=True)
        return Sent(number, letters.write_from_account(number, account, text, by=whose.by), True)


def thread(whose: Whose, number: int) -> list[ShownLetter]:
    """The letters of an own case; the holder who reads them has read the answers."""
    rows = letters.letters_of(number, whose.account.pk)
    if not whose.is_acting and any(_is_new(row) for row in rows):
        letters.read_by_holder(number, whose.account.pk)
    return shown(rows)


def shown(rows: list[Message]) -> list[ShownLetter]:
    """Letters, ready to be printed."""
    return [ShownLetter(row.is_from_holder, row.author_name, row.text, row.written_at, _is_new(row))
            for row in rows]  # fmt: skip


def takes_letters(state: str) -> bool:
    """Whether the holder can write in a case in this state."""
    return state in MOVES["write"].sources


def _begin(whose: Whose, login: User, matter: str) -> int:
    try:
        return services.open_case_from_account(
            matter, account_id=whose.account.pk, login=login, by=whose.by, note=_NOTE,
            language=language(),
        )  # fmt: skip
    except Conflict:
        number = _open(whose.account.pk, matter)
        if number is None:
            raise
        return number


def _open(account: int, matter: str) -> int | None:
    own = Case.objects.filter(
        account_id=account, matter=matter, state__in=WORKING, is_confirmed=True
    )
    return own.order_by("-number").values_list("number", flat=True).first()


def _is_repeated(number: int, account: int, text: str) -> bool:
    """Whether the last letter of the holder says the very same: a second click, a reload."""
    own = [row for row in letters.letters_of(number, account) if row.is_from_holder]
    return bool(own) and own[-1].text == doorway.cleaned(text.replace("\x00", "").strip())


def _is_new(row: Message) -> bool:
    return not row.is_from_holder and row.read_at is None

"""Callbacks from the account: the holder asks for one, sees who calls, takes it back.

Runs in the portal. The number to call is typed by the holder and sealed; at the desk only who
calls sees it, until the call was made.

>>> number_of("601 234 567"), number_of("+48 (22) 572-60-42"), number_of("00380 44 123 45 67")
('601234567', '225726042', '+380441234567')
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zamiast.audit import doorway
from zamiast.audit.services import Actor, record
from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.helpline import locks, writing
from zamiast.helpline.callbacks import FURTHEST, LONGEST
from zamiast.helpline.letters import own_case
from zamiast.helpline.models import Callback, Case, Move, NumberKind
from zamiast.helpline.moves import WORKING
from zamiast.helpline.services import open_case_from_account
from zamiast.login import secrets
from zamiast.login.models import User

MOST = 3  # promised at a time
_FOREIGN = re.compile(r"\+[1-9][0-9]{7,14}")
# Mobile and area codes; not 70 and 80, where a call costs money or reaches a machine.
_POLISH = re.compile(r"(?!70|80)[1-9][0-9]{8}")


@dataclass(frozen=True)
class Calling:
    """Who calls the holder just now; ``is_sure`` where the account asked for it."""

    k_number: str
    since: datetime.datetime
    case_number: int
    ending: str
    is_sure: bool


@dataclass(frozen=True)
class Asked:
    """A callback that is still to be made."""

    id: int
    case_number: int
    matter: str
    from_at: datetime.datetime
    until_at: datetime.datetime
    ending: str
    is_own: bool
    is_missed: bool


def calling(account: int) -> list[Calling]:
    """Who calls the holder of an account now, because a callback was asked for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM helpline_calling(%s::bigint)", [account])
        return [Calling(*row) for row in cursor.fetchall()]


def of_account(account: int) -> list[Asked]:
    """The callbacks that are still to be made in the cases of an account, the next one first."""
    rows = Callback.objects.promised().filter(case__account_id=account).order_by("until_at")
    values = rows.values_list("id", "case_id", "case__matter", "from_at", "until_at", "ending",
                              "promised_by_name", "state")  # fmt: skip
    return [Asked(*row[:6], row[6] == writing.HOLDER, row[7] == "missed") for row in values]


def open_cases(account: int) -> list[tuple[int, str]]:
    """Number and matter of the cases of an account that somebody works on."""
    rows = Case.objects.filter(account_id=account, state__in=WORKING).order_by("-number")
    return list(rows.values_list("number", "matter"))


def ask(
    account: int, *, about: int | str, from_at: datetime.datetime, until_at: datetime.datetime,
    number: str, login: User, by: Actor, language: str,
) -> int:  # fmt: skip
    """Ask to be called, about a case (its number) or a matter (its code); the case's number.

    Raises BadInput for a number or times that cannot be, NotFound for a case of somebody else,
    Conflict where a callback is promised in it already, TooMany.
    """
    digits, now = number_of(number), timezone.now()
    if not now < until_at <= now + FURTHEST or not from_at < until_at <= from_at + LONGEST:
        raise BadInput("helpline.no_time_to_call")
    try:
        with transaction.atomic():
            _not_too_many(account)
            case = _case(account, about, login, by, language)
            made = Callback(
                case=case, from_at=from_at, until_at=until_at, number_kind=NumberKind.ACCOUNT,
                ending=digits[-2:], promised_by=login, promised_by_name=writing.HOLDER,
            )  # fmt: skip
            made.save(force_insert=True)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO helpline_number_to_call (callback_id, sealed) VALUES (%s, %s)",
                    [made.pk, secrets.encrypt(digits)],
                )
            _tell(case, "asked", "callback.asked", account, by)
    except IntegrityError as error:
        if "helpline_one_callback_per_case" in str(error):
            raise Conflict("helpline.callback_there") from error
        raise
    return case.pk


def take_back(callback: int, account: int, *, by: Actor) -> None:
    """The holder wants no call any more. Raises NotFound where none is promised."""
    with transaction.atomic():
        rows = Callback.objects.promised().filter(pk=callback, case__account_id=account)
        number = rows.values_list("case_id", flat=True).first()
        if number is None:
            raise NotFound("helpline.no_callback")
        case = own_case(number, account)
        changed = rows.update(
            state="given_up", settled_by_name=writing.HOLDER, settled_at=timezone.now()
        )
        if not changed:
            raise NotFound("helpline.no_callback")
        _tell(case, "given_up", "callback.taken_back", account, by)


def number_of(typed: str) -> str:
    """A telephone number as it is dialled: nine digits in Poland, with + abroad.

    Raises BadInput for anything else, and for what could be a national number.
    """
    bare = re.sub(r"[\s().\-/]", "", typed)
    bare = re.sub(r"^00", "+", bare)
    bare = bare.removeprefix("+48") if len(bare) == 12 else bare
    if not (_POLISH.fullmatch(bare) or _FOREIGN.fullmatch(bare)):
        raise BadInput("helpline.no_number")
    if bare.startswith("+") and doorway.let_through(bare[1:]).found:
        raise BadInput("helpline.no_number")
    return bare


def _case(account: int, about: int | str, login: User, by: Actor, language: str) -> Case:
    if isinstance(about, str):
        note = _("The holder asks in the account to be called.")
        about = open_case_from_account(
            about, account_id=account, login=login, by=by, note=note, language=language
        )
    case = own_case(about, account)
    if case.state not in WORKING:
        raise Conflict("helpline.other_state")
    return case


def _not_too_many(account: int) -> None:
    """Two clicks at once wait for one another."""
    locks.one_at_a_time(locks.FROM_ACCOUNT, account)
    if Callback.objects.promised().filter(case__account_id=account).count() >= MOST:
        raise TooMany("helpline.too_many_callbacks")


def _tell(case: Case, move: str, what: str, account: int, by: Actor) -> None:
    writing.touch(case)
    Move(case=case, name=move, by=writing.HOLDER).save(force_insert=True)
    record(what, by=by, account=account, purpose=writing.purpose(case), level=2)

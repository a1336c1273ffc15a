"""Promised callbacks: rows of their own, in a list that cannot be overlooked.

Asked for by the caller, never offered out of the blue. Nobody at the desk types a number: the
holder typed it in the account, or the telephone system or the register of facilities knows it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from zamiast.audit.services import Purpose, record
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.helpline import writing
from zamiast.helpline.models import Callback, CallbackState, Case, NumberKind
from zamiast.helpline.models.work import LONGEST_WISH
from zamiast.helpline.moves import State
from zamiast.helpline.writing import locked
from zamiast.login import secrets
from zamiast.login.models import User
from zamiast.verification.services import consultant

PAGE = 100
_COUNT = """
    SELECT count(*), count(*) FILTER (WHERE until_at < now()) FROM helpline_callback
     WHERE state IN ('open', 'missed') AND until_at <= %s::timestamptz
"""
FURTHEST = datetime.timedelta(days=30)
LONGEST = datetime.timedelta(hours=12)
# An account keeps no number: who wants to be called at another one asks in the account.
AT_THE_DESK = (NumberKind.TELEPHONE, NumberKind.FACILITY)


@dataclass(frozen=True)
class Promised:
    """A promise as it stands in the list."""

    id: int
    case_number: int
    matter: str
    language: str
    from_at: datetime.datetime
    until_at: datetime.datetime
    number_kind: str
    ending: str
    wish: str
    tries: int
    promised_by_name: str
    taken_by_name: str


@dataclass(frozen=True)
class Count:
    """How many callbacks are promised for today, and how many of them are late."""

    today: int
    overdue: int


@dataclass(frozen=True)
class BeingCalled:
    """Whom a consultant calls back just now; ``dial`` is empty where only others know it."""

    id: int
    case_number: int
    number_kind: str
    ending: str
    dial: str


def promised(size: int) -> list[Promised]:
    """Promises still to be kept, the most urgent first, so the late ones on top."""
    rows = Callback.objects.promised().order_by("until_at", "id").values_list(
        "id", "case_id", "case__matter", "case__language", "from_at", "until_at", "number_kind",
        "ending", "wish", "tries", "promised_by_name", "taken_by_name",
    )  # fmt: skip
    return [Promised(*row) for row in rows[:size]]


def count() -> Count:
    """What the navigation of every page shows: one look at a small index."""
    tonight = timezone.localtime().replace(hour=23, minute=59, second=59)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [tonight])
        return Count(*cursor.fetchone())


def promise(
    case_number: int, *, from_at: datetime.datetime, until_at: datetime.datetime,
    number_kind: str, by: User, ending: str = "", wish: str = "",
) -> int:  # fmt: skip
    """Promise to call back between two moments; return the callback's number.

    Raises BadInput for times that cannot be, or a kind of number that this case has not,
    NotFound, Conflict for a case that ended or one in which a callback is promised already.
    """
    now = timezone.now()
    if not now < until_at <= now + FURTHEST or not from_at < until_at <= from_at + LONGEST:
        raise BadInput("helpline.no_time_to_call")
    if number_kind not in AT_THE_DESK or not _is_ending(ending):
        raise BadInput("helpline.no_number_kind")
    try:
        with transaction.atomic():
            case = locked(case_number)
            _can_promise(case, number_kind)
            made = Callback.objects.create(
                case=case, from_at=from_at, until_at=until_at, number_kind=number_kind,
                ending=ending, wish=wish.replace("\x00", "").strip()[:LONGEST_WISH],
                promised_by=by, promised_by_name=by.k_number or "",
            )  # fmt: skip
            _settle(case, "callback.promised", by)
    except IntegrityError as error:
        if "helpline_one_callback_per_case" in str(error):
            raise Conflict("helpline.callback_there") from error
        raise
    return made.pk


def take(callback: int, *, by: User) -> int:
    """Say that one is calling now; return the number of the case. Of two, one wins."""
    with transaction.atomic():
        row = _promised(callback)
        if row.taken_by_id not in (None, by.pk) and _is_calling(row):
            raise Conflict("helpline.callback_taken")
        Callback.objects.filter(pk=row.pk).update(
            taken_by=by, taken_by_name=by.k_number or "", settled_at=timezone.now()
        )
        _settle(row.case, "callback.taken", by)
    return row.case_id


def call(callback: int, session_digest: str, *, by: User) -> tuple[int, UUID | None]:
    """Take it and begin the call; the number of the case, and the call.

    There is no call where the case has no account, nor for whoever takes no calls. Raises as
    ``take`` does, and Conflict (``verification.one_call``) during another call.
    """
    new = uuid4()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            number = take(callback, by=by)
            cursor.execute("SELECT helpline_call_back(%s::text, %s::bigint, %s::uuid)",
                           [session_digest, callback, new])  # fmt: skip
            (outcome,) = cursor.fetchone()
    except IntegrityError as error:
        if "verification_one_call_at_a_time" in str(error):
            raise Conflict("verification.one_call") from error
        raise
    return number, new if outcome == "done" else None


def being_called(session_digest: str, call: UUID) -> BeingCalled | None:
    """The callback of a call that is under way, with the number to dial where there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM helpline_being_called(%s::text, %s::uuid)",
                       [session_digest, call])  # fmt: skip
        row = cursor.fetchone()
    if row is None:
        return None
    made, case, kind, ending, sealed = row
    return BeingCalled(made, case, kind, ending, secrets.decrypt(sealed) if sealed else "")


def keep(callback: int, *, by: User) -> int:
    """The caller was called. Returns the number of the case."""
    return _end(callback, CallbackState.KEPT, "callback.kept", by)


def give_up(callback: int, *, by: User) -> int:
    """Nobody answers, or the caller wants it no more. Returns the number of the case."""
    return _end(callback, CallbackState.GIVEN_UP, "callback.given_up", by)


def again(callback: int, *, until_at: datetime.datetime, by: User) -> int:
    """Nobody answered: try again until another moment. Returns the number of the case."""
    now = timezone.now()
    if not now < until_at <= now + FURTHEST:
        raise BadInput("helpline.no_time_to_call")
    with transaction.atomic():
        row = _promised(callback)
        Callback.objects.filter(pk=row.pk).update(
            state=CallbackState.OPEN, tries=F("tries") + 1, from_at=now, until_at=until_at,
            taken_by=None, taken_by_name="", settled_at=None,
        )  # fmt: skip
        _settle(row.case, "callback.not_reached", by)
    return row.case_id


def _end(callback: int, state: CallbackState, what: str, by: User) -> int:
    with transaction.atomic():
        row = _promised(callback)
        Callback.objects.filter(pk=row.pk).update(
            state=state, settled_by_name=by.k_number or "", settled_at=timezone.now()
        )
        _settle(row.case, what, by)
    return row.case_id


def _settle(case: Case, what: str, by: User) -> None:
    """History, version and event: what became of a promise concerns the holder too."""
    writing.touch(case)
    case.moves.create(name=what.partition(".")[2], by=by.k_number or "")
    purpose: Purpose = writing.purpose(case)
    record(what, by=consultant(by), account=case.account_id, purpose=purpose)


def _promised(callback: int) -> Callback:
    rows = Callback.objects.promised().select_for_update(no_key=True, of=("self",))
    row = rows.select_related("case").filter(pk=callback).first()
    if row is None:
        raise NotFound("helpline.no_callback")
    return row


def _is_calling(row: Callback) -> bool:
    """Whether somebody said so within a quarter of an hour; later the claim is over."""
    since = timezone.now() - datetime.timedelta(minutes=15)
    return row.settled_at is not None and row.settled_at > since


def _can_promise(case: Case, number_kind: str) -> None:
    if case.state not in (State.OPEN, State.WAITING):
        raise Conflict("helpline.other_state")
    if number_kind == NumberKind.TELEPHONE and case.call_id is None:  # nobody called: a letter
        raise BadInput("helpline.no_number_kind")


def _is_ending(text: str) -> bool:
    return text == "" or (len(text) == 2 and text.isascii() and text.isdigit())

"""Writing cases. One verb, one transaction, one event that the holder can see."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from zamiast.audit import doorway
from zamiast.audit.services import Actor, Purpose, record, record_refusal
from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.helpline import matters
from zamiast.helpline.models import LONGEST_NOTE, Case, Move, Note
from zamiast.helpline.moves import MOVES, State
from zamiast.login.models import User
from zamiast.verification.models import Call
from zamiast.verification.services import consultant

LARGEST = 2**63 - 1  # what the column of the number can hold


@dataclass(frozen=True)
class Opened:
    """A new case: its number to read out, and how many national numbers its note lost."""

    number: int
    cut: int


def open_case(
    matter: str, *, by: User, call: UUID, note: str = "", language: str | None = None
) -> Opened:
    """Open a case in one of the matters, for the account identified in this call or for none.

    ``language`` is the caller's where it is known better than from the account. Raises
    BadInput for an unknown matter or an unusable note, Conflict without such a call under
    way, or where the call has a case in this matter already (``helpline.opened_already``).
    """
    matters.name(matter, "pl")
    text = _usable(note) if note.strip() else ""
    try:
        with transaction.atomic():
            case = _new_case(matter, by, call, language)
            case.save(force_insert=True)
            cut = _add_note(case, text, by) if text else 0
            record("case.opened", by=consultant(by), account=case.account_id,
                   purpose=_purpose(case), level=case.level)  # fmt: skip
            if text:
                _record_note(case, by, level=case.level)
    except IntegrityError as error:
        if "helpline_one_case_per_call_and_matter" in str(error):
            raise Conflict("helpline.opened_already") from error
        raise
    return Opened(case.number, cut)


FROM_ACCOUNT = "holder"  # who opened a case or wrote a note that came from an account
FROM_ACCOUNT_A_DAY = 5


def open_case_from_account(
    matter: str, *, account_id: int, login: User, by: Actor, note: str, language: str
) -> int:
    """Open a case that begins in the logged-in account; return its number.

    It is confirmed, at level 2: who wrote it logged in with a second factor. One open case
    in a matter is enough: Conflict (``helpline.opened_already``). Raises TooMany after
    five a day, BadInput for an unknown matter or an unusable note. Runs in the portal.
    """
    matters.name(matter, "pl")
    text = _usable(note)
    with transaction.atomic():
        with connection.cursor() as cursor:  # two clicks at once: the second one waits and sees
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
                           ["helpline.from_account", account_id])  # fmt: skip
        own = Case.objects.filter(account_id=account_id, opened_by_name=FROM_ACCOUNT)
        if own.filter(matter=matter, state=State.OPEN).exists():
            raise Conflict("helpline.opened_already")
        since = timezone.now() - datetime.timedelta(days=1)
        if own.filter(opened_at__gt=since).count() >= FROM_ACCOUNT_A_DAY:
            raise TooMany("helpline.too_many_cases")
        case = Case(
            matter=matter, account_id=account_id, level=2, is_confirmed=True, opened_by=login,
            opened_by_name=FROM_ACCOUNT, language=language,
        )  # fmt: skip
        case.save(force_insert=True)
        _add_note(case, text, login)
        record("case.opened", by=by, account=account_id, purpose=_purpose(case), level=2)
    return case.number


def write_note(case_number: int, text: str, *, by: User) -> int:
    """Add a note to a case, whatever its state; return how many national numbers were cut out.

    Raises BadInput for an empty or too long text, NotFound without such a case.
    """
    usable = _usable(text)
    with transaction.atomic():
        case = _case(case_number)
        cut = _add_note(case, usable, by)
        _record_note(case, by, level=0)
        return cut


def close(case_number: int, *, by: User) -> None:
    """Close an open case. Raises NotFound, or Conflict from another state."""
    _move("close", case_number, by)


def reopen(case_number: int, *, by: User) -> None:
    """Open a closed case again. Raises NotFound, or Conflict from another state."""
    _move("reopen", case_number, by)


def disown(case_number: int, account_id: int, *, by: Actor) -> None:
    """The holder says: that was not me. Nobody works on the case as theirs any more.

    Raises NotFound where the case is not of this account, Conflict when it is disowned
    already. Runs in the portal, which sees neither notes nor calls.
    """
    move = MOVES["disown"]
    with transaction.atomic():
        own = Case.objects.filter(number=case_number, account_id=account_id)
        changed = own.filter(state__in=move.sources).update(
            state=move.target, closed_at=Coalesce("closed_at", timezone.now())
        )
        matter = own.values_list("matter", flat=True).first()
        if matter is None:
            raise NotFound("helpline.no_case")
        if not changed:
            raise Conflict("helpline.other_state")
        Move.objects.create(case_id=case_number, name="disown", by=by.kind)
        purpose = Purpose(matter=matter, case=case_number)
        record("case.disowned", by=by, account=account_id, purpose=purpose)


def read_case(case_number: int, *, by: User) -> Case:
    """The case, for a member of staff to read; the event is written before any of it is shown.

    Raises NotFound where there is none; that too is an event.
    """
    with transaction.atomic():
        case = _find(case_number)
        if case:
            record("case.read", by=consultant(by), account=case.account_id, purpose=_purpose(case))
            return case
    # More digits are no case number; they may be a PESEL.
    purpose = Purpose(case=case_number if case_number < 10**10 else None)
    record_refusal("case.read", by=consultant(by), outcome="not_found", purpose=purpose)
    raise NotFound("helpline.no_case")


def _new_case(matter: str, by: User, call_id: UUID, language: str | None) -> Case:
    """A case for what was identified in this call; the lock keeps that from changing meanwhile."""
    call = (
        Call.objects.select_for_update(no_key=True)
        .filter(pk=call_id, consultant=by, ended_at=None)
        .only("account_id", "language")
        .first()
    )
    if call is None:
        raise Conflict("verification.no_call")
    known = call.account_id is not None
    return Case(
        matter=matter, account_id=call.account_id, level=1 if known else 0, call_id=call_id,
        opened_by=by, opened_by_name=by.k_number or "", language=language or call.language or "pl",
    )  # fmt: skip


def _move(name: str, case_number: int, by: User) -> None:
    """Make one move of the table; the database decides who of two was first."""
    move = MOVES[name]
    closed_at = None if name == "reopen" else timezone.now()
    with transaction.atomic():
        case = _case(case_number)
        from_here = Case.objects.filter(pk=case_number, state__in=move.sources)
        changed = from_here.update(state=move.target, closed_at=closed_at)
        if not changed:
            raise Conflict("helpline.other_state")
        Move.objects.create(case=case, name=name, by=by.k_number or "")
        what = {"close": "case.closed", "reopen": "case.reopened"}[name]
        record(what, by=consultant(by), account=case.account_id, purpose=_purpose(case))


def _case(number: int) -> Case:
    case = _find(number)
    if case is None:
        raise NotFound("helpline.no_case")
    return case


def _find(number: int) -> Case | None:
    return Case.objects.filter(pk=number).first() if number <= LARGEST else None


def _usable(text: str) -> str:
    text = text.replace("\x00", "")  # PostgreSQL takes none
    if not text.strip():
        raise BadInput("helpline.empty_note")
    if len(text) > LONGEST_NOTE:
        raise BadInput("helpline.long_note")
    return text.strip()


def _add_note(case: Case, text: str, by: User) -> int:
    passed = doorway.let_through(text)
    Note.objects.create(
        case=case,
        author=by,
        author_name=by.k_number or FROM_ACCOUNT,
        text=passed.text,
        cut=passed.found,
    )
    return passed.found


def _record_note(case: Case, by: User, *, level: int) -> None:
    record("note.written", by=consultant(by), account=case.account_id,
           purpose=_purpose(case), level=level)  # fmt: skip


def _purpose(case: Case) -> Purpose:
    return Purpose(matter=case.matter, case=case.pk, call=case.call_id)

"""Writing cases. One verb, one transaction, one event that the holder can see.

Here a case begins, gets notes and is disowned; the work on it stands in ``handling``,
``callbacks`` and ``letters``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from zamiast.audit.services import Actor, Purpose, record, record_refusal
from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.helpline import locks, matters, queues, writing
from zamiast.helpline.handling import close, reopen
from zamiast.helpline.models import Case, Link, LinkKind, Move
from zamiast.helpline.moves import MOVES, WORKING
from zamiast.login.models import User
from zamiast.verification.models import Call
from zamiast.verification.selectors import confirmed_about
from zamiast.verification.services import consultant

__all__ = ["Opened", "close", "disown", "open_case", "open_case_from_account", "read_case",
           "reopen", "write_note"]  # fmt: skip


class OpenAlready(Conflict):
    """There is an open case of this account in this matter: ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__("helpline.open_already")
        self.number = number


@dataclass(frozen=True)
class Opened:
    """A new case: its number to read out, and how many national numbers its note lost."""

    number: int
    cut: int


def open_case(
    matter: str, *, by: User, call: UUID, note: str = "", language: str | None = None,
    queue: str | None = None, deadline: str | None = None, is_another: bool = False,
    session: str = "",
) -> Opened:  # fmt: skip
    """Open a case in one of the matters, for the account identified in this call or for none.

    ``language`` is the caller's where it is known better than from the account; ``queue``
    and ``deadline`` count where the script came out elsewhere than the matter's own. The case
    is confirmed where ``session``, by its digest, has the matter confirmed in this call. Raises
    BadInput for an unknown matter or an unusable note, Conflict without such a call under
    way, where the call has a case in this matter already (``helpline.opened_already``), or
    OpenAlready where the account has one, unless ``is_another`` says that it is another.
    """
    matters.name(matter, "pl")
    text = writing.usable(note) if note.strip() else ""
    try:
        with transaction.atomic():
            case, twin = _new_case(matter, by, call, language, session)
            if twin and not is_another:
                raise OpenAlready(twin)
            _place(case, by, queue, deadline)
            case.save(force_insert=True)
            if twin:
                Link.objects.create(case_id=twin, other=case, kind=LinkKind.REPEATED,
                                    by_name=by.k_number or "")  # fmt: skip
            cut = writing.add_note(case, text, by) if text else 0
            record("case.opened", by=consultant(by), account=case.account_id,
                   purpose=writing.purpose(case), level=case.level)  # fmt: skip
            if text:
                _record_note(case, by, level=case.level)
    except IntegrityError as error:
        if "helpline_one_case_per_call_and_matter" in str(error):
            raise Conflict("helpline.opened_already") from error
        raise
    return Opened(case.number, cut)


FROM_ACCOUNT = writing.HOLDER  # who opened a case or wrote a note that came from an account
FROM_ACCOUNT_A_DAY = 5


def open_case_from_account(
    matter: str, *, account_id: int, login: User, by: Actor, note: str, language: str,
    once: bool = True,
) -> int:  # fmt: skip
    """Open a case that begins in the logged-in account; return its number.

    It is confirmed, at level 2: who wrote it logged in with a second factor. One open case
    in a matter is enough: Conflict (``helpline.opened_already``), unless it need not be the
    only one (not ``once``: a report about another entry). Raises TooMany after
    five a day, BadInput for an unknown matter or an unusable note. Runs in the portal.
    """
    matters.name(matter, "pl")
    text, home = writing.usable(note), queues.place(matter)
    with transaction.atomic():
        locks.one_at_a_time(locks.FROM_ACCOUNT, account_id)  # the second click waits and sees
        own = Case.objects.filter(account_id=account_id, opened_by_name=FROM_ACCOUNT)
        if once and own.filter(matter=matter, state__in=WORKING).exists():
            raise Conflict("helpline.opened_already")
        since = timezone.now() - datetime.timedelta(days=1)
        if own.filter(opened_at__gt=since).count() >= FROM_ACCOUNT_A_DAY:
            raise TooMany("helpline.too_many_cases")
        case = Case(
            matter=matter, account_id=account_id, level=2, is_confirmed=True, opened_by=login,
            opened_by_name=FROM_ACCOUNT, language=language, queue=home.code,
            due_at=queues.due(matter, timezone.now()),
        )  # fmt: skip
        case.save(force_insert=True)
        writing.add_note(case, text, login)
        record("case.opened", by=by, account=account_id, purpose=writing.purpose(case), level=2)
    return case.number


def write_note(case_number: int, text: str, *, by: User, seen: int | None = None) -> int:
    """Add a note to a case, whatever its state; return how many national numbers were cut out.

    Raises BadInput for an empty or too long text, NotFound without such a case, Conflict
    (``helpline.changed_meanwhile``) where something was written since version ``seen``.
    """
    usable = writing.usable(text)
    with transaction.atomic():
        case = writing.locked(case_number, seen)
        cut = writing.add_note(case, usable, by)
        writing.touch(case)
        writing.forget_draft(case, by, "note")
        _record_note(case, by, level=0)
        return cut


def disown(case_number: int, account_id: int, *, by: Actor) -> None:
    """The holder says: that was not me. Nobody works on the case as theirs any more.

    Raises NotFound where the case is not of this account, Conflict when it is disowned
    already. Runs in the portal, which sees neither notes nor calls.
    """
    move = MOVES["disown"]
    with transaction.atomic():
        own = Case.objects.filter(number=case_number, account_id=account_id)
        changed = own.filter(state__in=move.sources).update(
            state=move.target, closed_at=Coalesce("closed_at", timezone.now()), **writing.awake()
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
        case = writing.find(case_number)
        if case:
            record("case.read", by=consultant(by), account=case.account_id,
                   purpose=writing.purpose(case))  # fmt: skip
            return case
    # More digits are no case number; they may be a PESEL.
    purpose = Purpose(case=case_number if case_number < 10**10 else None)
    record_refusal("case.read", by=consultant(by), outcome="not_found", purpose=purpose)
    raise NotFound("helpline.no_case")


def _new_case(
    matter: str, by: User, call_id: UUID, language: str | None, session: str
) -> tuple[Case, int | None]:
    """A case for what was identified in this call, and the number of an open one like it.

    The lock keeps the call from changing meanwhile.
    """
    alike = Case.objects.filter(
        account_id=OuterRef("account_id"), matter=matter, state__in=WORKING
    ).exclude(call_id=call_id)
    call = (
        Call.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=call_id, consultant=by, ended_at=None)
        .only("account_id", "language")
        .annotate(
            twin=Subquery(alike.values("number").order_by("-number")[:1]),
            about=confirmed_about(session, matter),
        )
        .first()
    )
    if call is None:
        raise Conflict("verification.no_call")
    about = call.about  # type: ignore[attr-defined]
    if about is not None:
        level, account = 2, about
    else:
        level, account = int(call.account_id is not None), call.account_id
    case = Case(
        matter=matter, account_id=account, level=level, is_confirmed=level >= 2, call_id=call_id,
        opened_by=by, opened_by_name=by.k_number or "", language=language or call.language or "pl",
    )  # fmt: skip
    return case, call.twin  # type: ignore[attr-defined]


def _place(case: Case, by: User, queue: str | None, deadline: str | None) -> None:
    """Into its queue, with its deadline; in the line's own queue it stays with its consultant."""
    home = queues.get(queue) if queue else queues.place(case.matter)
    case.queue = home.code
    case.due_at = queues.due(case.matter, case.opened_at, queue=home.code, deadline=deadline)
    if home.code == queues.DEFAULT:
        case.owner, case.owner_name = by, by.k_number or ""


def _record_note(case: Case, by: User, *, level: int) -> None:
    record("note.written", by=consultant(by), account=case.account_id,
           purpose=writing.purpose(case), level=level)  # fmt: skip

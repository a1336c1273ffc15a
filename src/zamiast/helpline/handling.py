"""Working on cases: take, hand over, pass on, let wait, merge, split, link.

One verb, one transaction, one event. Which move is possible when stands in ``moves``.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zamiast.audit.services import record
from zamiast.audit.telling import Kind as News
from zamiast.audit.telling import tell
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound
from zamiast.helpline import matters, queues, writing
from zamiast.helpline.models import Callback, Case, Link, LinkKind
from zamiast.helpline.moves import Reason, State
from zamiast.helpline.writing import awake, ended, locked, make_move
from zamiast.login.models import Kind, Role, User
from zamiast.verification.models import Call
from zamiast.verification.services import consultant

LONGEST_WAIT = datetime.timedelta(days=180)


def take(case_number: int, *, by: User, seen: int | None = None) -> None:
    """Take a case: it is this consultant's work now. Raises NotFound, Conflict."""
    with transaction.atomic():
        case = locked(case_number, seen)
        make_move("take", case, by=by, owner_id=by.pk, owner_name=by.k_number or "")


def assign(case_number: int, k_number: str, *, by: User) -> None:
    """Give a case to somebody. Raises NotAllowed for anybody but a supervisor, NotFound."""
    if by.role != Role.SUPERVISOR:
        raise NotAllowed("helpline.supervisors_only")
    to = colleague(k_number)
    with transaction.atomic():
        case = locked(case_number)
        make_move("assign", case, by=by, detail=to.k_number or "",
                  owner_id=to.pk, owner_name=to.k_number or "")  # fmt: skip


def hand_over(
    case_number: int, k_number: str, note: str, *, by: User, seen: int | None = None
) -> None:
    """Hand a case to a colleague, with a note that says where it stands.

    Raises BadInput without a note, NotFound for an unknown colleague, Conflict.
    """
    text, to = writing.usable(note), colleague(k_number)
    with transaction.atomic():
        case = locked(case_number, seen)
        writing.add_note(case, text, by)
        make_move("hand_over", case, by=by, detail=to.k_number or "", done=("note",),
                  owner_id=to.pk, owner_name=to.k_number or "")  # fmt: skip


def pass_on(case_number: int, queue: str, note: str, *, by: User, seen: int | None = None) -> None:
    """Pass a case on to another queue, with a note; nobody there has it yet.

    What was left of its deadline goes on by the hours of that queue. Raises BadInput for an
    unknown queue or without a note, Conflict.
    """
    text, to = writing.usable(note), queues.get(queue)
    now = timezone.now()
    with transaction.atomic():
        case = locked(case_number, seen)
        columns: dict[str, Any] = {"queue": to.code, "owner_id": None, "owner_name": ""}
        if case.state == State.OPEN and case.due_at > now:
            left = queues.left(case.due_at, now, case.queue)
            columns["due_at"] = queues.resumed(left, now, to.code)
        writing.add_note(case, text, by)
        make_move("pass_on", case, by=by, detail=to.code, done=("note",), **columns)


def pause(
    case_number: int, reason: str, until: datetime.date, *, by: User, seen: int | None = None
) -> None:
    """Let a case wait for somebody until a day; the clock of its deadline stands still.

    Raises BadInput for an unknown reason or a day that is past or too far away, Conflict.
    """
    if reason not in Reason.values:
        raise BadInput("helpline.no_reason")
    now = timezone.now()
    if not timezone.localdate() < until <= timezone.localdate() + LONGEST_WAIT:
        raise BadInput("helpline.no_day_to_wait")
    with transaction.atomic():
        case = locked(case_number, seen)
        make_move("pause", case, by=by, detail=reason, waits_for=reason, waits_until=until,
                  left_seconds=queues.left(case.due_at, now, case.queue))  # fmt: skip


def resume(case_number: int, *, by: User, seen: int | None = None) -> None:
    """Go on with a case that waited: what was left of its deadline runs again."""
    with transaction.atomic():
        case = locked(case_number, seen)
        make_move("resume", case, by=by, **resumed(case))


def resumed(case: Case) -> dict[str, Any]:
    """The columns of a case whose clock goes on now."""
    if case.left_seconds is None:
        return awake()
    return awake(due_at=queues.resumed(case.left_seconds, timezone.now(), case.queue))


def close(case_number: int, *, by: User, seen: int | None = None) -> None:
    """Close a case; the deadline of one that waited stands where its clock would go on.

    Raises NotFound, Conflict from another state or while a callback is promised
    (``helpline.callback_open``).
    """
    with transaction.atomic():
        case = locked(case_number, seen)
        _no_promise(case)
        due = {"due_at": resumed(case)["due_at"]} if case.left_seconds is not None else {}
        make_move("close", case, by=by, done=("note", "answer"), **ended(**due))
        _tell_of_end(case)


def _tell_of_end(case: Case) -> None:
    """Tell the holder that the case is closed, unless an unread answer has told already.

    Nobody is told of a case that begins and ends while they are on the telephone.
    """
    if case.account_id is None:
        return
    if case.call_id and Call.objects.under_way().filter(pk=case.call_id).exists():
        return
    if not case.messages.filter(is_from_holder=False, read_at=None).exists():
        tell(case.account_id, News.ANSWER)


def reopen(case_number: int, *, by: User) -> None:
    """Open a closed case again, with a new deadline. Raises NotFound, Conflict.

    Where nobody has it and its queue is of the role of who does this, it is theirs now.
    """
    with transaction.atomic():
        case = locked(case_number)
        home = queues.get(_queue(case))
        owner: dict[str, Any] = {}
        if case.owner_id is None and by.role in home.roles:
            owner = {"owner_id": by.pk, "owner_name": by.k_number or ""}
        due = queues.due(case.matter, timezone.now(), queue=home.code)
        make_move("reopen", case, by=by, closed_at=None, due_at=due, overdue_at=None, **owner)


def merge(case_number: int, into: int, *, by: User, seen: int | None = None) -> None:
    """Let a case go on in another one of the same account (or of none).

    Raises NotFound, BadInput for itself, Conflict for another account or an ended case.
    """
    if case_number == into:
        raise BadInput("helpline.same_case")
    with transaction.atomic():
        first, second = sorted((case_number, into))  # always in one order: no deadlock
        one, two = locked(first), locked(second)
        case, other = (one, two) if one.pk == case_number else (two, one)
        if seen is not None and case.version != seen:
            raise Conflict("helpline.changed_meanwhile")
        if case.account_id != other.account_id:
            raise Conflict("helpline.another_account")
        if other.state not in (State.OPEN, State.WAITING):
            raise Conflict("helpline.other_state")
        _no_promise(case)
        Case.objects.filter(merged_into=case.pk).update(merged_into=other.pk)
        make_move("merge", case, by=by, detail=str(other.pk), **ended(merged_into_id=other.pk))
        writing.touch(other)


def split(case_number: int, matter: str, note: str, *, by: User, seen: int | None = None) -> int:
    """Make a second case out of one, in another matter; return its number.

    It is of the same account, at the same level. Raises BadInput for an unknown matter or
    an empty note, NotFound, Conflict.
    """
    matters.name(matter, "pl")
    text, home = writing.usable(note), queues.place(matter)
    with transaction.atomic():
        case = locked(case_number, seen)
        new = Case(
            matter=matter, account_id=case.account_id, level=case.level,
            is_confirmed=case.is_confirmed, language=case.language, opened_by=by,
            opened_by_name=by.k_number or "", queue=home.code,
            due_at=queues.due(matter, timezone.now()),
        )  # fmt: skip
        new.save(force_insert=True)
        writing.add_note(new, text, by)
        Link.objects.create(case=case, other=new, kind=LinkKind.SPLIT, by_name=by.k_number or "")
        make_move("split", case, by=by, detail=str(new.pk), done=("note",))
        record("case.opened", by=consultant(by), account=new.account_id,
               purpose=writing.purpose(new, "split"), level=new.level)  # fmt: skip
    return new.pk


def link(case_number: int, other_number: int, *, by: User) -> None:
    """Say that two cases belong together. Raises BadInput for itself, NotFound."""
    if case_number == other_number:
        raise BadInput("helpline.same_case")
    with transaction.atomic():
        case, other = locked(case_number), writing.existing(other_number)
        known = Link.objects.filter(case__in=(case, other), other__in=(case, other))
        if not known.exists():
            Link.objects.create(
                case=case, other=other, kind=LinkKind.RELATED, by_name=by.k_number or ""
            )
            writing.touch(case)
            record("case.linked", by=consultant(by), account=case.account_id,
                   purpose=writing.purpose(case, str(other.pk)))  # fmt: skip


def colleague(k_number: str) -> User:
    """Somebody of the staff who works on cases, by K-number. Raises NotFound."""
    wanted = k_number.strip().upper()
    found = User.objects.filter(k_number=wanted, kind=Kind.STAFF, is_active=True).exclude(
        role=Role.DPO
    )
    user = found.first()
    if user is None:
        raise NotFound("helpline.no_colleague")
    return user


def _no_promise(case: Case) -> None:
    if Callback.objects.promised().filter(case=case).exists():
        raise Conflict("helpline.callback_open")


def _queue(case: Case) -> str:
    return case.queue if case.queue in queues.codes() else queues.DEFAULT

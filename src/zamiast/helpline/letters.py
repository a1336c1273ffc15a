"""Letters between the helpline and the holder, in a case of the holder's account.

The holder reads them after logging in; a message without content says that one is there.
"""

from __future__ import annotations

import datetime

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit import doorway, telling
from zamiast.audit.services import Actor, record
from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.helpline import handling, locks, queues, writing
from zamiast.helpline.models import LONGEST_NOTE, Case, Message, Move, Writer
from zamiast.helpline.moves import MOVES, State
from zamiast.login.models import User
from zamiast.verification.services import consultant

A_DAY = 20  # letters of a holder


def answer(
    case_number: int, text: str, *, by: User, canned: str = "", seen: int | None = None
) -> int:
    """Write to the holder of the case's account; return how many numbers were cut out.

    ``canned`` names the ready answer that it began with (``code:version``). Raises BadInput
    for an unusable text, NotFound, Conflict for a case without an account, an ended one, or
    one that changed since version ``seen``.
    """
    passed = doorway.let_through(writing.usable(text))
    with transaction.atomic():
        case = writing.locked(case_number, seen)
        if case.account_id is None and not _has_way_back(case):
            raise Conflict("helpline.no_account_to_answer")
        if case.state in (State.DISOWNED, State.MERGED):
            raise Conflict("helpline.other_state")
        case.messages.create(
            is_from_holder=False, author_name=by.k_number or "", text=passed.text,
            cut=passed.found, canned=canned[:48],
        )  # fmt: skip
        _read(case, from_holder=True)
        writing.add_words(case, passed.text)
        writing.touch(case, unread=False)
        writing.forget_draft(case, by, "answer")
        record("message.sent", by=consultant(by), account=case.account_id,
               purpose=writing.purpose(case))  # fmt: skip
        if case.account_id is not None:
            telling.tell(case.account_id, telling.Kind.ANSWER)
        else:
            _tell_writer(case)
    return passed.found


def mark_read(case_number: int, *, by: User) -> None:
    """Somebody read what the holder wrote, and no answer is needed."""
    with transaction.atomic():
        case = writing.locked(case_number)
        if case.unread:
            _read(case, from_holder=True)
            writing.touch(case, unread=False)
            case.moves.create(name="read", by=by.k_number or "")


def write_from_account(case_number: int, account_id: int, text: str, *, by: Actor) -> int:
    """The holder writes in the own case; return how many numbers were cut out.

    It wakes a case that waits and opens a closed one again. Raises BadInput for an unusable
    text, NotFound for a case of another account, Conflict for one that was disowned or
    merged, TooMany. Runs in the portal.
    """
    passed = doorway.let_through(writing.usable(text))
    with transaction.atomic():
        _not_too_many(account_id)
        case = own_case(case_number, account_id)
        if case.state not in MOVES["write"].sources:
            raise Conflict("helpline.other_state")
        Message(
            case=case, is_from_holder=True, author_name=writing.HOLDER,
            text=passed.text[:LONGEST_NOTE], cut=passed.found,
        ).save(force_insert=True)  # fmt: skip
        writing.add_words(case, passed.text)
        wake(case)
        record("message.received", by=by, account=account_id, purpose=writing.purpose(case),
               level=2)  # fmt: skip
    return passed.found


def letters_of(case_number: int, account_id: int) -> list[Message]:
    """The letters of an own case, the oldest first, those merged into it too. For the portal."""
    own = Case.objects.filter(account_id=account_id)
    numbers = own.filter(pk=case_number) | own.filter(merged_into=case_number)
    found = Message.objects.filter(case__in=numbers.values("pk"))
    return list(found.order_by("written_at", "pk"))


def unread_by_holder(account_id: int) -> dict[int, int]:
    """How many answers the holder has not read yet, by case. For the portal."""
    rows = Message.objects.filter(
        case__account_id=account_id, is_from_holder=False, read_at=None
    ).values_list("case_id", flat=True)
    counts: dict[int, int] = {}
    for number in rows:
        counts[number] = counts.get(number, 0) + 1
    return counts


def read_by_holder(case_number: int, account_id: int) -> None:
    """The holder has the answers of an own case on the screen."""
    for letter in letters_of(case_number, account_id):
        if not letter.is_from_holder and letter.read_at is None:
            Message.objects.filter(pk=letter.pk).update(read_at=timezone.now())


def locked_for_writer(case_number: int) -> Case:
    """A case of the public form under a lock, as the portal may read it. Raises NotFound."""
    return _locked(pk=case_number, account_id=None)


def own_case(case_number: int, account_id: int) -> Case:
    """An own case under a lock, as the portal may read it. Raises NotFound."""
    return _locked(pk=case_number, account_id=account_id)


def _locked(**which: int | None) -> Case:
    """A case under a lock, with the columns that the portal may read."""
    case = (
        Case.objects.select_for_update(no_key=True)
        .filter(**which)
        .only("number", "state", "matter", "account_id", "queue", "version", "due_at",
              "left_seconds", "waits_for", "waits_until")
        .first()
    )  # fmt: skip
    if case is None:
        raise NotFound("helpline.no_case")
    case.call_id = None  # the portal sees no calls
    return case


def wake(case: Case) -> None:
    """What the holder or writer writes makes a case open, with a mark for the desk."""
    columns = {"state": State.OPEN, "unread": True}
    if case.state == State.WAITING:
        columns |= handling.resumed(case)
    elif case.state == State.CLOSED:
        due = queues.due(case.matter, timezone.now())
        columns |= {"closed_at": None, "due_at": due, "overdue_at": None}
    if case.state != State.OPEN:
        Move(case=case, name="write", by=writing.HOLDER).save(force_insert=True)
    writing.touch(case, **columns)


def _not_too_many(account_id: int) -> None:
    locks.one_at_a_time(locks.FROM_ACCOUNT, account_id)
    since = timezone.now() - datetime.timedelta(days=1)
    sent = Message.objects.filter(
        case__account_id=account_id, is_from_holder=True, written_at__gt=since
    )
    if sent.count() >= A_DAY:
        raise TooMany("helpline.too_many_letters")


def _read(case: Case, *, from_holder: bool) -> None:
    case.messages.filter(is_from_holder=from_holder, read_at=None).update(read_at=timezone.now())


def _tell_writer(case: Case) -> None:
    """Enqueue a mail without content to who wrote, if there is an address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT helpline_tell_writer(%s::bigint)", [case.pk])


def _has_way_back(case: Case) -> bool:
    """Whether who wrote by the public form can come back and read."""
    return Writer.objects.filter(case=case.pk, has_identifier=False).exists()

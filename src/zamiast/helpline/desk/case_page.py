"""What the page of a case shows, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zamiast.audit import doorway
from zamiast.helpline import answers, casework, documents, matters, moves, queues
from zamiast.helpline.desk import wording, wording_work
from zamiast.helpline.desk.presenters import grouped, when
from zamiast.helpline.models import LONGEST_SHOWN, Case, NumberKind
from zamiast.helpline.reading import Beside, Callback, Entry, Present
from zamiast.login.models import Role, User


@dataclass(frozen=True)
class Line:
    """One entry of the timeline: written (note, letter, answer) or done (a move)."""

    kind: str
    who: str
    at: str
    text: str
    cut: int
    merged_from: str
    is_read: bool


def shown(
    case: Case, timeline: list[Entry], beside: Beside, user: User, *,
    note: str = "", answer: str = "", canned: str = "", telephone: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The page's context. What was typed comes back, except national numbers.

    ``telephone`` is the number of the caller's facility in the register, if there is one.
    """
    reader = get_language() or "pl"
    draft_note, draft_answer = beside.drafts.get("note"), beside.drafts.get("answer")
    kept = doorway.let_through(note[:LONGEST_SHOWN])
    back = doorway.let_through(answer[:LONGEST_SHOWN])
    return {
        "case": case, "opened_by": wording.who(case.opened_by_name),
        "can": moves.allowed(case.state),
        "can_assign": user.role == Role.SUPERVISOR,
        "can_explain": case.matter in matters.codes() and user.role != Role.SPECIALIST,
        "can_answer": can_answer(case),
        "is_mine": case.owner_id == user.pk,
        "is_overdue": case.state == "open" and case.due_at < timezone.now(),
        "is_identified": case.account_id is not None,
        "queue_name": queues.name(case.queue, reader),
        "waits_for": wording_work.reason(case.waits_for),
        "timeline": [_line(entry, case) for entry in timeline],
        "callback": _callback(beside.callback),
        "links": [(grouped(one.number), one) for one in beside.links],
        "merged": [grouped(number) for number in beside.merged],
        "documents": beside.documents,
        "can_open": documents.can_open(case, user),
        "can_add": documents.can_open(case, user) and case.state in moves.WORKING,
        "for_specialists": case.matter in casework.MATTERS,
        "present": present(beside.present),
        "note": kept.text or (draft_note.text if draft_note else ""),
        "note_cut": kept.found,
        "note_draft": when(draft_note.saved_at) if draft_note and not note else "",
        "answer": back.text or (draft_answer.text if draft_answer else ""),
        "answer_draft": when(draft_answer.saved_at) if draft_answer and not answer else "",
        "canned": canned,
        "ready": answers.fitting(case.matter, reader),
        "queues": [
            (code, queues.name(code, reader)) for code in queues.codes() if code != case.queue
        ],
        "reasons": list(wording_work.reasons().items()),
        "number_kinds": [
            (code, wording_work.number_kinds()[code]) for code in numbers(case, telephone)
        ],
        "matters": [
            (one.code, one.name) for one in matters.sheet(reader) if one.code != case.matter
        ],
    }  # fmt: skip


def numbers(case: Case, telephone: str) -> list[str]:
    """The kinds of numbers that this case can be called back at from the desk."""
    called = [NumberKind.TELEPHONE.value] if case.call_id else []
    return called + ([NumberKind.FACILITY.value] if telephone else [])


def ready(case: Case, code: str, user: User) -> str:
    """A ready answer in the holder's language, with its places filled in."""
    due = timezone.localtime(case.due_at).strftime("%d.%m.%Y")
    return answers.fill(
        answers.get(code), case.language, case=grouped(case.pk),
        consultant=user.k_number or "", deadline=due,
    )  # fmt: skip


def present(others: list[Present]) -> list[str]:
    """Who else is at the case, in sentences."""
    return [
        (_("%(who)s is writing here.") if one.is_writing else _("%(who)s has this case open."))
        % {"who": one.k_number}
        for one in others
    ]


def callback_number(kind: str, ending: str) -> str:
    """Which number to call, in words and never in more than two digits."""
    name = wording_work.number_kinds().get(kind, kind)
    return (
        _("%(number)s, ending %(digits)s") % {"number": name, "digits": ending} if ending else name
    )


def written(case: Case, timeline: list[Entry]) -> list[Line]:
    """Notes, letters and answers, without what was done."""
    return [_line(entry, case) for entry in timeline if entry.is_written]


def can_answer(case: Case) -> bool:
    """Whether there is a holder who may read an answer."""
    return case.account_id is not None and case.state not in ("disowned", "merged")


def _line(entry: Entry, case: Case) -> Line:
    text = entry.text
    if not entry.is_written:
        detail = wording_work.detail(entry.kind, entry.text)
        text = f"{wording_work.move(entry.kind)} {detail}".strip()
    return Line(
        entry.kind if entry.is_written else "move", wording.who(entry.by), when(entry.at), text,
        entry.cut, grouped(entry.case) if entry.case != case.pk else "",
        entry.read_at is not None,
    )  # fmt: skip


def _callback(found: Callback | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "id": found.id,
        "from_at": when(found.from_at),
        "until_at": when(found.until_at),
        "number": callback_number(found.number_kind, found.ending),
        "wish": found.wish,
        "tries": found.tries,
        "promised_by": wording.who(found.promised_by),
        "taken_by": found.taken_by,
        "is_overdue": found.state == "missed" or found.until_at < timezone.now(),
    }

"""What the desk says about the work on cases: history, reasons, callbacks, errors."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zamiast.helpline import queues


def move(name: str) -> str:
    """The name of a move in the history."""
    return _moves().get(name, name)


def _moves() -> dict[str, str]:
    return {
        "take": pgettext("history", "taken"),
        "assign": pgettext("history", "assigned to"),
        "hand_over": pgettext("history", "handed over to"),
        "pass_on": pgettext("history", "passed on to"),
        "pause": pgettext("history", "waits for"),
        "resume": pgettext("history", "goes on"),
        "split": pgettext("history", "split, the other part is case"),
        "merge": pgettext("history", "merged into case"),
        "close": pgettext("history", "closed"),
        "reopen": pgettext("history", "opened again"),
        "write": pgettext("history", "opened again by a letter from the holder"),
        "disown": pgettext("history", "disowned by the holder"),
        "read": pgettext("history", "letter read, no answer needed"),
        "overdue": pgettext("history", "the deadline passed"),
        "promised": pgettext("history", "callback promised"),
        "asked": pgettext("history", "the holder asks in the account to be called"),
        "taken": pgettext("history", "calling back"),
        "kept": pgettext("history", "called back"),
        "not_reached": pgettext("history", "called back, nobody answered"),
        "given_up": pgettext("history", "callback given up"),
        "missed": pgettext("history", "callback missed"),
        "remind": pgettext("history", "the holder was reminded"),
    }


def detail(name: str, text: str) -> str:
    """What a move was about: a queue, a reason, a K-number, the number of a case."""
    if name == "pass_on":
        return queues.name(text, get_language() or "pl")
    if name == "pause":
        return reason(text)
    if name in ("split", "merge") and text.isdigit():
        return f"{int(text):,}".replace(",", " ")
    return text


def reason(code: str) -> str:
    """For whom or what a case waits."""
    return reasons().get(code, code)


def reasons() -> dict[str, str]:
    """All reasons for which a case can wait."""
    return {
        "holder": pgettext("waits for", "the caller or the holder"),
        "facility": pgettext("waits for", "a facility"),
        "nfz": pgettext("waits for", "the NFZ branch"),
        "cez": pgettext("waits for", "CeZ"),
        "employer": pgettext("waits for", "the employer, ZUS or KRUS"),
        "court": pgettext("waits for", "a court"),
        "specialist": pgettext("waits for", "a specialist"),
        "supplier": pgettext("waits for", "the supplier of a system"),
    }


def number_kinds() -> dict[str, str]:
    """Where the number stands that is called back."""
    return {
        "telephone": pgettext("number", "the number of this call, known to the telephone system"),
        "account": pgettext("number", "the number that the holder gave for this call"),
        "facility": pgettext("number", "the number registered for the facility"),
    }


def sentence(code: str) -> str | None:
    """The sentence for an error of the work on cases."""
    return {
        "helpline.changed_meanwhile": _(
            "Somebody wrote here while you were typing. Read what is new, then save again."
            " Your text is still in the field."
        ),
        "helpline.open_already": _("This account has an open case in this matter already."),
        "helpline.callback_open": _(
            "A callback is promised in this case. Keep it or give it up first."
        ),
        "helpline.callback_there": _("A callback is promised in this case already."),
        "helpline.callback_taken": _("A colleague is calling back right now."),
        "helpline.no_callback": _("This callback was kept or given up already."),
        "helpline.no_time_to_call": _(
            "Choose a time that lies ahead, within 30 days and not longer than 12 hours."
        ),
        "helpline.no_number_kind": _("Choose which number to call. This case has not that one."),
        "helpline.no_reason": _("Say for whom or what the case waits."),
        "helpline.no_day_to_wait": _("Choose a day after today, within 180 days."),
        "helpline.no_queue": _("Choose a queue."),
        "helpline.no_colleague": _("There is no colleague with this K-number."),
        "helpline.same_case": _("That is this very case."),
        "helpline.another_account": _(
            "The cases belong to different accounts. They cannot be merged."
        ),
        "helpline.no_account_to_answer": _(
            "This case has no account: nobody could read the answer. Promise a callback."
        ),
        "helpline.supervisors_only": _("Only a supervisor assigns cases."),
        "helpline.no_answer": _("Choose a ready answer."),
        "helpline.not_active": _("This number is not active."),
        "helpline.limited": _("No more numbers are checked for now. The supervisor sees this."),
        "helpline.no_words": _("Type a word of the note."),
        "helpline.identifier_in_a_call_only": _(
            "An identifier is checked in a call only. Take the call first."
        ),
    }.get(code)

"""What the desk says about outcomes of scripts: queues, deadlines, why a step was refused."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def deadline(code: str) -> str:
    """A class of deadlines."""
    names = {
        "today": pgettext("deadline", "today"),
        "two_days": pgettext("deadline", "within two working days"),
        "week": pgettext("deadline", "within five working days"),
        "month": pgettext("deadline", "within a month"),
    }
    return names.get(code, code)


def sentence(code: str) -> str | None:
    """The sentence for an error of the scripts; None for any other."""
    sentences = {
        "scripts.no_answer": _("That is no answer to this question. Check the day or the number."),
    }
    return sentences.get(code)

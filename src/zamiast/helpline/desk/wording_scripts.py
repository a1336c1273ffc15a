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
        "professionals.kind": _("Choose whose number it is."),
        "professionals.pesel": _(
            "That is a PESEL: do not take it. The field was emptied, nothing was kept."
        ),
        "professionals.form": _("A number of this kind looks different. Ask for it once more."),
        "professionals.check": _(
            "The check digit does not fit: a digit was misheard. Ask for the number once more."
        ),
        "professionals.case_opened": _(
            "A case of this call stands under a number already. Write the other one into its note."
        ),
        "scripts.not_confirmed": _(
            "Not confirmed for this matter. Ask the caller to confirm first (F9), with this field."
        ),
        "scripts.no_answer": _("That is no answer to this question. Check the day or the number."),
    }
    return sentences.get(code)


def kinds() -> tuple[tuple[str, str, str], ...]:
    """Whose numbers can be typed: code, name, what it looks like; one key for each, 1 to 9."""
    return (
        ("doctor", pgettext("number", "doctor, dentist"), _("PWZ, 7 digits")),
        ("nurse", pgettext("number", "nurse, midwife"), _("PWZ, 7 digits and P or A")),
        ("pharmacist", pgettext("number", "pharmacist"), _("PWZ, 8 digits")),
        ("physiotherapist", pgettext("number", "physiotherapist"), "PWZ"),
        ("diagnostician", pgettext("number", "lab diagnostician"), "PWZ"),
        ("rpwdl", pgettext("number", "facility, register book"), _("RPWDL, up to 12 digits")),
        ("regon", pgettext("number", "facility, REGON"), _("9 or 14 digits")),
        ("nip", pgettext("number", "facility, NIP"), _("10 digits")),
        ("pharmacy", pgettext("number", "pharmacy"), _("number of the permit")),
    )


def kind(code: str) -> str:
    """The name of one of them."""
    return next((name for known, name, _look in kinds() if known == code), code)

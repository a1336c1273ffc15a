"""The words for fields, for the desk and for the holder, and what is said aloud."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

FIELDS = {
    "is_usable": pgettext_lazy("field", "whether the identifier is usable"),
    "language": pgettext_lazy("field", "language of the account"),
    "name": pgettext_lazy("field", "name"),
    "birth_date": pgettext_lazy("field", "birth date"),
    "address": pgettext_lazy("field", "address"),
    "account_used": pgettext_lazy("field", "since when the account is used"),
    "identifier_issued": pgettext_lazy("field", "when the identifier was issued"),
    "covid_record": pgettext_lazy("field", "COVID-19 vaccinations in the account"),
    "access_reasons": pgettext_lazy("field", "why you do not see somebody's account"),
}


ACTS = {"end_access": pgettext_lazy("act", "end all access that the holder gave to others")}


def names(fields: tuple[str, ...]) -> list[str]:
    """Fields by name, in the language of the page."""
    return [str(FIELDS.get(code, code)) for code in fields]


def pairs(digits: str) -> str:
    """Six digits as they are read out.

    >>> pairs("480731")
    '48 07 31'
    """
    return " ".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def aloud(caller: str) -> list[str]:
    """What the consultant says, word for word, in the caller's language."""
    with translation.override(caller):
        return [
            _(
                "Please open your account, on the phone or the computer. There you see a question"
                " from me: who asks, and what I want to see."
            ),
            _(
                "If you agree, type the number that I read to you now. Type it, do not say it."
                " Three pairs of digits:"
            ),
            _("Did you get it? Take your time. I can read it once more."),
        ]


def aloud_pair(caller: str, nth: int) -> list[str]:
    """What the consultant says before and after the word of a pair, in the caller's language."""
    with translation.override(caller):
        return [
            _("Please take your sheet of codes. On line %(nth)d stands this word:") % {"nth": nth},
            _(
                "Is it the same word? If not, hang up. If it is, key the eight digits beside it on"
                " your telephone, then the hash key. Do not say them."
            ),
        ]

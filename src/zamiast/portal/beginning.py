"""What the pages show of a call that begins in the account, and of paper codes."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from zamiast.helpline import matters
from zamiast.portal.presenters import language, qr_svg
from zamiast.verification import disclosure, wording
from zamiast.verification.intents import Intent

PAUSE = ",,,"  # between dialling and the tones: about six seconds, until the menu answers


@dataclass(frozen=True)
class ShownIntent:
    """A call that can be made now: the link for a telephone, the digits for any other."""

    matter: str
    fields: list[str]
    state: str
    seconds: int
    digits: str
    link: str
    qr: SafeString


def intent(row: Intent | None) -> ShownIntent | None:
    """An intent, in the language of the page."""
    if row is None:
        return None
    number = "".join(sign for sign in settings.HELPLINE_NUMBER if sign in "+0123456789")
    link = f"tel:{number}{PAUSE}{row.code}"
    return ShownIntent(
        matters.name(row.matter, language()), wording.names(row.fields), row.state, row.seconds,
        " ".join(row.code[place : place + 3] for place in range(0, len(row.code), 3)), link,
        SafeString(qr_svg(link)),
    )  # fmt: skip


def choices_of_matter() -> list[tuple[str, str]]:
    """The matters that a call can be about, by code and name."""
    return [(code, matters.name(code, language())) for code in disclosure.MATTERS]


def choices_of_fields(matter: str) -> list[tuple[str, str]]:
    """What the helpline can be let see in a matter."""
    return [(code, str(wording.FIELDS[code])) for code in disclosure.on_request(matter)]

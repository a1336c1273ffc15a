"""What is printed of an account: the card, a sheet of codes, as tagged PDF (PDF/UA-1).

Typst gets data, never markup: what stands in the data cannot become a command.
Only the fonts that come with it are used, so that the paper is the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from zamiast.knowledge import shelf
from zamiast.portal import presenters
from zamiast.portal.health.detail import Shown
from zamiast.portal.health.lines import Line
from zamiast.verification.papers import Pair

_FOLDER = Path(__file__).parent


def card(shown: presenters.ShownIdentifier) -> bytes:
    """A card to cut out, in the language of the page: the identifier and the rule, no name."""
    return _paper(
        "card",
        {
            "language": shown.language,
            "title": _("Card with your identifier"),
            "digits": shown.grouped,
            "spoken": shown.spoken,
            "qr": presenters.qr_svg(shown.digits),
            "qr_says": _("QR code of your identifier"),
            "name": _("Account identifier"),
            "helpline": _("Helpline") + " " + settings.HELPLINE_NUMBER,
            "portal": shelf.address(),
            "rule": _(
                "Apart from your account identifier and the number of your case"
                " you never tell us a number."
            ),
            "how": [
                _("Cut the card out and fold it."),
                _("Say the digits to the consultant: three at a time."),
                _("Do not give this card to anybody. If you lose it, get a new identifier "
                  "on the page “Your identifier”."),
            ],
            "aloud": _("In words"),
        },
    )  # fmt: skip


def sections(data: dict[str, Any]) -> bytes:
    """A title, a summary, and sections of lines."""
    return _paper("sections", data)


def health_entry(shown: Shown, person: str) -> bytes:
    """One health record."""
    facts = [f"{fact.name}: {fact.text}" + (f" ({fact.soft})" if fact.soft else "")
             for fact in shown.facts]  # fmt: skip
    sections = [{"heading": shown.kind, "lines": facts}]
    if shown.text:
        sections.append({"heading": _("What it says"), "lines": shown.text.splitlines()})
    key = None
    if shown.key:
        key = {
            "qr": shown.key.svg, "says": _("QR code with the key"), "groups": shown.key.groups,
            "heading": _("Nobody needs to say a PESEL: the QR code holds the key, and the key "
                         "is enough."),
            "code": shown.key.code, "code_name": _("Code of 4 digits"),
            "key_name": _("Key of 44 digits"),
        }  # fmt: skip
    lead = str(shown.state.text) if shown.state else ""
    return _health(shown.title, person, lead, sections, key)


def health_list(title: str, person: str, lines: Sequence[Line]) -> bytes:
    """A section of health records, the newest first."""
    sections = [
        {
            "heading": f"{line.when}: {line.title}" if line.when else line.title,
            "lines": [text for text in (
                line.plain, line.where, line.cost, str(line.state.text) if line.state else "",
                str(line.dispute.text) if line.dispute else "") if text],
        }
        for line in lines
    ]  # fmt: skip
    lead = "" if sections else _("There is nothing here yet.")
    return _health(title, person, lead, sections, None)


def _health(
    title: str, person: str, lead: str, sections: list[dict[str, Any]], key: dict[str, str] | None
) -> bytes:
    now = formats.date_format(timezone.localtime(), "j E Y, H:i")
    data = {
        "language": presenters.language(), "title": title, "person": person, "lead": lead,
        "sections": sections, "key": key,
        "footer": _("From your account in Zamiast, as it was on %(now)s") % {"now": now},
    }  # fmt: skip
    return _paper("health", data)


def sheet(pairs: list[Pair], language: str) -> bytes:
    """Paper codes, in the language that is set: no name and no identifier stands on it."""
    return _paper(
        "sheet",
        {
            "language": language,
            "title": _("Codes for calls to the helpline"),
            "how": [
                _("The consultant tells you the number of a line and reads its word."),
                _("Is it the word on this sheet? If not, hang up. It is not us."),
                _("If it is, key the eight digits on your telephone, then #. Never say them."),
                _("Cross the line out. Each line works once."),
            ],
            "heads": [_("Line"), _("You hear"), _("You key")],
            "pairs": [
                {
                    "nth": str(one.nth),
                    "word": one.word,
                    "digits": f"{one.digits[:4]} {one.digits[4:]}",
                }
                for one in pairs
            ],
            "rule": _("Keep it apart from your identifier. Lost? End it in your account."),
            "helpline": _("Helpline") + " " + settings.HELPLINE_NUMBER,
            "portal": shelf.address(),
            "made": formats.date_format(timezone.localtime(), "j E Y"),
        },
    )


def _paper(name: str, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        str(_FOLDER / f"{name}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return bytes(made)

"""What is printed of an account: the card, as tagged PDF (PDF/UA-1).

Typst gets data, never markup: what stands in the data cannot become a command.
Only the fonts that come with it are used, so that the paper is the same everywhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from zamiast.knowledge import shelf
from zamiast.portal import presenters

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


def _paper(name: str, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        str(_FOLDER / f"{name}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return bytes(made)

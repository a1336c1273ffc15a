"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

TEXT_SIZE_COOKIE = "text"
TEXT_SIZES = ("normal", "large")


def site(request: HttpRequest) -> dict[str, Any]:
    """The site, its languages, the number to call, and how large the reader wants the text.

    The number to call is written so that no line breaks inside it; ``helpline_tel`` is for links.
    """
    size = request.COOKIES.get(TEXT_SIZE_COOKIE)
    return {
        "text_size": size if size in TEXT_SIZES else "normal",
        "site": settings.SITE,
        "which_site": settings.SITE,  # allauth gives its pages a "site" of its own
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "helpline_number": settings.HELPLINE_NUMBER.replace(" ", "\N{NO-BREAK SPACE}"),
        "helpline_tel": settings.HELPLINE_NUMBER.replace(" ", ""),
    }

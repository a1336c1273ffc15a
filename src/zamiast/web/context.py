"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

TEXT_SIZE_COOKIE = "text"
TEXT_SIZES = ("normal", "large")


def site(request: HttpRequest) -> dict[str, Any]:
    """The site, its languages, the number to call, and how large the reader wants the text."""
    size = request.COOKIES.get(TEXT_SIZE_COOKIE)
    return {
        "text_size": size if size in TEXT_SIZES else "normal",
        "site": settings.SITE,
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "helpline_number": settings.HELPLINE_NUMBER,
    }

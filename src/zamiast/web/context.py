"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """The site, its languages and the number to call."""
    return {
        "site": settings.SITE,
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "helpline_number": settings.HELPLINE_NUMBER,
    }

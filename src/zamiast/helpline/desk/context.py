"""What every page of the desk shows: how many callbacks are promised."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zamiast.helpline import callbacks


def promised(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Counted when the navigation asks: at the portal nothing does."""
    return {"promised": SimpleLazyObject(callbacks.count)}

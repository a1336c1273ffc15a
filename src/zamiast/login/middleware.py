"""Sessions of the site that this process serves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase



class Sessions(SessionMiddleware):
    """Django's session middleware, which asks the database at each request.

    A view marked ``session_checked_in_sql`` is spared the question.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: Any
    ) -> None:
        """Confirm the session unless the view does it itself."""
        if request.session.session_key and not getattr(view, "session_checked_in_sql", False):
            request.session.confirm()  # type: ignore[attr-defined]

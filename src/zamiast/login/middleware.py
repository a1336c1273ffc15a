"""Sessions of the site that this process serves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase

from zamiast.login.sessions import recall

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def session_checked_in_sql(view: View) -> View:
    """Mark a view whose one SQL statement checks the session itself (``performance.md``)."""
    view.session_checked_in_sql = True  # type: ignore[attr-defined]
    return view


class Sessions(SessionMiddleware):
    """Django's session middleware, over our table.

    A view marked ``session_checked_in_sql`` is spared the questions to the database.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> None:
        """Recall the session for a view that lets its SQL function check it."""
        if getattr(view, "session_checked_in_sql", False):
            recall(request)

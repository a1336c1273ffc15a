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


def asked_by_page(view: View) -> View:
    """Mark a view that an open page asks every few seconds, whoever sits before it.

    That is no use of the session: a page that somebody left would otherwise stay logged in.
    """
    view.asked_by_page = True  # type: ignore[attr-defined]
    return view


class Sessions(SessionMiddleware):
    """Django's session middleware, over our table.

    A view marked ``session_checked_in_sql`` is spared the questions to the database; one that
    is ``asked_by_page`` does not count as use.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> None:
        """Recall the session for a view that lets its SQL function check it."""
        request.session.is_used = not getattr(view, "asked_by_page", False)  # type: ignore[attr-defined]
        if getattr(view, "session_checked_in_sql", False):
            recall(request)

"""Errors worded at the edge: a page with a sentence and a way on, never a trace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from zamiast.errors import ZamiastError
from zamiast.web import trouble

log = structlog.get_logger("zamiast.web")


class ErrorPages:
    """Turns our own errors into pages, and anything unexpected into one plain page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Word an error that a view raised."""
        if isinstance(error, Http404 | PermissionDenied):
            return None  # Django's handlers below word these
        if isinstance(error, DataError) and "NUL" in str(error):  # no keyboard types one
            return page(request, 400, sentence("web.bad_request"))
        if isinstance(error, ZamiastError):
            log.info("refused", code=error.code, status=error.status)
            return page(request, error.status, sentence(error.code))
        log.error("failed", exc_info=error, address=request.path)
        return broken(request, error)


def sentence(code: str) -> str:
    """The sentence for a code, in the reader's language."""
    sentences = {
        "web.undeclared": _("This page is not open to anybody."),
        "web.not_for_you": _("This page is not for your role."),
        "web.failed": _("Something went wrong on our side. Nothing was lost; please try again."),
        "web.away": _("We cannot answer just now. Wait a moment and try again."),
        "web.away_typed": _(
            "We cannot answer just now. What you typed is kept on this page."
            " Wait a moment and try again."
        ),
        "web.away_back": _("We cannot answer just now. Wait a moment, go back and send it again."),
        "web.not_found": _("There is no such page. Check the address or go to the start."),
        "web.bad_request": _("The server could not understand what the browser sent."),
        "web.too_large": _("This is more than the page takes: 1 MB, or 10 MB for a document."),
        "web.csrf": _("The page was open for too long. Go back, reload it and try again."),
    }
    return sentences.get(code) or _("This cannot be done now.")


def page(request: HttpRequest, status: int, text: str, **more: object) -> HttpResponse:
    """The page of an error: within the site, for whoever is logged in stays so.

    Where the database may be away, and where the site's frame fails, a page that asks for nothing.
    """
    context = {"sentence": text, "status": status, "is_plain": False, "frame": settings.FRAME}
    context |= more
    if status < 500:
        try:
            return render(request, "web/error.html", context, status=status)
        except Exception as error:
            log.error("frame_failed", exc_info=error)
    context.update(is_plain=True, frame="web/base.html")
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Status 400."""
    return page(request, 400, sentence("web.bad_request"))


def denied(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Status 403."""
    return page(request, 403, sentence("web.not_for_you"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Status 403, after a form that waited too long."""
    return page(request, 403, sentence("web.csrf"))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Status 404."""
    return page(request, 404, sentence("web.not_found"))


def failed(request: HttpRequest) -> HttpResponse:
    """Status 500 or 503, where no middleware was reached, nor the reader's language set."""
    with translation.override(translation.get_language_from_request(request)):
        return broken(request, sys.exc_info()[1])


def broken(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Status 503 with another try while the database is in trouble, else 500."""
    if not trouble.is_of_the_database(error):
        return page(request, 500, sentence("web.failed"))
    typed = trouble.typed(request)
    is_read = request.method in ("GET", "HEAD")
    code = "web.away" if is_read else "web.away_typed" if typed else "web.away_back"
    again = {
        "typed": typed,
        "again": escape_leading_slashes(request.get_full_path()) if is_read or typed else "",
    }
    answer = page(request, 503, sentence(code), **again)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Retry-After"] = str(trouble.RETRY_AFTER_SECONDS)
    return answer

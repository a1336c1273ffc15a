"""What the desk's views share: who asks, and errors put into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from zamiast.errors import BadInput, ZamiastError
from zamiast.helpline.desk import wording
from zamiast.helpline.models import LARGEST_DOCUMENT
from zamiast.login.models import User
from zamiast.web import errors

View = TypeVar("View", bound=Callable[..., HttpResponse])


def staff(request: HttpRequest) -> User:
    """The member of staff who asks; the gate let nobody else in."""
    return cast(User, request.user)


def worded(view: View) -> View:
    """Turn an error of a service into a page with the desk's own sentence."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ZamiastError as error:
            return errors.page(request, error.status, wording.sentence(error.code))

    return cast(View, inner)


def as_file(content: bytes, name: str) -> HttpResponse:
    """A document as a file to save: never shown by the browser, never run, never kept."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def sent_file(request: HttpRequest) -> tuple[str, bytes]:
    """The file that was sent: its name and content. Raises BadInput for none or too large."""
    sent = request.FILES.get("document")
    if sent is None:
        raise BadInput("helpline.document_kind")
    if (sent.size or 0) > LARGEST_DOCUMENT:
        raise BadInput("helpline.document_too_large")
    return sent.name or "", sent.read()


def to_call(call: UUID, query: str = "") -> HttpResponseRedirect:
    """Go to a call sheet."""
    return HttpResponseRedirect(reverse("call", args=[call]) + query)

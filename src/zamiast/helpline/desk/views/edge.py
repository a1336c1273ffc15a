"""What the desk's views share: who asks, and errors put into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zamiast.errors import ZamiastError
from zamiast.helpline.desk import wording
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


def to_call(call: UUID, query: str = "") -> HttpResponseRedirect:
    """Go to a call sheet."""
    return HttpResponseRedirect(reverse("call", args=[call]) + query)

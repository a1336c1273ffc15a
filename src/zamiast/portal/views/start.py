"""The start page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zamiast.portal import acting
from zamiast.web import access


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public start; a holder who logged in goes on to the identifier."""
    if request.user.is_authenticated:
        return redirect("health" if acting.only_reads(request) else "identifier")
    return render(request, "portal/start.html")

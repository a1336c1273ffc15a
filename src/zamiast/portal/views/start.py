"""The start page, and the public page about the identifier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zamiast.errors import NotFound
from zamiast.portal import guide, papers, presenters
from zamiast.web import access
from zamiast.web.language import is_known


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public start; a holder who logged in goes on to the identifier."""
    if request.user.is_authenticated:
        return redirect("identifier")
    return render(request, "portal/start.html")


@access.public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Where to find the identifier, and why not PESEL: for everybody, in three languages."""
    text = guide.text(presenters.language())
    return render(request, "portal/guide.html", {"guide": text})


@access.public
@require_safe
def help_pdf(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001
    """The same text on paper."""
    if not is_known(language):
        raise NotFound("web.not_found")
    response = HttpResponse(papers.guide(language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="zamiast-{language}.pdf"'
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=3600"
    return response

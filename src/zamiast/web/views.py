"""Pages that both sites share."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from zamiast.errors import BadInput, NotFound
from zamiast.web import access, language
from zamiast.web.context import TEXT_SIZE_COOKIE, TEXT_SIZES


@access.public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language in a cookie and go back to the page."""
    chosen = request.POST.get("language", "")
    if not language.is_known(chosen):
        raise BadInput("web.bad_request")
    return _remembered(request, settings.LANGUAGE_COOKIE_NAME, chosen)


@access.public
@require_POST
def choose_text_size(request: HttpRequest) -> HttpResponse:
    """Remember whether the text is large in a cookie and go back to the page."""
    chosen = request.POST.get("size", "")
    if chosen not in TEXT_SIZES:
        raise BadInput("web.bad_request")
    return _remembered(request, TEXT_SIZE_COOKIE, chosen)


def _remembered(request: HttpRequest, cookie: str, chosen: str) -> HttpResponse:
    """Back to the page, with a choice kept on this device for a year."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        cookie,
        chosen,
        max_age=365 * 86_400,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


@access.public
@require_GET
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that this process answers; for balancers and for whoever waits for the start."""
    return HttpResponse("alive\n", content_type="text/plain")


@access.public
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, for those who build them; in the demo only."""
    if not settings.DEMO:
        raise NotFound("web.not_found")
    return render(request, "web/style.html")

"""The public articles: for everybody, without logging in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from zamiast.audit import doorway
from zamiast.errors import NotFound
from zamiast.knowledge import paper, searching, shelf
from zamiast.portal import presenters
from zamiast.web import access
from zamiast.web.language import is_known

A_WHILE = 300  # seconds for which a browser may keep a page


@access.public
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All articles, and the search."""
    shown = {"articles": shelf.every(presenters.language())}
    return _kept(request, render(request, "portal/articles.html", shown))


@access.public
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One article in the language of the page."""
    article = shelf.article(slug, presenters.language())
    shown = {"article": article, "read_also": shelf.read_also(article)}
    return _kept(request, render(request, "portal/article.html", shown))


@access.public
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """What fits the words. They come in the body: an address could carry a PESEL into logs."""
    passed = doorway.let_through(request.POST.get("words", "")[: searching.LONGEST])
    asked = passed.text.replace(doorway.MARK, " ").strip()
    hits = searching.find(asked, presenters.language()) if asked else []
    shown = {
        "hits": hits, "asked": asked, "cut": passed.found, "is_search": True,
        "comes_back_to": reverse("help"), "articles": shelf.every(presenters.language()),
    }  # fmt: skip
    return render(request, "portal/articles.html", shown)


@access.public
@require_safe
def on_paper(request: HttpRequest, slug: str, language: str) -> HttpResponse:  # noqa: ARG001
    """One article as a tagged PDF."""
    if not is_known(language):
        raise NotFound("web.not_found")
    response = HttpResponse(paper.of(slug, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="zamiast-{slug}-{language}.pdf"'
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the reader's own browser keep the page; a shared cache would share its form's token."""
    if not request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=A_WHILE)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response

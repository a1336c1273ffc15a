"""Logging in with an identity provider, and what to do for those who cannot log in."""

from __future__ import annotations

from typing import Any

import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from zamiast.errors import NotFound
from zamiast.portal.oidc import flow, providers, tokens
from zamiast.web import access


@access.way_in
@never_cache
@require_GET
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the browser to the provider. A link, for the pages' policy binds forms to us."""
    return _with(request, provider, OAuth2LoginView)


@access.way_in
@never_cache
@require_GET
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """Take what the provider says, once."""
    return _with(request, provider, OAuth2CallbackView)


@access.public
@require_safe
def cannot_log_in(request: HttpRequest) -> HttpResponse:
    """Which provider can help with what, without asking for anything."""
    return render(request, "portal/cannot_log_in.html", {"providers": providers.every()})


def _with(request: HttpRequest, provider: str, view: Any) -> HttpResponse:
    known = providers.named(provider)
    if known is None:
        raise NotFound("web.not_found")
    if request.GET.get("iss", known.issuer) != known.issuer:  # another's answer (RFC 9207)
        return flow.problem_page(request, "wrong", known)
    try:
        answer: HttpResponse = view.adapter_view(flow.Flow(request, provider))(request)
    except requests.RequestException:
        return flow.problem_page(request, "away", known)
    except (tokens.NotBelieved, SocialApp.DoesNotExist, KeyError):
        return flow.problem_page(request, "wrong", known)
    return answer

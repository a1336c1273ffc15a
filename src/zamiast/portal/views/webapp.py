"""The installable app: manifest, service worker, the page without network, its settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from zamiast.errors import BadInput, NotFound
from zamiast.login import applock, stepup
from zamiast.portal import presenters, push, webapp
from zamiast.portal.entry import holder, with_own
from zamiast.portal.push import Endpoint, Switches
from zamiast.portal.reading import of_oneself
from zamiast.registry.models import Account
from zamiast.web import access
from zamiast.web.language import is_known


@access.public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The web app manifest."""
    response = JsonResponse(webapp.manifest(), content_type="application/manifest+json")
    response["Cache-Control"] = "public, max-age=3600"
    response["Vary"] = "Accept-Language, Cookie"
    return response


@access.public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The service worker; the browser asks again at each visit whether it changed."""
    response = HttpResponse(webapp.service_worker(), content_type="text/javascript")
    response["Cache-Control"] = "public, no-cache"
    return response


@access.public
@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """The page that the app shows without a network: the same for everybody."""
    if not is_known(language):
        raise NotFound("web.not_found")
    with translation.override(language):
        response = render(request, "portal/offline.html", {"offline_language": language})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@access.holder
@with_own
@require_safe
def settings(request: HttpRequest, own: Account) -> HttpResponse:  # noqa: ARG001
    """The app on this phone."""
    context = {"push_key": push.public_key(), "has_lock": applock.is_on(request)}
    return render(request, "portal/app.html", context)


@access.public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The app was started on a phone: close what has a lock, and go to the first page."""
    applock.close(request)
    return redirect("home")


@access.holder
@stepup.passkey_required()
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Switch the lock of this phone on or off."""
    applock.switch(request, on=request.POST.get("lock") == "on")
    return redirect("app")


@access.holder
@with_own
@require_safe
def kept(request: HttpRequest, own: Account) -> HttpResponse:
    """What this phone keeps for when there is no network: what the holder wished there."""
    wish = request.GET.keys()
    wants = webapp.wants(wish)
    if not wants:
        raise BadInput("web.bad_request")
    with of_oneself(request, own, wants) as grants:
        return JsonResponse(webapp.kept(own, grants, wish))


@access.holder
@with_own
@require_POST
def subscription(request: HttpRequest, own: Account) -> HttpResponse:
    """Ask, switch on, change or switch off that this browser is woken."""
    sent = request.POST
    browser = Endpoint(*(sent.get(name, "")[:2000] for name in ("endpoint", "p256dh", "auth")))
    verb = sent.get("verb")
    if verb == "on":
        wanted = Switches(*(sent.get(name) == "1" for name in Switches.__dataclass_fields__))
        push.subscribe(own.pk, browser, wanted, language=presenters.language(), by=holder(request))
    elif verb == "off":
        push.unsubscribe(own.pk, browser.endpoint, by=holder(request))
    elif verb != "ask":
        raise BadInput("web.bad_request")
    found = push.switches(own.pk, browser.endpoint)
    return JsonResponse({"switches": found and vars(found)})

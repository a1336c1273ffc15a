"""The installable app: the same pages, plus what a phone needs to treat them as an app.

The manifest, the service worker with its list of files to keep, and what a holder may
keep on a phone for when there is no network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zamiast.audit.telling import Kind
from zamiast.guardianship.grants import Grant
from zamiast.portal import presenters, selectors
from zamiast.portal.health import at_hand
from zamiast.pure.access import Want
from zamiast.registry.models import Account

LANGUAGES = ("pl", "en", "uk")
_THEME = "#0b5561"
_FILES = (
    "web/css/fonts.css", "web/css/tokens.css", "web/css/base.css", "web/css/components.css",
    "web/fonts/golos-latin.woff2", "web/fonts/golos-polish.woff2", "web/fonts/golos-cyrillic.woff2",
    "web/mark.svg", "portal/js/app.js", "portal/js/kept.js", "portal/js/offline.js",
)  # fmt: skip
_ADDRESSES = {
    Kind.CONFIRMATION: "home", Kind.ANSWER: "cases", Kind.RECEIPT: "looks", Kind.ENTRY: "health",
    Kind.ACCESS: "accounts", Kind.LOOK: "looks",
}  # fmt: skip


def manifest() -> dict[str, Any]:
    """The web app manifest in the reader's language."""
    icon = {"type": "image/png"}
    return {
        "id": "/",
        "name": _("Zamiast – patient account"),
        "short_name": "Zamiast",
        "description": _("Your account identifier, at hand."),
        "lang": translation.get_language(),
        "start_url": reverse("app_start"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f1f5f4",
        "theme_color": _THEME,
        "icons": [
            {**icon, "src": static("portal/app/icon-192.png"), "sizes": "192x192"},
            {**icon, "src": static("portal/app/icon-512.png"), "sizes": "512x512"},
            {**icon, "src": static("portal/app/maskable-512.png"), "sizes": "512x512",
             "purpose": "maskable"},
        ],
        "shortcuts": [
            {"name": _("Your identifier"), "url": reverse("identifier")},
            {"name": _("Prescriptions"), "url": reverse("health_section", args=["prescriptions"])},
            {"name": _("Who looked"), "url": reverse("looks")},
        ],
    }  # fmt: skip


@cache
def service_worker() -> str:
    """The service worker: its text, behind what this version of the site is made of."""
    assets = [static(name) for name in _FILES]
    offline = {code: reverse("offline", args=[code]) for code in LANGUAGES}
    source = finders.find("portal/js/service_worker.js")
    assert source is not None
    text = Path(source).read_text(encoding="utf-8")
    told = {"ASSETS": assets, "OFFLINE": offline, "NEWS": {code: _news(code) for code in LANGUAGES}}
    version = hashlib.sha256((text + json.dumps(told)).encode()).hexdigest()[:16]
    head = [f"const {name} = {json.dumps(value)};" for name, value in told.items()]
    return "\n".join([f"const VERSION = {json.dumps(version)};", *head, text])


def _news(language: str) -> dict[str, dict[str, str]]:
    """What a phone says for each kind of news: never what is new."""
    with translation.override(language):
        texts = {
            Kind.CONFIRMATION: _("Are you talking to the helpline now? Open your account."),
            Kind.ANSWER: _("There is news about one of your cases."),
            Kind.RECEIPT: _("The receipt of your call is in your account."),
            Kind.ENTRY: _("There is something new in your account."),
            Kind.ACCESS: _("Something changed in who may see an account."),
            Kind.LOOK: _("Somebody looked at your account. See who."),
        }
        return {kind.value: {"text": text, "address": reverse(_ADDRESSES[kind])}
                for kind, text in texts.items()}  # fmt: skip


def wants(wish: Collection[str]) -> tuple[Want, ...]:
    """What has to be open for what a holder wishes to keep: the insurance stands by the number."""
    opened = {"identifier": Want.SEE_ACCOUNT, "prescriptions": Want.SEE_PRESCRIPTIONS}
    return tuple(want for name, want in opened.items() if name in wish)


def kept(account: Account, grants: Sequence[Grant], wish: Collection[str]) -> dict[str, Any]:
    """What a phone keeps for when there is no network: what its holder wishes, and no more."""
    told: dict[str, Any] = {"as_of": date_format(timezone.localtime(), "j E Y, H:i")}
    if "identifier" in wish:
        current = selectors.identifier(account.pk)
        shown = presenters.identifier(current) if current else None
        told["identifier"] = shown and {
            "groups": shown.groups, "spoken": shown.spoken, "qr": shown.qr,
            "active": shown.is_active,
        }  # fmt: skip
        told["insurance"] = at_hand.insurance(grants)
    if "prescriptions" in wish:
        told["prescriptions"] = at_hand.prescriptions(grants)
    return told

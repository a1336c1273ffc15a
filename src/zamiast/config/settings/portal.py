"""The portal: the public site, where holders log in."""

from zamiast.config import identity, vault
from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import INSECURE_HTTP, caches, database

SITE = "portal"
FRAME = "portal/base.html"  # what every page of the site stands in, those of errors too
ROOT_URLCONF = "zamiast.config.urls.portal"
WSGI_APPLICATION = "zamiast.config.wsgi.application"
DATABASES = {"default": database("portal", pool=8)}
CACHES = caches(SITE)
# A browser takes a __Host- cookie from this very host only, never from a neighbour's domain.
_PREFIX = "" if INSECURE_HTTP else "__Host-"
SESSION_COOKIE_NAME = f"{_PREFIX}portal_session"
CSRF_COOKIE_NAME = f"{_PREFIX}portal_csrf"
# At the first login the vault tells whose number the identity provider sent.
VAULT = vault.access("portal")
IDENTITY_PROVIDERS = identity.providers()

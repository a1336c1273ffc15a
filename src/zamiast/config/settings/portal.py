"""The portal: the public site, where holders log in."""

from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "portal"
ROOT_URLCONF = "zamiast.config.urls.portal"
WSGI_APPLICATION = "zamiast.config.wsgi.application"
DATABASES = {"default": database("portal", pool=8)}
CACHES = caches(SITE)
SESSION_COOKIE_NAME = "portal_session"
CSRF_COOKIE_NAME = "portal_csrf"

"""The desk: the staff's site, where consultants and supervisors log in."""

from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "desk"
ROOT_URLCONF = "zamiast.config.urls.desk"
WSGI_APPLICATION = "zamiast.config.wsgi.application"
DATABASES = {"default": database("desk", pool=8)}
CACHES = caches(SITE)
SESSION_COOKIE_NAME = "desk_session"
CSRF_COOKIE_NAME = "desk_csrf"

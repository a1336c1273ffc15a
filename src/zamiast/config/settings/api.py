"""The interfaces for other systems: no people, no sessions, one function of the database."""

from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "api"
ROOT_URLCONF = "zamiast.config.urls.api"
WSGI_APPLICATION = "zamiast.config.wsgi.application"
DATABASES = {"default": database("api", pool=8)}
CACHES = caches(None)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000
APPEND_SLASH = False
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # the app insists; there is nobody to log in
    "zamiast.web.access.Gate",
]

"""The job worker."""

from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "worker"
ROOT_URLCONF = "zamiast.config.urls.portal"
DATABASES = {"default": database("worker")}
CACHES = caches(None)

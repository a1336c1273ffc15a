"""The operator's command line: logs in as the owner of the tables."""

from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "manage"
ROOT_URLCONF = "zamiast.config.urls.portal"
DATABASES = {"default": database("owner")}
CACHES = caches(None)

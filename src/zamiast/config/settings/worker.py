"""The job worker."""

from zamiast.config import env
from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "worker"
ROOT_URLCONF = "zamiast.config.urls.portal"
DATABASES = {"default": database("worker")}
CACHES = caches(None)
EMAIL_HOST_USER = env.text("ZAMIAST_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("ZAMIAST_SMTP_PASSWORD")  # or ZAMIAST_SMTP_PASSWORD_FILE

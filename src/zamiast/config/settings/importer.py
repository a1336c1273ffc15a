"""Reading data in: people, accounts, identifiers in bulk."""

from zamiast.config import vault
from zamiast.config.settings.base import *  # noqa: F403
from zamiast.config.settings.base import caches, database

SITE = "importer"
ROOT_URLCONF = "zamiast.config.urls.portal"
DATABASES = {"default": database("importer")}
CACHES = caches(None)
VAULT = vault.access("importer")
VAULT_NUMBERS = vault.chosen_numbers()
